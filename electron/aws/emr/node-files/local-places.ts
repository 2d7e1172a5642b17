import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { unwritten } from '../../s3/download-object';
import { localName } from '../../s3/plan-transfer';

/**
 * Where below a folder each file of a machine goes: under its whole path, with names that every computer can have,
 * no two of which are the same to a file system that does not tell `a` from `A`.
 */
export function localPlaces(folder: string, paths: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    paths.map((path) => {
      const parts = path.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
      const wanted = join(folder, ...parts.map(localName));
      let place = wanted;
      for (let number = 2; taken.has(place.toLowerCase()); number += 1) place = `${wanted} (${number})`;
      taken.add(place.toLowerCase());
      return [path, place];
    }),
  );
}

/**
 * Makes a folder that was not there before, called `name` or `name (2)` and so on.
 * @throws download-disk-full, download-not-saved
 */
export async function makeNewFolder(parent: string, name: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const path = join(parent, localName(number === 1 ? name : `${name} (${number})`));
    try {
      await mkdir(path);
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritten(path, error);
    }
  }
}
