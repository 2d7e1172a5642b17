import type { Language } from '../../shared/i18n/catalogues';
import { defaultSettings, type Settings, type SettingsSnapshot } from '../../shared/model/settings';
import type { RecoverableStore } from '../system/recoverable-store';

export const settingsVersion = 4;

/** Brings what version n holds to version n + 1. */
export const settingsMigrations: Readonly<Record<number, (data: unknown) => unknown>> = {
  1: (data) => {
    const { restoresTabs, longRunSeconds } = defaultSettings;
    return typeof data === 'object' && data !== null ? { ...data, restoresTabs, longRunSeconds } : data;
  },
  2: (data) => {
    const { shortcuts } = defaultSettings;
    return typeof data === 'object' && data !== null ? { ...data, shortcuts } : data;
  },
  3: (data) => {
    const { startsAtLogin, startsHidden, checksForUpdates } = defaultSettings;
    const added = { startsAtLogin, startsHidden, checksForUpdates };
    return typeof data === 'object' && data !== null ? { ...data, ...added } : data;
  },
};

interface SettingsStoreDependencies {
  readonly store: Pick<RecoverableStore<Settings>, 'value' | 'replace'>;
  /** The language in force for a choice, e.g. that of the system. */
  readonly languageOf: (choice: Settings['language']) => Language;
  /** Whether the system refuses the shortcut for every program that is set. */
  readonly isGlobalShortcutRefused: () => boolean;
  readonly onChanged: (snapshot: SettingsSnapshot) => void;
}

export class SettingsStore {
  #revision = 0;

  constructor(private readonly deps: SettingsStoreDependencies) {}

  snapshot(): SettingsSnapshot {
    const settings = this.deps.store.value();
    return {
      revision: this.#revision,
      settings,
      language: this.deps.languageOf(settings.language),
      isGlobalShortcutRefused: this.deps.isGlobalShortcutRefused(),
    };
  }

  /** @throws store-disk-full, store-write-failed; then nothing has changed */
  save(settings: Settings): SettingsSnapshot {
    this.deps.store.replace(settings);
    this.#revision += 1;
    const snapshot = this.snapshot();
    this.deps.onChanged(snapshot);
    return snapshot;
  }
}
