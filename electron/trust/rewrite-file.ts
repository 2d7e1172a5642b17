import type fsPromises from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

export type RewriteFs = Pick<
  typeof fsPromises,
  'appendFile' | 'chmod' | 'link' | 'readFile' | 'realpath' | 'rename' | 'rm' | 'stat' | 'writeFile'
>;

const mostTries = 20;

/**
 * Replaces a file that other programs append to and replace too: at every moment it is whole, either as before or
 * as `change` makes it. Mode and symbolic links stay. When another program was faster, `change` is called again
 * with what that one left. `newSuffix` names files that live meanwhile beside it. `latin1` keeps bytes as they are.
 * @throws the errors of the file system, EBUSY when the file never rests
 */
export async function rewriteFile(
  path: string,
  change: (text: string) => string,
  fs: RewriteFs,
  newSuffix: () => string,
): Promise<void> {
  const target = await fs.realpath(path);
  for (let tries = 0; tries < mostTries; tries += 1) {
    const { ino, mode } = await fs.stat(target);
    const before = await fs.readFile(target, 'latin1');
    const after = change(before);
    if (after === before) return;
    const suffix = newSuffix();
    const beside = (end: string) => join(dirname(target), `.${basename(target)}.${suffix}${end}`);
    const [fresh, old] = [beside('.new'), beside('.old')];
    try {
      await fs.writeFile(fresh, after, { encoding: 'latin1', flag: 'wx', mode: mode & 0o777, flush: true });
      // The process's umask may have taken something away.
      await fs.chmod(fresh, mode & 0o777);
      const hasOld = await linked(target, old, fs);
      const isAsRead =
        (await fs.stat(target)).ino === ino && (await fs.readFile(target, 'latin1')) === before;
      if (!isAsRead) continue;
      await fs.rename(fresh, target);
      // A line that another program has appended since is in the old file only.
      const late = hasOld ? (await fs.readFile(old, 'latin1')).slice(before.length) : '';
      if (late !== '') await fs.appendFile(target, late, 'latin1');
      return;
    } finally {
      await fs.rm(fresh, { force: true });
      await fs.rm(old, { force: true });
    }
  }
  throw Object.assign(new Error(`${target} changes all the time`), { code: 'EBUSY' });
}

/** A second name for the file, by which it can be read after its replacement. False where there are no hard links. */
async function linked(target: string, name: string, fs: RewriteFs): Promise<boolean> {
  try {
    await fs.link(target, name);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code)) return false;
    throw error;
  }
}
