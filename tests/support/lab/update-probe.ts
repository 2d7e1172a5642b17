import fs from 'node:fs/promises';
import { app } from 'electron';
import { ElectronUpdater } from '../../../electron/updates/electron-updater';
import { AppError } from '../../../shared/errors/app-error';
import type { UpdateTrial, UpdateTrialResult } from './update-in-electron';

/** Main script of an Electron that updates the AppImage that a trial names, as far as it goes, and quits. */
async function run({ appImage, appImageKey, isCalledOff }: UpdateTrial): Promise<UpdateTrialResult> {
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const updater = new ElectronUpdater({ platform: 'linux', appImage, appImageKey, logger: silent, fs });
  const result = { found: null, error: null, isDownloaded: false, beforeQuit: '' };
  const beforeQuit = () => fs.readFile(appImage, 'utf8');
  try {
    const found = await updater.check();
    if (found === null) return { ...result, beforeQuit: await beforeQuit() };
    const abort = new AbortController();
    const download = updater.download(() => undefined, abort.signal);
    if (isCalledOff) abort.abort();
    const error = await download.then(
      () => null,
      (thrown: unknown) => AppError.from(thrown).toReport(),
    );
    return { found, error, isDownloaded: error === null, beforeQuit: await beforeQuit() };
  } catch (thrown) {
    return { ...result, error: AppError.from(thrown).toReport(), beforeQuit: await beforeQuit() };
  }
}

void app
  .whenReady()
  .then(() => run(JSON.parse(process.env.NUVEM_UPDATE_TRIAL ?? '')))
  .then((result) => {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    app.quit();
  })
  .catch((error: unknown) => {
    console.error(error);
    app.exit(1);
  });
