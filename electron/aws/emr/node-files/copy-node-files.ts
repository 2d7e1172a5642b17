import { rename, rm, stat, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../../../shared/errors/app-error';
import type { NodeFile, NotCopied } from '../../../../shared/model/emr-node-files';
import type { MachineLink } from '../../../connection/machine-link';
import type { Transport } from '../../../connection/transport';
import { withTransport } from '../../../connection/with-transport';
import { unwritten } from '../../s3/download-object';
import { type FileState, fetchArchive } from './fetch-archive';
import { readFileStates } from './file-states';

/** A file that is being written to is read so often; a log that grows all the time never stands still. */
const mostTries = 3;

export interface NodeCopy {
  readonly link: MachineLink;
  readonly files: readonly NodeFile[];
  /** Where each goes, by its path; nothing may be there. */
  readonly places: ReadonlyMap<string, string>;
  readonly random: (sizeBytes: number) => Buffer;
  readonly onProgress: (doneFiles: number, doneBytes: number) => void;
  readonly onCopied: (path: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Copies files of a machine to this computer, each whole and as it is on the machine afterwards, or not at all; goes on
 * after the connection was lost. Which could not be copied, and why.
 * @throws AppError download-disk-full, download-not-saved, cancelled, or why the connection failed; what `onCopied` was
 * told of stays
 */
export async function copyNodeFiles(copy: NodeCopy): Promise<readonly NotCopied[]> {
  const progress = new CopyProgress(copy);
  const left = new Set(copy.files.map(({ path }) => path));
  try {
    return await withTransport(
      copy.link,
      (transport) => copyThrough(transport, copy, left, progress),
      copy.signal,
    );
  } finally {
    for (const path of left) await rm(partOf(placeOf(copy, path)), { force: true });
  }
}

/** @throws download-disk-full when the disk of a folder has no room for so much */
export async function assertRoom(folder: string, sizeBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder).catch((error: unknown) => {
    throw unwritten(folder, error);
  });
  if (bavail * bsize < sizeBytes) throw new AppError('download-disk-full', { path: folder });
}

async function copyThrough(
  transport: Transport,
  copy: NodeCopy,
  left: Set<string>,
  progress: CopyProgress,
): Promise<readonly NotCopied[]> {
  const { random, signal } = copy;
  const missing = new Map<string, NotCopied['reason']>();
  let wanted = [...left];
  for (let tries = 0; tries < mostTries && wanted.length > 0; tries += 1) {
    const targets = new Map(wanted.map((path) => [path, partOf(placeOf(copy, path))]));
    const onReceived = progress.received.bind(progress);
    const came = await fetchArchive({ transport, targets, random, onReceived, signal });
    const now = await readFileStates(transport, [...came.keys()], random, signal);
    for (const path of wanted) {
      const [read, is] = [came.get(path), now.get(path)];
      if (read === undefined || is === undefined) missing.set(path, 'notRead');
      else if (!isSame(read, is)) missing.set(path, 'changed');
      else {
        await place(placeOf(copy, path));
        left.delete(path);
        missing.delete(path);
        progress.copied();
        copy.onCopied(path);
      }
    }
    wanted = wanted.filter((path) => missing.get(path) === 'changed');
  }
  return [...missing].map(([path, reason]) => ({ path, reason }));
}

const isSame = (a: FileState, b: FileState): boolean =>
  a.sizeBytes === b.sizeBytes && a.modifiedAtSeconds === b.modifiedAtSeconds;

/** Its folder is one that was made for this: what is there is not ours to replace. */
async function place(path: string): Promise<void> {
  try {
    const isThere = await stat(path).then(
      () => true,
      () => false,
    );
    if (isThere) throw Object.assign(new Error(`${path} is there`), { code: 'EEXIST' });
    await rename(partOf(path), path);
  } catch (error) {
    throw unwritten(path, error);
  }
}

const placeOf = ({ places }: NodeCopy, path: string): string => places.get(path) ?? '';
const partOf = (path: string): string => join(dirname(path), `.${basename(path)}.nuvem-part`);

/** Counts what has come; what is fetched again counts once. */
class CopyProgress {
  readonly #bytes = new Map<string, number>();
  #doneBytes = 0;
  #doneFiles = 0;

  constructor(private readonly deps: Pick<NodeCopy, 'onProgress'>) {}

  received(path: string, bytes: number): void {
    this.#doneBytes += bytes - (this.#bytes.get(path) ?? 0);
    this.#bytes.set(path, bytes);
    this.deps.onProgress(this.#doneFiles, this.#doneBytes);
  }

  copied(): void {
    this.#doneFiles += 1;
    this.deps.onProgress(this.#doneFiles, this.#doneBytes);
  }
}
