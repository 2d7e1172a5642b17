import type fsPromises from 'node:fs/promises';
import { dirname } from 'node:path';
import { CancellationToken } from 'builder-util-runtime';
import {
  AppImageUpdater,
  type AppUpdater,
  type Logger,
  MacUpdater,
  NsisUpdater,
  type UpdateInfo,
} from 'electron-updater';
import { AppError } from '../../shared/errors/app-error';
import { isSignedRelease } from './release-signature';
import { updateError } from './update-error';
import type { Updater } from './update-service';

interface AppUpdaterDependencies {
  readonly platform: NodeJS.Platform;
  /** The AppImage that runs; null elsewhere. */
  readonly appImage: string | null;
  /** By which an AppImage is known as one of its makers; null where the system itself checks signatures. */
  readonly appImageKey: string | null;
  readonly logger: Logger;
  readonly fs: Pick<typeof fsPromises, 'access' | 'statfs' | 'constants'>;
}

/**
 * electron-updater, kept to what the user has agreed to: it downloads nothing by itself, starts nothing, and installs
 * when Nuvem quits, never before. It sends nothing that would tell one copy of Nuvem from another.
 */
export class ElectronUpdater implements Updater {
  readonly #updater: AppUpdater;
  #found: UpdateInfo | null = null;

  constructor(private readonly deps: AppUpdaterDependencies) {
    const { platform, logger } = deps;
    const updater =
      platform === 'win32'
        ? new NsisUpdater()
        : platform === 'darwin'
          ? new MacUpdater()
          : new AppImageUpdater();
    updater.logger = logger;
    updater.autoDownload = false;
    updater.autoInstallOnAppQuit = false;
    updater.disableWebInstaller = true;
    // Whether it may is not for it to say: that was judged before it was made.
    updater.forceDevUpdateConfig = true;
    // In the place of the random name that it would give this copy.
    updater.requestHeaders = { 'x-user-staging-id': 'none' };
    updater.isUserWithinRollout = () => true;
    this.#updater = updater;
  }

  async check(): Promise<string | null> {
    try {
      const result = await this.#updater.checkForUpdates();
      this.#found = result?.isUpdateAvailable === true ? result.updateInfo : null;
    } catch (error) {
      throw updateError(error);
    }
    if (this.#found !== null) this.#assertSigned(this.#found);
    return this.#found?.version ?? null;
  }

  async download(onProgress: (part: number) => void, signal: AbortSignal): Promise<void> {
    const found = this.#found;
    if (found === null) throw new Error('No update was found');
    const token = new CancellationToken();
    const cancel = (): void => {
      this.#updater.autoInstallOnAppQuit = false;
      token.cancel();
    };
    const report = ({ percent }: { readonly percent: number }): void => onProgress(percent / 100);
    signal.addEventListener('abort', cancel);
    this.#updater.on('download-progress', report);
    try {
      await this.#assertRoom(found);
      this.#updater.autoInstallOnAppQuit = !signal.aborted;
      await this.#updater.downloadUpdate(token);
    } catch (error) {
      this.#updater.autoInstallOnAppQuit = false;
      throw updateError(error);
    } finally {
      signal.removeEventListener('abort', cancel);
      this.#updater.off('download-progress', report);
    }
  }

  /** Every file of the feed: which of them it takes is for electron-updater to say. */
  #assertSigned({ version, files }: UpdateInfo): void {
    const { appImageKey } = this.deps;
    if (appImageKey === null) return;
    const isSigned = files.every(
      (file) =>
        typeof file.sha512 === 'string' &&
        isSignedRelease(
          { version, sha512: file.sha512 },
          'signature' in file ? file.signature : null,
          appImageKey,
        ),
    );
    if (files.length === 0 || !isSigned) throw new AppError('update-not-signed', { version });
  }

  /** Installing an AppImage removes the old one first: it must not turn out only then that the new one does not fit. */
  async #assertRoom({ files }: UpdateInfo): Promise<void> {
    const { appImage, fs } = this.deps;
    if (appImage === null) return;
    const folder = dirname(appImage);
    await fs.access(folder, fs.constants.W_OK);
    const { bavail, bsize } = await fs.statfs(folder);
    const largest = Math.max(...files.map(({ size }) => size ?? 0));
    if (bavail * bsize < largest) throw new AppError('update-disk-full');
  }
}
