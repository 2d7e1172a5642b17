import { app } from 'electron';
import type { GlobalKey } from '../desktop/global-key';
import { makeLoginItem, ownProgram } from '../desktop/login-item';
import { SettingsEffects } from '../desktop/settings-effects';
import type { SettingsStore } from '../settings/settings-store';

interface SettingsEffectsDependencies {
  readonly settings: SettingsStore;
  readonly globalKey: GlobalKey;
  /** At the start nobody waits for an answer. */
  readonly onTrouble: (error: unknown) => void;
}

/** Makes what has the system do its part of the settings. */
export function makeSettingsEffects(deps: SettingsEffectsDependencies): SettingsEffects {
  const { execPath, env, platform, defaultApp } = process;
  const appFolder = defaultApp === true ? app.getAppPath() : null;
  const program = ownProgram({ execPath, env, appFolder });
  const loginItem = makeLoginItem({ platform, app, program, configFolder: app.getPath('appData') });
  return new SettingsEffects({ ...deps, loginItem, platform });
}
