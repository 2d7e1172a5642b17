import type fsPromises from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../../shared/errors/app-error';
import type { ImportRemark } from '../../../../shared/model/import-plan';
import { remark } from '../complete-plan';
import { decodeText } from '../source-text';
import { type PuttyHostKey, parsePuttyHostKey } from './putty-host-keys';
import type { PuttyData } from './putty-registry';
import { decodePuttyName, type PuttySession } from './putty-settings';

export type PuttyFs = Pick<typeof fsPromises, 'readFile' | 'readdir' | 'stat'>;

const largestFileBytes = 1_000_000;

/**
 * Where PuTTY keeps its files on Unix, in its order: `$PUTTYDIR`, `~/.config/putty` if it is there, `~/.putty`.
 * Null when there are none.
 */
export async function findPuttyFolder(
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
  fs: PuttyFs,
): Promise<string | null> {
  const configured = environment.XDG_CONFIG_HOME || join(home, '.config');
  const places = environment.PUTTYDIR
    ? [environment.PUTTYDIR]
    : [join(configured, 'putty'), join(home, '.putty')];
  for (const place of places) {
    const names = await namesIn(join(place, 'sessions'), fs).catch(() => []);
    if (names.length > 0) return place;
  }
  return null;
}

/** What PuTTY keeps in a folder on Unix: a file per session, and one with host keys. @throws import-file-unreadable */
export async function readPuttyFolder(folder: string, fs: PuttyFs): Promise<PuttyData> {
  const sessions: PuttySession[] = [];
  const remarks: ImportRemark[] = [];
  const sessionsFolder = join(folder, 'sessions');
  for (const fileName of (await namesIn(sessionsFolder, fs)).toSorted()) {
    const name = decodePuttyName(fileName);
    const text = await textIn(join(sessionsFolder, fileName), fs);
    if (text === null) remarks.push(remark('entry-unreadable', { name }));
    else sessions.push({ name, line: null, settings: settingsIn(text) });
  }
  const known = (await textIn(join(folder, 'sshhostkeys'), fs)) ?? '';
  return { sessions, hostKeys: hostKeysIn(known), remarks };
}

function settingsIn(text: string): ReadonlyMap<string, string> {
  const pairs = text.split('\n').flatMap((line): readonly (readonly [string, string])[] => {
    const equals = line.indexOf('=');
    return equals < 0 ? [] : [[line.slice(0, equals), line.slice(equals + 1)]];
  });
  return new Map(pairs);
}

/** A line is `type@port:host numbers`. */
function hostKeysIn(text: string): readonly PuttyHostKey[] {
  return text.split('\n').flatMap((line) => {
    const [name = '', value = ''] = line.split(' ');
    return parsePuttyHostKey(name, value) ?? [];
  });
}

async function namesIn(folder: string, fs: PuttyFs): Promise<readonly string[]> {
  try {
    return await fs.readdir(folder);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? '';
    throw new AppError('import-file-unreadable', { path: folder, reason }, { cause: error });
  }
}

/** Null: it is not there, no small text, or may not be read. */
async function textIn(path: string, fs: PuttyFs): Promise<string | null> {
  try {
    const stats = await fs.stat(path);
    if (!stats.isFile() || stats.size > largestFileBytes) return null;
    return decodeText(await fs.readFile(path), path, 'windows-1252');
  } catch {
    // Whatever is wrong with it: the caller names it to the user and goes on with the others.
    return null;
  }
}
