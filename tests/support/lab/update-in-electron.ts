import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { resolveElectron } from '../../../build/electron-runtime/resolve';
import { ensureElectronNeeds } from '../../../build/system/electron-needs';
import { startXvfb } from '../../../build/system/xvfb';
import type { ErrorReport } from '../../../shared/errors/app-error';
import { bundleForElectron } from './electron-bundle';
import { runCommand } from './run-command';
import { makeTempFolder } from './temp-folder';

export interface UpdateTrial {
  /** Path of the AppImage that runs. */
  readonly appImage: string;
  readonly appImageKey: string;
  /** The user calls the download off at once. */
  readonly isCalledOff: boolean;
}

export interface UpdateTrialResult {
  readonly found: string | null;
  readonly error: ErrorReport | null;
  readonly isDownloaded: boolean;
  /** What the AppImage holds when the app is about to quit. */
  readonly beforeQuit: string;
}

/** A real Electron, version 0.0.0 of a program, that updates itself from a feed with the product's updater. */
export interface UpdatingElectron {
  /** Runs one trial to its end, quitting included. */
  run(trial: UpdateTrial, feedUrl: string): Promise<UpdateTrialResult>;
  stop(): Promise<void>;
}

export async function makeUpdatingElectron(): Promise<UpdatingElectron> {
  const electron = await resolveElectron();
  await ensureElectronNeeds(electron.executablePath, true);
  const folder = await makeTempFolder('update');
  const appFolder = join(folder.path, 'app');
  const display = process.platform === 'linux' ? await startXvfb() : null;
  await bundleForElectron(fileURLToPath(new URL('./update-probe.ts', import.meta.url)), appFolder);
  let runs = 0;
  return {
    run: async (trial, feedUrl) => {
      runs += 1;
      const feed = { provider: 'generic', url: feedUrl, updaterCacheDirName: `trial-${runs}` };
      await writeFile(join(appFolder, 'dev-app-update.yml'), stringify(feed));
      const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
      const output = await runCommand(
        electron.executablePath,
        [...sandbox, `--user-data-dir=${folder.path}/profile-${runs}`, appFolder],
        {
          env: {
            ...process.env,
            ...display?.env,
            XDG_CACHE_HOME: join(folder.path, 'cache'),
            APPIMAGE: trial.appImage,
            NUVEM_UPDATE_TRIAL: JSON.stringify(trial),
          },
        },
      );
      return JSON.parse(output.trim().split('\n').at(-1) ?? '');
    },
    stop: async () => {
      await display?.stop();
      await folder.remove();
    },
  };
}
