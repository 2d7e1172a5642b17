import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../../shared/errors/app-error';
import { errorTable } from '../../../shared/errors/error-codes';
import type { AwsAccountId } from '../../../shared/model/aws-account';
import type { S3TransferId, S3TransferList, S3TransferState } from '../../../shared/model/s3-transfer';
import type { Clock } from '../../system/clock';
import type { AwsSession } from '../aws-session';
import { nameOfKeys, namesThere, planDownload, planUpload } from './plan-transfer';
import { discard, runTransfer } from './transfer-run';
import type { S3TransferStore, StoredTransfer, TransferFile } from './transfer-store';

/** What happens within this time is told together. */
const tellEveryMs = 250;
/** So is it written to the disk, but for what would be lost for good. */
const saveEveryMs = 2000;
const firstRetryMs = 2000;
const longestRetryMs = 60_000;

interface S3TransfersDependencies {
  readonly session: (accountId: AwsAccountId) => Promise<AwsSession>;
  readonly store: S3TransferStore;
  readonly newId: () => S3TransferId;
  readonly clock: Clock;
  readonly onChanged: (list: S3TransferList) => void;
  /** Something that the user does not wait for was not done. */
  readonly onTrouble: (error: unknown) => void;
}

interface Going {
  stored: StoredTransfer;
  state: S3TransferState;
  /** By number of the file. */
  readonly bytes: number[];
  doneBytes: number;
  abort: AbortController;
  /** Settles when nothing is sent or received any more. */
  work: Promise<void>;
  retryMs: number;
  cancelRetry: () => void;
  /** What the rate is counted from. */
  measured: { readonly atMs: number; readonly bytes: number };
}

/** Uploads to S3 and downloads from there. They go on after a lost connection, and in a later run of the app. */
export class S3Transfers {
  #revision = 0;
  /** The newest first. */
  #all: readonly Going[];
  #stopTelling: (() => void) | null = null;
  #stopSaving: (() => void) | null = null;

  constructor(private readonly deps: S3TransfersDependencies) {
    this.#all = deps.store.value().transfers.map((stored) => going(stored, { kind: 'paused' }));
  }

  list(): S3TransferList {
    return { revision: this.#revision, transfers: this.#all.map(shown) };
  }

  /** The place on this computer of a finished download; null: it is none. */
  placeOf(id: S3TransferId): string | null {
    const transfer = this.#find(id);
    const isThere = transfer?.state.kind === 'finished' && transfer.stored.direction === 'download';
    return isThere ? transfer.stored.path : null;
  }

  /**
   * Begins to send files, and folders with all that is in them, into a folder of a bucket.
   * @throws s3-would-replace unless `replaces`, s3-file-not-read, s3-too-many, or what AWS said against looking
   */
  async upload(
    accountId: AwsAccountId,
    { bucket, folder }: { readonly bucket: string; readonly folder: string },
    paths: readonly string[],
    replaces: boolean,
  ): Promise<void> {
    const [first = ''] = paths;
    const names = paths.map((path) => basename(path));
    if (!replaces) {
      const there = await namesThere(await this.deps.session(accountId), bucket, folder, names);
      if (there.length > 0)
        throw new AppError('s3-would-replace', { count: there.length, names: there.slice(0, 5).join(', ') });
    }
    const files = await planUpload(paths, folder);
    this.#begin({
      ...{ id: this.deps.newId(), direction: 'upload', accountId, bucket, folder },
      ...{ name: basename(first), chosenCount: paths.length, path: first, files },
    });
  }

  /**
   * Begins to get objects, and folders (keys with a slash at the end) with all that is in them: a single object to the
   * file `path`, else into the folder `path`.
   * @throws s3-too-many, or what AWS said against looking
   */
  async download(
    accountId: AwsAccountId,
    { bucket, folder }: { readonly bucket: string; readonly folder: string },
    keys: readonly string[],
    path: string,
  ): Promise<void> {
    const files = await planDownload(await this.deps.session(accountId), bucket, keys, path);
    this.#begin({
      ...{ id: this.deps.newId(), direction: 'download', accountId, bucket, folder },
      ...{ name: nameOfKeys(keys), chosenCount: keys.length, path, files },
    });
  }

  pause(id: S3TransferId): void {
    const transfer = this.#find(id);
    if (transfer?.state.kind !== 'running' && transfer?.state.kind !== 'waiting') return;
    this.#halt(transfer);
    this.#enter(transfer, { kind: 'paused' });
    this.#save();
  }

  /** Goes on with one that was paused, cut off or has failed, from where it was. */
  async resume(id: S3TransferId): Promise<void> {
    const transfer = this.#find(id);
    if (transfer === undefined || transfer.state.kind === 'running' || transfer.state.kind === 'finished')
      return;
    this.#halt(transfer);
    // A file is not to be written by two.
    await transfer.work;
    if (transfer.stored.direction === 'upload') await this.#renew(transfer);
    transfer.retryMs = firstRetryMs;
    this.#run(transfer);
  }

  /** Ends one that is not finished, and takes it off the list. What has arrived whole stays. */
  async remove(id: S3TransferId): Promise<void> {
    const transfer = this.#find(id);
    if (transfer === undefined) return;
    this.#halt(transfer);
    this.#all = this.#all.filter((other) => other !== transfer);
    this.#save();
    this.#tell();
    await transfer.work;
    await discard(transfer.stored, () => this.deps.session(transfer.stored.accountId));
  }

  /** Halts all; a later run can go on with them. */
  async stop(): Promise<void> {
    for (const { stored } of this.#all) this.pause(stored.id);
    await Promise.all(this.#all.map(({ work }) => work));
    this.#save();
  }

  #find(id: S3TransferId): Going | undefined {
    return this.#all.find(({ stored }) => stored.id === id);
  }

  #begin(stored: StoredTransfer): void {
    const transfer = going(stored, { kind: 'running', bytesPerSecond: 0 });
    this.#all = [transfer, ...this.#all];
    this.#save();
    this.#run(transfer);
  }

  #run(transfer: Going): void {
    const { clock } = this.deps;
    const abort = new AbortController();
    transfer.abort = abort;
    transfer.measured = { atMs: clock.monotonicMs(), bytes: transfer.doneBytes };
    this.#enter(transfer, { kind: 'running', bytesPerSecond: 0 });
    transfer.work = this.#work(transfer, abort.signal).catch((thrown: unknown) => {
      // Of what was halted all is said already.
      if (!abort.signal.aborted) this.#fail(transfer, AppError.from(thrown));
    });
  }

  async #work(transfer: Going, signal: AbortSignal): Promise<void> {
    const session = await this.deps.session(transfer.stored.accountId);
    signal.throwIfAborted();
    await runTransfer({
      ...{ session, signal, transfer: transfer.stored, clock: this.deps.clock },
      onFile: (index, change) => this.#fileChanged(transfer, index, change),
      onBytes: (index, bytes) => {
        const more = bytes - (transfer.bytes[index] ?? 0);
        transfer.doneBytes += more;
        transfer.bytes[index] = bytes;
        if (more > 0) transfer.retryMs = firstRetryMs;
        this.#tellSoon();
      },
    });
    this.#enter(transfer, { kind: 'finished' });
    this.#save();
  }

  /** Files that were changed are sent from their beginning: parts of two versions make no file. */
  async #renew(transfer: Going): Promise<void> {
    const { stored, bytes } = transfer;
    const files = stored.files as TransferFile[];
    for (const [index, file] of files.entries()) {
      // A file that is gone is told of when its turn to be read comes.
      const facts = file.isDone ? null : await stat(file.path).catch(() => null);
      if (facts === null || (facts.size === file.sizeBytes && facts.mtimeMs === file.modifiedAtMs)) continue;
      await discard({ ...stored, files: [file] }, () => this.deps.session(stored.accountId));
      files[index] = { ...file, sizeBytes: facts.size, modifiedAtMs: facts.mtimeMs, begun: '' };
      transfer.doneBytes -= bytes[index] ?? 0;
      bytes[index] = 0;
    }
  }

  #fail(transfer: Going, error: AppError): void {
    const report = error.toReport();
    if (!errorTable[error.code].isRetryable) {
      this.#enter(transfer, { kind: 'failed', error: report });
      this.#save();
      return;
    }
    this.#enter(transfer, { kind: 'waiting', error: report });
    const { retryMs } = transfer;
    transfer.retryMs = Math.min(retryMs * 2, longestRetryMs);
    transfer.cancelRetry = this.deps.clock.after(retryMs, () => this.#run(transfer));
  }

  #halt(transfer: Going): void {
    transfer.cancelRetry();
    transfer.abort.abort(new AppError('cancelled'));
  }

  #fileChanged(transfer: Going, index: number, change: Partial<TransferFile>): void {
    const files = transfer.stored.files as TransferFile[];
    const file = files[index];
    if (file === undefined) return;
    files[index] = { ...file, ...change };
    // An upload whose id is lost stays at AWS, invisible, and is paid for.
    if (change.begun !== undefined && change.begun !== '' && transfer.stored.direction === 'upload')
      this.#save();
    else this.#saveSoon();
    this.#tellSoon();
  }

  #enter(transfer: Going, state: S3TransferState): void {
    transfer.state = state;
    this.#tell();
  }

  #tellSoon(): void {
    this.#stopTelling ??= this.deps.clock.after(tellEveryMs, () => this.#tell());
  }

  #tell(): void {
    this.#stopTelling?.();
    this.#stopTelling = null;
    for (const transfer of this.#all) measure(transfer, this.deps.clock.monotonicMs());
    this.#revision += 1;
    this.deps.onChanged(this.list());
  }

  #saveSoon(): void {
    this.#stopSaving ??= this.deps.clock.after(saveEveryMs, () => this.#save());
  }

  #save(): void {
    this.#stopSaving?.();
    this.#stopSaving = null;
    const transfers = this.#all.filter(({ state }) => state.kind !== 'finished').map(({ stored }) => stored);
    try {
      this.deps.store.replace({ transfers });
    } catch (error) {
      // The transfer itself is not hindered; only a later run may not know of it.
      this.deps.onTrouble(error);
    }
  }
}

const measureEveryMs = 1000;

function measure(transfer: Going, nowMs: number): void {
  const { measured, state, doneBytes } = transfer;
  const sinceMs = nowMs - measured.atMs;
  if (state.kind !== 'running' || sinceMs < measureEveryMs) return;
  const bytesPerSecond = Math.max(0, ((doneBytes - measured.bytes) / sinceMs) * 1000);
  transfer.state = { kind: 'running', bytesPerSecond };
  transfer.measured = { atMs: nowMs, bytes: doneBytes };
}

function going(stored: StoredTransfer, state: S3TransferState): Going {
  const bytes = stored.files.map(({ isDone, sizeBytes }) => (isDone ? sizeBytes : 0));
  return {
    stored: { ...stored, files: [...stored.files] },
    state,
    bytes,
    doneBytes: bytes.reduce((sum, of) => sum + of, 0),
    abort: new AbortController(),
    work: Promise.resolve(),
    retryMs: firstRetryMs,
    cancelRetry: () => undefined,
    measured: { atMs: 0, bytes: 0 },
  };
}

function shown({ stored, state, doneBytes }: Going): S3TransferList['transfers'][number] {
  const { files, ...facts } = stored;
  return {
    ...facts,
    state,
    fileCount: files.length,
    doneCount: files.filter(({ isDone }) => isDone).length,
    totalBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    doneBytes,
  };
}
