import { describe, expect, it } from 'vitest';
import { GlobalKey, isWayland } from '../../../electron/desktop/global-key';
import { type Shortcut, shortcut } from '../../../shared/model/shortcut';

const [first, second] = [shortcut('Mod+Alt+J', 'other'), shortcut('Mod+Alt+K', 'other')];

/** A system where other programs have some keys. */
function makeSystem(taken: readonly Shortcut[] = []) {
  const registered = new Map<string, () => void>();
  let presses = 0;
  const key = new GlobalKey({
    registry: {
      register: (keys, onPressed) => {
        if (taken.includes(keys as Shortcut)) return false;
        registered.set(keys, onPressed);
        return true;
      },
      unregister: (keys) => registered.delete(keys),
    },
    onPressed: () => {
      presses += 1;
    },
  });
  return {
    key,
    keys: () => [...registered.keys()],
    press: (keys: Shortcut) => registered.get(keys)?.(),
    presses: () => presses,
  };
}

describe('the shortcut for every program', () => {
  it('is heard once it is taken, and no more when there is none', () => {
    const { key, keys, press, presses } = makeSystem();
    expect(key.use(first)).toBe(true);
    press(first);
    expect(presses()).toBe(1);
    expect(key.use(null)).toBe(true);
    expect(keys()).toEqual([]);
  });

  it('is one at a time', () => {
    const { key, keys } = makeSystem();
    key.use(first);
    key.use(second);
    expect(keys()).toEqual([second]);
  });

  it('is refused where another program has it, until it is given up or another one is taken', () => {
    const { key, keys } = makeSystem([second]);
    key.use(first);
    expect(key.use(second)).toBe(false);
    expect([key.isRefused, keys()]).toEqual([true, []]);
    expect(key.use(first)).toBe(true);
    expect([key.isRefused, keys()]).toEqual([false, [first]]);
  });
});

it('only a Linux desktop with Wayland is one', () => {
  expect(isWayland('linux', { XDG_SESSION_TYPE: 'wayland' })).toBe(true);
  expect(isWayland('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
  expect(isWayland('linux', { XDG_SESSION_TYPE: 'x11', WAYLAND_DISPLAY: '' })).toBe(false);
  expect(isWayland('darwin', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(false);
});
