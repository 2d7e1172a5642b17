import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { SettingsStore } from '../../settings/settings-store';

export function settingsHandlers(store: SettingsStore): HandlersOf<AppContract>['settings'] {
  return {
    get: () => store.snapshot(),
    save: (settings) => store.save(settings),
  };
}
