import { mkdir, realpath, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { exists, userCacheDir } from '../../../build/user-cache';
import { labPeer } from '../setup/peers';
import { runCommand } from './run-command';

/** An image's root file system, for `docker import` and `podman import`. */
export interface RootFileSystem {
  readonly tarPath: string;
  /** The PATH in it. */
  readonly path: string;
}

const programs = ['sh', 'ls', 'cat', 'id', 'sleep', 'ps', 'env', 'touch', 'stat', 'sed', 'mkdir'];

/**
 * A small Linux with a shell, made of this computer's own files, so that no image registry is needed. With
 * Jupyter the lab's JupyterLab 4 and its Python come along, at the same paths. Made once, then kept in the cache.
 */
export async function makeRootFileSystem(withJupyter: boolean): Promise<RootFileSystem> {
  const { folder, binFolder } = labPeer('jupyterlab4');
  const peer = await realpath(folder);
  const cache = join(userCacheDir(), 'images');
  const tarPath = join(cache, withJupyter ? `${peer.split('/').at(-1)}.tar` : 'bare.tar');
  const path = withJupyter ? `${binFolder}:/usr/bin` : '/usr/bin';
  if (await exists(tarPath)) return { tarPath, path };
  await mkdir(cache, { recursive: true });
  const made = `${tarPath}.${process.pid}`;
  const files = [...(await shellFiles()), ...(withJupyter ? [folder, ...(await pythonFiles(peer))] : [])];
  const members = [...new Set(files)].map((file) => file.slice(1));
  // Whoever runs in the container may read it, whoever may read it here.
  await runCommand('tar', [
    '-C',
    '/',
    '-cf',
    made,
    '--mode=a+rX',
    '--hard-dereference',
    ...excluded,
    ...members,
  ]);
  await rename(made, tarPath);
  return { tarPath, path };
}

const excluded = ['--exclude=*/lib/python3.*/test', '--exclude=__pycache__', '--exclude=*.a'];

async function shellFiles(): Promise<readonly string[]> {
  const paths = await Promise.all(programs.map((program) => realpath(`/usr/bin/${program}`)));
  const links = programs.map((program) => `/usr/bin/${program}`);
  return [
    '/bin',
    '/lib',
    '/lib64',
    '/etc/passwd',
    '/etc/group',
    ...links,
    ...paths,
    ...(await librariesOf(paths)),
  ];
}

/** A virtual environment and the Python that it was made with, without what else is installed there. */
async function pythonFiles(peer: string): Promise<readonly string[]> {
  const python = await realpath(join(peer, 'bin', 'python'));
  const prefix = dirname(dirname(python));
  const find = async (...args: string[]) => (await runCommand('find', args)).trim().split('\n');
  const own = await find(
    prefix,
    '-name',
    'site-packages',
    '-prune',
    '-o',
    '-name',
    '*.a',
    '-prune',
    '-o',
    '-type',
    'f',
    '-path',
    '*/lib/*',
    '-print',
  );
  const modules = [...own, ...(await find(peer, '-type', 'f'))].filter((file) => /\.so(\.|$)/.test(file));
  const libraries = await librariesOf([python, ...modules]);
  const links = await find(join(prefix, 'bin'), '-name', 'python3*', '-type', 'l');
  return [
    python,
    ...links,
    peer,
    ...own,
    ...libraries.filter((file) => !file.startsWith(prefix) && !file.startsWith(peer)),
  ];
}

async function librariesOf(files: readonly string[]): Promise<readonly string[]> {
  const told = await runCommand('sh', ['-c', 'ldd "$@" 2>/dev/null; true', 'sh', ...files]);
  const paths = new Set([...told.matchAll(/(?:=>\s+|^\s+)(\/\S+)/gm)].map((match) => match[1] ?? ''));
  const all = await Promise.all([...paths].map(async (path) => [path, await realpath(path)]));
  return all.flat().map((path) => (path.startsWith('/lib') ? `/usr${path}` : path));
}
