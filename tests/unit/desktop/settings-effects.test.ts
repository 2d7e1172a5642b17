import { describe, expect, it } from 'vitest';
import { SettingsEffects } from '../../../electron/desktop/settings-effects';
import { AppError } from '../../../shared/errors/app-error';
import { defaultSettings, type Settings } from '../../../shared/model/settings';
import { type Shortcut, shortcut } from '../../../shared/model/shortcut';

const [free, taken] = [shortcut('Mod+Alt+J', 'other'), shortcut('Mod+Alt+K', 'other')];

interface World {
  settings: Settings;
  key: Shortcut | null;
  /** What the system does at login; null: nothing. */
  login: { isHidden: boolean } | null;
  isDiskFull: boolean;
  isReadOnly: boolean;
  readonly troubles: unknown[];
}

function makeWorld(part: Partial<World> = {}): { world: World; effects: SettingsEffects } {
  const world: World = {
    settings: defaultSettings,
    key: null,
    login: null,
    isDiskFull: false,
    isReadOnly: false,
    troubles: [],
    ...part,
  };
  const snapshot = () => ({
    revision: 0,
    settings: world.settings,
    language: 'en' as const,
    isGlobalShortcutRefused: false,
  });
  const effects = new SettingsEffects({
    settings: {
      snapshot,
      save: (settings) => {
        if (world.isDiskFull) throw new AppError('store-disk-full');
        world.settings = settings;
        return snapshot();
      },
    },
    globalKey: {
      use: (wanted) => {
        world.key = wanted === taken ? null : wanted;
        return wanted !== taken;
      },
    },
    loginItem: {
      isOn: () => world.login !== null,
      set: (isOn, isHidden) => {
        if (world.isReadOnly) throw new AppError('login-item-failed', { path: '/etc/x' });
        world.login = isOn ? { isHidden } : null;
      },
      hasStartedIt: false,
    },
    platform: 'linux',
    onTrouble: (error) => world.troubles.push(error),
  });
  return { world, effects };
}

const withKey = (summon: Shortcut | null): Settings => ({ ...defaultSettings, shortcuts: { summon } });
const refused = (code: string) => expect.objectContaining({ code });

describe('the shortcut for every program', () => {
  it('is taken when it is set, and at the next start', () => {
    const { world, effects } = makeWorld();
    effects.save(withKey(free));
    expect(world).toMatchObject({ key: free, settings: withKey(free) });
    const next = makeWorld({ settings: world.settings });
    next.effects.start();
    expect(next.world.key).toBe(free);
  });

  it('is not saved when the system refuses it, and the one before goes on', () => {
    const { world, effects } = makeWorld({ settings: withKey(free), key: free });
    expect(() => effects.save(withKey(taken))).toThrow(refused('global-shortcut-refused'));
    expect(world).toMatchObject({ key: free, settings: withKey(free) });
  });

  it('stands in the way of no other setting when another program took it meanwhile', () => {
    const { world, effects } = makeWorld({ settings: withKey(taken) });
    effects.save({ ...withKey(taken), theme: 'dark' });
    expect(world.settings.theme).toBe('dark');
  });
});

describe('the start at login', () => {
  const started: Settings = { ...defaultSettings, startsAtLogin: true, startsHidden: true };

  it('is set, changed and taken back as the settings are', () => {
    const { world, effects } = makeWorld();
    effects.save(started);
    expect(world.login).toEqual({ isHidden: true });
    effects.save({ ...started, startsHidden: false });
    expect(world.login).toEqual({ isHidden: false });
    effects.save(defaultSettings);
    expect(world.login).toBeNull();
  });

  it('is not touched when another setting changes', () => {
    const { world, effects } = makeWorld({ isReadOnly: true });
    effects.save({ ...defaultSettings, theme: 'dark' });
    expect(world.settings.theme).toBe('dark');
  });

  it('is not saved when the system can’t be told, nor is it told when settings can’t be saved', () => {
    const readOnly = makeWorld({ isReadOnly: true });
    expect(() => readOnly.effects.save(started)).toThrow(refused('login-item-failed'));
    expect(readOnly.world.settings).toEqual(defaultSettings);
    const full = makeWorld({ isDiskFull: true });
    expect(() => full.effects.save(started)).toThrow(refused('store-disk-full'));
    expect(full.world.login).toBeNull();
  });

  it('is brought up to date by each start', () => {
    const { world, effects } = makeWorld({ settings: started, login: { isHidden: false } });
    effects.start();
    expect(world.login).toEqual({ isHidden: true });
  });

  it('stays off once the user turned it off by the system’s own means, and the settings say so', () => {
    const { world, effects } = makeWorld({ settings: started });
    effects.start();
    expect(world.login).toBeNull();
    expect(world.settings).toEqual({ ...started, startsAtLogin: false });
  });
});
