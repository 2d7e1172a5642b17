import { defaultSettings, type SettingsSnapshot } from '../../shared/model/settings';
import { nuvem } from '../api/nuvem';
import { createSnapshotStore, follow } from './snapshot-store';

/** The user's settings and the language in force. */
export const settingsStore = createSnapshotStore<SettingsSnapshot>({
  revision: -1,
  settings: defaultSettings,
  language: 'en',
  isGlobalShortcutRefused: false,
});

/** Starts feeding the store. @throws AppError when the settings can't be had */
export const followSettings = (): Promise<void> =>
  follow(nuvem.settings.changed, nuvem.settings.get, settingsStore.accept);
