import { mkdir, mkdtemp, readdir, rename, rm, stat, symlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { userCacheFolder } from '../electron/system/cache-folder';

/** The folder, outside the checkout, where Nuvem and its tools keep what is slow to get. */
export function userCacheDir(): string {
  return userCacheFolder(process.platform, process.env, homedir());
}

/**
 * Makes the folder `target` by filling a temporary one and renaming it, so that a half-done folder never
 * counts and two processes may do it at once: the first one wins, the other's work is dropped.
 * Does nothing when `target` exists. Rejects with whatever `fill` rejects with, leaving nothing behind.
 */
export function makeFolderOnce(target: string, fill: (folder: string) => Promise<void>): Promise<void> {
  return publishOnce(target, fill, rename);
}

/**
 * Like `makeFolderOnce`, for a folder that must stay where it was filled, such as a Python environment, whose
 * scripts name their own path: `target` becomes a link to it.
 */
export function makeLinkedFolderOnce(target: string, fill: (folder: string) => Promise<void>): Promise<void> {
  return publishOnce(target, fill, (draft, link) => symlink(draft, link, 'junction'));
}

async function publishOnce(
  target: string,
  fill: (folder: string) => Promise<void>,
  publish: (draft: string, target: string) => Promise<void>,
): Promise<void> {
  if (await exists(target)) return;
  const parent = dirname(target);
  await mkdir(parent, { recursive: true });
  await removeLeftovers(target);
  // What does not exist and yet has a name is a link whose folder was deleted.
  await rm(target, { force: true });
  const draft = await mkdtemp(`${target}.${process.pid}-`);
  try {
    await fill(draft);
    await publish(draft, target);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!(await exists(target))) throw error;
  }
}

/** Whether a file or folder of that path exists. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** A process that was killed leaves its draft; the draft's name says whose it was. */
async function removeLeftovers(target: string): Promise<void> {
  const prefix = `${basename(target)}.`;
  for (const name of await readdir(dirname(target))) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (Number.isInteger(pid) && !isRunning(pid)) {
      await rm(join(dirname(target), name), { recursive: true, force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
