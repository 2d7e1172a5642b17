import { once } from 'node:events';
import { type FileHandle, mkdir, open, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Parser, type ReadEntry } from 'tar';
import { AppError } from '../../../../shared/errors/app-error';
import type { Transport } from '../../../connection/transport';
import { documentEnd } from '../../../jupyter/document-end';
import { scriptInput } from '../../../jupyter/remote-script';
import { unwritten } from '../../s3/download-object';
import reader from './remote/reader.sh?raw';

/** What a file was when it was read. */
export interface FileState {
  readonly sizeBytes: number;
  /** Whole ones, as archives and `stat` have them. */
  readonly modifiedAtSeconds: number;
}

export interface ArchiveFetch {
  readonly transport: Transport;
  /** Where each file of the machine is written to; a file that is there is replaced. */
  readonly targets: ReadonlyMap<string, string>;
  readonly random: (sizeBytes: number) => Buffer;
  /** How much of a file has come. */
  readonly onReceived: (path: string, bytes: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Gets files of a machine in one stream (GNU tar). What each was, by its path, of those that came whole and are on this
 * computer's disk; a file that the machine does not give is missing in it.
 * @throws AppError download-disk-full, download-not-saved, remote-shell-unsupported, cancelled, connection-lost
 */
export async function fetchArchive(fetch: ArchiveFetch): Promise<ReadonlyMap<string, FileState>> {
  const { transport, targets, random, signal } = fetch;
  const paths = [...targets.keys()];
  const mark = `nuvem${random(12).toString('hex')}`;
  const list = paths.join('\n');
  const end = documentEnd(mark, list);
  // Names are taken as they are, and another name of the same file brings the file again.
  const command = '$as tar -c -f - -P --no-unquote --hard-dereference -T - 2>/dev/null';
  const text = `${reader}\n${command} <<'${end}'\n${list}\n${end}\n`;
  const stream = await transport.openCommand('sh -s');
  const broken = new AbortController();
  const whileGood = AbortSignal.any([signal, broken.signal]);
  whileGood.addEventListener('abort', () => stream.destroy(AppError.from(whileGood.reason)), { once: true });
  const came = new Map<string, FileState>();
  let saving = Promise.resolve();
  const parser = new Parser({
    onReadEntry: (entry) => {
      saving = saving.then(() => save(entry, { ...fetch, signal: whileGood }, came));
      saving.catch((error: unknown) => broken.abort(error));
    },
  });
  parser.once('abort', (error: unknown) => broken.abort(error));
  try {
    signal.throwIfAborted();
    stream.end(scriptInput({ text, values: {} }, mark));
    // Where nothing is taken in any more there is no drain to wait for.
    for await (const bytes of afterMark(stream, `${mark} begin \n`))
      if (!parser.write(bytes)) await once(parser, 'drain', { signal: whileGood });
    parser.end();
    await saving;
  } catch (error) {
    const why = whileGood.aborted ? whileGood.reason : error;
    broken.abort(why);
    // The file under way is closed before anybody removes it.
    await saving.catch(() => undefined);
    throw why;
  } finally {
    stream.destroy();
  }
  return came;
}

/** What start-up files of the shell print comes before the mark, and is dropped. */
async function* afterMark(stream: AsyncIterable<Buffer>, mark: string): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const bytes of stream) {
    if (head === null) {
      yield bytes;
      continue;
    }
    head = Buffer.concat([head, bytes]);
    const at = head.indexOf(mark);
    if (at < 0) continue;
    const rest = head.subarray(at + mark.length);
    head = null;
    if (rest.length > 0) yield rest;
  }
  if (head !== null) throw new AppError('remote-shell-unsupported');
}

async function save(
  entry: ReadEntry,
  { targets, onReceived, signal }: ArchiveFetch,
  came: Map<string, FileState>,
): Promise<void> {
  const { path } = entry;
  const target = targets.get(path);
  if (target === undefined || (entry.type !== 'File' && entry.type !== 'OldFile')) {
    entry.resume();
    return;
  }
  const onAbort = () => entry.destroy(AppError.from(signal.reason));
  // Who waits for the next part hears of it there.
  entry.on('error', () => undefined);
  try {
    await mkdir(dirname(target), { recursive: true });
    const file = await open(target, 'w', 0o600);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      signal.throwIfAborted();
      const bytes = await write(file, entry, (soFar) => {
        onReceived(path, soFar);
        signal.throwIfAborted();
      });
      if (bytes !== entry.size) return;
      // The original is about to be destroyed.
      await file.sync();
    } finally {
      signal.removeEventListener('abort', onAbort);
      await file.close();
    }
    const modifiedAt = entry.mtime ?? new Date(0);
    await utimes(target, modifiedAt, modifiedAt);
    came.set(path, { sizeBytes: entry.size, modifiedAtSeconds: Math.floor(modifiedAt.getTime() / 1000) });
  } catch (error) {
    throw error instanceof AppError ? error : unwritten(target, error);
  }
}

async function write(file: FileHandle, entry: ReadEntry, tell: (bytes: number) => void): Promise<number> {
  let bytes = 0;
  for await (const part of entry) {
    await file.appendFile(part);
    bytes += part.length;
    tell(bytes);
  }
  return bytes;
}
