import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { labPeer } from '../setup/peers';
import { runCommand } from './run-command';

/** The interpreter of the operating system, which every machine of the lab has. */
export const systemPython = '/usr/bin/python3';

const tool = (name: 'uv' | 'virtualenv') => join(labPeer('pythontools').binFolder, name);

/** Runs uv with the test computer's cache, so that packages come over the network once. */
export function uv(home: string, ...args: readonly string[]): Promise<string> {
  const cache = process.env.UV_CACHE_DIR ?? join(homedir(), '.cache', 'uv');
  const env = {
    ...process.env,
    HOME: home,
    UV_CACHE_DIR: cache,
    XDG_DATA_HOME: join(home, '.local', 'share'),
  };
  return runCommand(tool('uv'), args, { env });
}

/** Makes a virtual environment by `python -m venv`, and adds packages. */
export async function makeVenv(
  home: string,
  place: string,
  packages: readonly string[] = [],
): Promise<string> {
  const path = join(home, place);
  await mkdir(dirname(path), { recursive: true });
  await runCommand(systemPython, ['-m', 'venv', '--without-pip', path]);
  await addPackages(home, path, packages);
  return path;
}

/** Makes an environment by virtualenv. */
export async function makeVirtualenv(home: string, place: string): Promise<string> {
  const path = join(home, place);
  await runCommand(tool('virtualenv'), ['--quiet', '--no-download', '--python', systemPython, path]);
  return path;
}

/**
 * Lays an environment out as conda does: `conda-meta/` with its history, and a hook that its packages bring for
 * activation. conda's own channels can't be reached everywhere, so the interpreter and the packages are those of uv.
 */
export async function makeCondaLike(
  home: string,
  place: string,
  packages: readonly string[] = [],
): Promise<string> {
  const path = join(home, place);
  await mkdir(dirname(path), { recursive: true });
  await uv(home, 'venv', '--quiet', '--python', systemPython, path);
  await addPackages(home, path, packages);
  await mkdir(join(path, 'conda-meta'));
  await writeFile(join(path, 'conda-meta', 'history'), '==> 2026-01-02 03:04:05 <==\n# cmd: conda create\n');
  await mkdir(join(path, 'etc', 'conda', 'activate.d'), { recursive: true });
  await writeFile(
    join(path, 'etc', 'conda', 'activate.d', 'gdal-activate.sh'),
    'export GDAL_DATA="$CONDA_PREFIX/share/gdal"\n',
  );
  return path;
}

async function addPackages(home: string, path: string, packages: readonly string[]): Promise<void> {
  if (packages.length === 0) return;
  await uv(home, 'pip', 'install', '--quiet', '--python', join(path, 'bin', 'python'), ...packages);
}

/** What this computer says of where packages come from, for a machine that installs some. */
export function packageSources(): Readonly<Record<string, string>> {
  const names = /^(?:PIP|UV)_|^(?:https?_proxy|no_proxy|ssl_cert_(?:file|dir)|requests_ca_bundle)$/i;
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => names.test(entry[0]) && entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}

/** Puts uv where its own installer does. */
export async function installUv(home: string): Promise<void> {
  await mkdir(join(home, '.local/bin'), { recursive: true });
  await symlink(tool('uv'), join(home, '.local/bin/uv'));
}
