import { createWriteStream } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';

const FILE_TYPE_MASK = 0o170000;
const SYMLINK = 0o120000;

/**
 * Unpacks `zipFile` into `folder`. `nameFor` gives an entry's path below the folder, or null to leave it out.
 * Rejects when the archive is damaged or an entry would land outside the folder.
 */
export async function unzip(
  zipFile: string,
  folder: string,
  nameFor: (entryName: string) => string | null = (name) => name,
): Promise<void> {
  const zip = await openPromise(zipFile, { lazyEntries: true });
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.endsWith('/') ? null : nameFor(entry.fileName);
    if (name === null) continue;
    const path = resolve(folder, name);
    if (!path.startsWith(resolve(folder) + sep))
      throw new Error(`${zipFile}: ${name} leads out of the folder`);
    await mkdir(dirname(path), { recursive: true });
    const mode = entry.externalFileAttributes >>> 16;
    const content = await zip.openReadStreamPromise(entry);
    if ((mode & FILE_TYPE_MASK) === SYMLINK) await symlink(await text(content), path);
    else await pipeline(content, createWriteStream(path, { mode: mode & 0o777 || 0o644 }));
  }
}
