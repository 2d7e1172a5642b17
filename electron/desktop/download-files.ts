import { copyFile, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../../shared/errors/app-error';

/** What counts as missing at least where nobody knows how much it is. */
const nothingFreeBytes = 1024 * 1024;

/**
 * Moves a finished download to its place, whole or not at all.
 * @throws download-disk-full, download-not-saved
 */
export async function placeFile(partial: string, path: string): Promise<void> {
  try {
    await move(partial, path);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    if (reason === 'ENOSPC' || reason === 'EDQUOT')
      throw new AppError('download-disk-full', { path: dirname(path) }, { cause: error });
    throw new AppError('download-not-saved', { path, reason }, { cause: error });
  }
}

/**
 * Whether the disk of a folder has no room for what is still missing of a file in it. How much that is, is known only
 * where the server says it.
 */
export async function isDiskFull(
  folder: string,
  partial: string,
  { receivedBytes, totalBytes }: { readonly receivedBytes: number; readonly totalBytes: number | null },
): Promise<boolean> {
  try {
    const { bavail, bsize } = await statfs(folder);
    const hereBytes = await stat(partial).then(
      ({ size }) => size,
      () => 0,
    );
    return bavail * bsize < (totalBytes ?? receivedBytes + nothingFreeBytes) - hereBytes;
  } catch {
    return false;
  }
}

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    const copy = `${to}.part`;
    try {
      await copyFile(from, copy);
      await rename(copy, to);
    } catch (failure) {
      await rm(copy, { force: true });
      throw failure;
    }
  }
}
