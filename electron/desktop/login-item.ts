import type { App } from 'electron';
import { AppError } from '../../shared/errors/app-error';
import { type AutostartFile, autostartFile } from './autostart-file';

/** What the system does with Nuvem when the user logs in. */
export interface LoginItem {
  /** False also when the user turned it off by the system's own means. @throws login-item-failed */
  isOn(): boolean;
  /** Turning it on again brings it up to date: the program may lie elsewhere now. @throws login-item-failed */
  set(isOn: boolean, isHidden: boolean): void;
  /** Nuvem was started so in this run, by a system that can't say whether its window is wanted. */
  readonly hasStartedIt: boolean;
}

/** How a program is started again. */
export interface Program {
  readonly path: string;
  readonly args: readonly string[];
}

interface ProcessFacts {
  readonly execPath: string;
  readonly env: NodeJS.ProcessEnv;
  /** Where the app's folder is, in development, where Electron is told it; else null. */
  readonly appFolder: string | null;
}

/** The program that the user started, which unpacks itself if it is an AppImage or portable. */
export function ownProgram({ execPath, env, appFolder }: ProcessFacts): Program {
  if (appFolder !== null) return { path: execPath, args: [appFolder] };
  return { path: env.APPIMAGE || env.PORTABLE_EXECUTABLE_FILE || execPath, args: [] };
}

interface LoginItemDependencies {
  readonly platform: NodeJS.Platform;
  readonly app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>;
  readonly program: Program;
  /** Of XDG, as an absolute path. */
  readonly configFolder: string;
}

export function makeLoginItem(deps: LoginItemDependencies): LoginItem {
  const { platform, app, program } = deps;
  if (platform === 'win32') return windowsLoginItem(app, program);
  if (platform === 'darwin') return macLoginItem(app);
  return linuxLoginItem(autostartFile(deps.configFolder), program);
}

const argsOf = ({ args }: Program, isHidden: boolean): readonly string[] => [
  ...args,
  ...(isHidden ? ['--hidden'] : []),
];

function linuxLoginItem(file: AutostartFile, program: Program): LoginItem {
  return {
    isOn: () => reporting(file.path, () => file.isOn()),
    set: (isOn, isHidden) =>
      reporting(file.path, () => {
        if (isOn) file.write({ path: program.path, args: argsOf(program, isHidden) });
        else file.remove();
      }),
    hasStartedIt: false,
  };
}

/** A value of the registry's Run key, which the user can turn off in the Task Manager. */
function windowsLoginItem(app: LoginItemDependencies['app'], program: Program): LoginItem {
  // Newer versions of Electron quote it themselves, and take these off before.
  const path = `"${program.path}"`;
  return {
    // Where the program lies elsewhere now, its value is not found: that is no sign that the user turned it off.
    isOn: () => app.getLoginItemSettings({ path }).launchItems.every(({ enabled }) => enabled),
    set: (isOn, isHidden) =>
      app.setLoginItemSettings({ openAtLogin: isOn, path, args: [...argsOf(program, isHidden)] }),
    hasStartedIt: false,
  };
}

/** macOS hands over no arguments and finds a moved app by itself. */
function macLoginItem(app: LoginItemDependencies['app']): LoginItem {
  return {
    isOn: () => {
      const { openAtLogin, status } = app.getLoginItemSettings();
      return openAtLogin || status === 'requires-approval';
    },
    set: (isOn) => app.setLoginItemSettings({ openAtLogin: isOn }),
    hasStartedIt: app.getLoginItemSettings().wasOpenedAtLogin,
  };
}

function reporting<Result>(path: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw new AppError('login-item-failed', { path }, { cause: error });
  }
}
