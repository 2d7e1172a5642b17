import { expect, it } from 'vitest';
import { SettingsStore, settingsMigrations } from '../../../electron/settings/settings-store';
import { AppError } from '../../../shared/errors/app-error';
import { defaultSettings, Settings, type SettingsSnapshot } from '../../../shared/model/settings';

function makeStore(isDiskFull = false): { settings: SettingsStore; changes: SettingsSnapshot[] } {
  let value: Settings = defaultSettings;
  const changes: SettingsSnapshot[] = [];
  const settings = new SettingsStore({
    store: {
      value: () => value,
      replace: (next) => {
        if (isDiskFull) throw new AppError('store-disk-full');
        value = next;
      },
    },
    isGlobalShortcutRefused: () => false,
    languageOf: (choice) => (choice === 'system' ? 'pt-BR' : choice),
    onChanged: (snapshot) => changes.push(snapshot),
  });
  return { settings, changes };
}

it('tells the language that is in force beside the chosen one', () => {
  const { settings } = makeStore();
  expect(settings.snapshot()).toMatchObject({ revision: 0, settings: defaultSettings, language: 'pt-BR' });
});

it('tells everybody of a change, and the caller first-hand', () => {
  const { settings, changes } = makeStore();
  const saved = settings.save({ ...defaultSettings, language: 'en', closesToTray: false });
  expect(saved).toMatchObject({ revision: 1, language: 'en', settings: { closesToTray: false } });
  expect(changes).toEqual([saved]);
});

it('has changed nothing when they could not be written', () => {
  const { settings, changes } = makeStore(true);
  expect(() => settings.save({ ...defaultSettings, theme: 'dark' })).toThrow(
    expect.objectContaining({ code: 'store-disk-full' }),
  );
  expect(settings.snapshot().settings).toEqual(defaultSettings);
  expect(changes).toEqual([]);
});

it('are kept from the version before; notifications then come after a minute, and tabs come back', () => {
  const old = { language: 'pt-BR', theme: 'dark', closesToTray: false };
  expect(settingsMigrations[1]?.(old)).toEqual({ ...old, restoresTabs: true, longRunSeconds: 60 });
});

it('are kept from the version that looked for no updates; it then does', () => {
  const { checksForUpdates: _, ...old } = { ...defaultSettings, theme: 'dark' };
  expect(Settings.parse(settingsMigrations[3]?.(old))).toEqual({ ...old, checksForUpdates: true });
});

it('are kept from the version that had no shortcuts of the user', () => {
  const {
    shortcuts: _,
    startsAtLogin: __,
    startsHidden: ___,
    ...old
  } = { ...defaultSettings, theme: 'dark' };
  expect(settingsMigrations[2]?.(old)).toEqual({ ...old, shortcuts: {} });
});

it('are kept from the version that did not start at login, which it then does not', () => {
  const { startsAtLogin: _, startsHidden: __, ...old } = { ...defaultSettings, theme: 'dark' };
  expect(Settings.parse(settingsMigrations[3]?.(old))).toEqual({
    ...old,
    startsAtLogin: false,
    startsHidden: false,
  });
});
