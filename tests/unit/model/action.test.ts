import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ActionFacts,
  actionIds,
  actionOfShortcut,
  type CustomShortcuts,
  conflictOf,
  isAvailable,
  shortcutsOf,
  usualShortcuts,
  withShortcut,
  withUsualShortcut,
} from '../../../shared/model/action';
import { type KeyboardKind, shortcut } from '../../../shared/model/shortcut';

const keyboards = ['mac', 'other'] as const;
const key = (text: string) => shortcut(text, 'other');
const set = (id: (typeof actionIds)[number], text: string | null, before: CustomShortcuts = {}) =>
  withShortcut(id, text === null ? null : key(text), before, 'other');

describe.each(keyboards)('the usual shortcuts (%s)', (keyboard) => {
  it('stand for one action each, and for nothing of the system', () => {
    const usual = actionIds.flatMap((id) => usualShortcuts(id, keyboard).map((keys) => [id, keys] as const));
    expect(new Set(usual.map(([, keys]) => keys)).size).toBe(usual.length);
    for (const [id, keys] of usual) expect(conflictOf(id, keys, {}, keyboard)).toEqual({ kind: 'none' });
  });
});

it('the palette is under the keys that programs for developers have for it', () => {
  expect(shortcutsOf('palette', {}, 'other')).toEqual(['Ctrl+Shift+P']);
  expect(shortcutsOf('palette', {}, 'mac')).toEqual(['Shift+Meta+P']);
});

describe('a shortcut of the user', () => {
  it('stands in place of the usual one', () => {
    const custom = set('print', 'Ctrl+Alt+P');
    expect(shortcutsOf('print', custom, 'other')).toEqual(['Ctrl+Alt+P']);
    expect(actionOfShortcut(key('Ctrl+P'), custom, 'other')).toBeNull();
  });

  it('is taken from the action that had it, which has it back when it is given up', () => {
    expect(conflictOf('print', key('Ctrl+W'), {}, 'other')).toEqual({ kind: 'action', id: 'closeTab' });
    const custom = set('print', 'Ctrl+W');
    expect(actionOfShortcut(key('Ctrl+W'), custom, 'other')).toBe('print');
    expect(shortcutsOf('closeTab', custom, 'other')).toEqual([]);
    const given = withUsualShortcut('print', custom);
    expect(given).toEqual({});
    expect(shortcutsOf('closeTab', given, 'other')).toEqual(['Ctrl+W']);
  });

  it('is taken also from an action that the user gave it', () => {
    const custom = set('zoomIn', 'F8', set('print', 'F8'));
    expect(shortcutsOf('print', custom, 'other')).toEqual([]);
    expect(shortcutsOf('zoomIn', custom, 'other')).toEqual(['F8']);
  });

  it('can be none at all', () => {
    expect(shortcutsOf('print', set('print', null), 'other')).toEqual([]);
  });

  it('is not kept where it is the usual one', () => {
    expect(set('print', 'Ctrl+P', set('print', 'F8'))).toEqual({});
  });

  it('is refused where it belongs to the system or to editing', () => {
    expect(conflictOf('print', key('Ctrl+C'), {}, 'other')).toEqual({ kind: 'reserved' });
  });

  it('of an action that a later version does not have harms nothing', () => {
    expect(shortcutsOf('print', { gone: key('Ctrl+P') }, 'other')).toEqual(['Ctrl+P']);
  });

  it('stands for one action only, whatever was changed in whatever order', () => {
    const keys = ['Ctrl+P', 'Ctrl+W', 'F8', 'Ctrl+Shift+P', 'Ctrl+Tab'].map(key);
    const change = fc.tuple(fc.constantFrom(...actionIds), fc.option(fc.constantFrom(...keys)));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
        const custom = changes.reduce<CustomShortcuts>(
          (now, [id, wanted]) => withShortcut(id, wanted, now, 'other'),
          {},
        );
        const all = actionIds.flatMap((id) => shortcutsOf(id, custom, 'other'));
        expect(new Set(all).size).toBe(all.length);
      }),
    );
  });
});

describe('what is available', () => {
  const facts: ActionFacts = {
    frontTab: 'none',
    tabCount: 0,
    canReopen: false,
    isPaused: false,
    machine: 'none',
  };

  it('is what does something now', () => {
    expect(isAvailable('print', facts)).toBe(false);
    expect(isAvailable('print', { ...facts, frontTab: 'asleep', tabCount: 1 })).toBe(false);
    expect(isAvailable('print', { ...facts, frontTab: 'awake', tabCount: 1 })).toBe(true);
    expect(isAvailable('closeTab', { ...facts, frontTab: 'asleep', tabCount: 1 })).toBe(true);
    for (const isPaused of [false, true]) {
      expect(isAvailable('pauseReconnecting', { ...facts, isPaused })).toBe(!isPaused);
      expect(isAvailable('resumeReconnecting', { ...facts, isPaused })).toBe(isPaused);
    }
    expect(isAvailable('connectMachine', { ...facts, machine: 'connected' })).toBe(false);
    expect(isAvailable('disconnectMachine', { ...facts, machine: 'connected' })).toBe(true);
    expect(isAvailable('settings', facts)).toBe(true);
  });
});

it('every usual shortcut has the main modifier of its system', () => {
  const mains: Readonly<Record<KeyboardKind, RegExp>> = { mac: /Meta|Ctrl/, other: /Ctrl/ };
  for (const keyboard of keyboards)
    for (const keys of actionIds.flatMap((id) => usualShortcuts(id, keyboard)))
      expect(keys).toMatch(mains[keyboard]);
});
