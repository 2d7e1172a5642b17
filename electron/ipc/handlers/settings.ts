import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { SettingsEffects } from '../../desktop/settings-effects';
import type { SettingsStore } from '../../settings/settings-store';

export function settingsHandlers(
  store: SettingsStore,
  effects: SettingsEffects,
): HandlersOf<AppContract>['settings'] {
  return {
    get: () => store.snapshot(),
    save: (settings) => effects.save(settings),
  };
}
