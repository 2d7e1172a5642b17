import { mkdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { downloadArtifact, ElectronDownloadCacheMode, FetchDownloader } from '@electron/get';
import { unzip } from './unzip';

const require = createRequire(import.meta.url);

/** The version that ships: the one of the `electron` package. */
export const officialVersion: string = require('electron/package.json').version;

const answerTimeoutMs = 8_000;

/**
 * Downloads the official Electron of this platform, checks it against the checksums that the `electron` package
 * carries, and unpacks it into `folder`. Rejects when the download server does not answer within 8 s, refuses, or
 * sends something else.
 */
export async function unpackOfficialElectron(folder: string): Promise<void> {
  const tempDirectory = join(folder, 'download');
  await mkdir(tempDirectory);
  const zipFile = await downloadArtifact({
    version: officialVersion,
    artifactName: 'electron',
    platform: process.platform,
    arch: process.arch,
    checksums: require('electron/checksums.json'),
    cacheMode: ElectronDownloadCacheMode.Bypass,
    tempDirectory,
    downloader: { download: downloadOrGiveUpEarly },
  });
  await unzip(zipFile, folder);
  await rm(tempDirectory, { recursive: true });
}

/** The limit is on the first byte, not on the whole, which may rightly take minutes. */
async function downloadOrGiveUpEarly(url: string, file: string): Promise<void> {
  const controller = new AbortController();
  const silence = setTimeout(() => {
    controller.abort(new Error(`no answer within ${answerTimeoutMs / 1000} s`));
  }, answerTimeoutMs);
  try {
    await new FetchDownloader().download(url, file, {
      signal: controller.signal,
      getProgressCallback: async () => clearTimeout(silence),
    });
  } finally {
    clearTimeout(silence);
  }
}
