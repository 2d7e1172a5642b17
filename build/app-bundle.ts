import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'electron-vite';
import { resolveElectron } from './electron-runtime/resolve';
import { addNativeGcm } from './native-gcm';

const sources = [
  'electron',
  'renderer',
  'shared',
  'build/vite',
  'build/icons',
  'package.json',
  'package-lock.json',
];
const stampFile = 'out/sources.sha256';

/** Bundles the app into `out/`. Rejects when a source does not compile. */
export async function buildApp(): Promise<void> {
  // electron-vite asks the `electron` package for its version, which downloads one unless it is told of ours.
  await resolveElectron();
  await rm(stampFile, { force: true });
  const stamp = await hashOfSources();
  await build({ configFile: 'build/vite/electron.vite.config.ts', logLevel: 'warn' });
  await addNativeGcm('out/main');
  await writeFile(stampFile, stamp);
}

/** Bundles the app unless `out/` was made from just these sources. Resolves with whether it had to. */
export async function buildAppIfChanged(): Promise<boolean> {
  const stamp = await readFile(stampFile, 'utf8').catch(() => null);
  if (stamp === (await hashOfSources())) return false;
  await buildApp();
  return true;
}

async function hashOfSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of await filesOf(source)) hash.update(`${file}\0`).update(await readFile(file));
  }
  return hash.digest('hex');
}

async function filesOf(path: string): Promise<readonly string[]> {
  if (/\.json$/.test(path)) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
