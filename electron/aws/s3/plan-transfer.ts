import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error';
import { s3FolderOf, s3NameOf } from '../../../shared/model/s3';
import type { AwsSession } from '../aws-session';
import type { TransferFile } from './transfer-store';

/** More is not for a window: its list would take too long to write at every step. */
export const mostFiles = 20_000;

/**
 * The files of what was chosen, folders with all that is in them, and where they go below `folder` of a bucket. Links
 * to folders within folders are not followed: they may lead in circles.
 * @throws s3-file-not-read, s3-too-many
 */
export async function planUpload(paths: readonly string[], folder: string): Promise<readonly TransferFile[]> {
  const files: TransferFile[] = [];
  const add = async (path: string, key: string, isFollowed: boolean): Promise<void> => {
    const facts = await stat(path);
    if (facts.isDirectory()) {
      if (!isFollowed) return;
      const entries = await readdir(path, { withFileTypes: true });
      for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
        await add(join(path, entry.name), `${key}/${entry.name}`, !entry.isSymbolicLink());
    } else if (facts.isFile()) {
      files.push({
        ...{ path, key, sizeBytes: facts.size, modifiedAtMs: facts.mtimeMs },
        ...{ begun: '', isDone: false },
      });
      if (files.length > mostFiles) throw new AppError('s3-too-many', { most: mostFiles });
    }
  };
  for (const path of paths)
    await add(path, folder + basename(path), true).catch((error: unknown) => {
      if (error instanceof AppError) throw error;
      const { code: reason = String(error), path: at = path } = error as NodeJS.ErrnoException;
      throw new AppError('s3-file-not-read', { path: at, reason }, { cause: error });
    });
  return files;
}

/** The names of what was chosen that are in the folder already. @throws what AWS said against looking */
export async function namesThere(
  session: AwsSession,
  bucket: string,
  folder: string,
  names: readonly string[],
): Promise<readonly string[]> {
  const there: string[] = [];
  for (const name of names) {
    const { Contents = [], CommonPrefixes = [] } = await session.call('s3.listObjects', {
      ...{ Bucket: bucket, Prefix: folder + name, Delimiter: '/', MaxKeys: 2 },
    });
    const keys = [...Contents.map(({ Key }) => Key), ...CommonPrefixes.map(({ Prefix }) => Prefix)];
    if (keys.includes(folder + name) || keys.includes(`${folder + name}/`)) there.push(name);
  }
  return there;
}

/**
 * The objects of what was chosen, folders (keys with a slash at the end) with all that is in them, and where they go:
 * to `path` itself if one object was chosen, else below it. Names that this computer can't have, or that would lead out
 * of the folder, are written otherwise.
 * @throws s3-too-many, or what AWS said against it
 */
export async function planDownload(
  session: AwsSession,
  bucket: string,
  keys: readonly string[],
  path: string,
): Promise<readonly TransferFile[]> {
  const [only = ''] = keys;
  const files: TransferFile[] = [];
  const taken = new Set<string>();
  const add = (key: string, sizeBytes: number, place: string) => {
    const free = freePlace(place, taken);
    taken.add(free.toLowerCase());
    files.push({ path: free, key, sizeBytes, modifiedAtMs: 0, begun: '', isDone: false });
    if (files.length > mostFiles) throw new AppError('s3-too-many', { most: mostFiles });
  };
  for (const key of keys) {
    const base = s3FolderOf(key);
    let cursor: string | undefined;
    do {
      const page = await session.call('s3.listObjects', {
        ...{ Bucket: bucket, Prefix: key },
        ...(key.endsWith('/') ? {} : { MaxKeys: 1 }),
        ...(cursor === undefined ? {} : { ContinuationToken: cursor }),
      });
      for (const { Key = '', Size = 0 } of page.Contents ?? []) {
        if (key.endsWith('/') ? Key.endsWith('/') : Key !== key) continue;
        const isAlone = keys.length === 1 && only === Key;
        add(Key, Size, isAlone ? path : join(path, ...Key.slice(base.length).split('/').map(localName)));
      }
      cursor = key.endsWith('/') ? page.NextContinuationToken : undefined;
    } while (cursor !== undefined);
  }
  return files;
}

/** A name for this computer's file systems, of which Windows's allows least. */
export function localName(part: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what names may not have.
  const name = part.replace(/[\u0000-\u001f<>:"\\|?*]/g, '_').replace(/[. ]+$/, '_');
  const isReserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name);
  return name === '' || isReserved ? `_${name}` : name;
}

/** Two keys may differ in what a file system does not tell apart. */
function freePlace(path: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const place = number === 1 ? path : `${path} (${number})`;
    if (!taken.has(place.toLowerCase())) return place;
  }
}

/** What a transfer is called: its first file or folder. */
export const nameOfKeys = (keys: readonly string[]): string => s3NameOf(keys[0] ?? '');
