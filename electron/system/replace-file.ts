import { mkdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** How long a program that looks into every new file, as scanners for viruses do, may keep it from being renamed. */
const heldLimitMs = 1000;
const lookAgainMs = 20;
const heldCodes = new Set(['EACCES', 'EBUSY', 'EPERM']);

/**
 * Puts `bytes` in the place of a file, or makes it: whole or not at all, on the disk when it returns. A link stays a
 * link to the file that is replaced. `mode` as in open(2).
 * @throws NodeJS.ErrnoException; the file is as it was then
 */
export function replaceFile(path: string, bytes: Uint8Array, mode: number): void {
  mkdirSync(dirname(path), { recursive: true });
  const target = realPath(path);
  const next = `${target}.new`;
  try {
    writeFileSync(next, bytes, { mode, flush: true });
    rename(next, target);
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return path;
    throw error;
  }
}

/** On Windows a file that another program has open can't be replaced until it lets go; elsewhere these errors stay. */
function rename(from: string, to: string): void {
  const endsAt = performance.now() + (process.platform === 'win32' ? heldLimitMs : 0);
  for (;;) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      const isHeld = heldCodes.has((error as NodeJS.ErrnoException).code ?? '');
      if (!isHeld || performance.now() >= endsAt) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, lookAgainMs);
    }
  }
}
