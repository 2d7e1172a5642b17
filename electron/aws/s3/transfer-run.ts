import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Clock } from '../../system/clock';
import type { AwsSession } from '../aws-session';
import { downloadObject, unwritten } from './download-object';
import { Slots } from './slots';
import type { StoredTransfer, TransferFile } from './transfer-store';
import { uploadFile } from './upload-file';

/** Enough to fill a fast link; each holds a part of 8 MiB in memory. */
const requestsAtOnce = 6;
const filesAtOnce = 4;

export interface TransferRun {
  readonly session: AwsSession;
  readonly transfer: StoredTransfer;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** A file of the transfer, by its number, is further than it was. */
  readonly onFile: (index: number, change: Partial<Pick<TransferFile, 'begun' | 'isDone'>>) => void;
  /** How much of a file has arrived. */
  readonly onBytes: (index: number, bytes: number) => void;
}

/** Brings what is missing of a transfer to its other end. Throws the first thing that hinders it, when all has stopped. */
export async function runTransfer(run: TransferRun): Promise<void> {
  const { transfer, signal } = run;
  const requests = new Slots(requestsAtOnce);
  const files = new Slots(filesAtOnce);
  const failure = new AbortController();
  const whileGood = AbortSignal.any([signal, failure.signal]);
  const work = transfer.files.map((file, index) =>
    files.use(async () => {
      if (file.isDone) return;
      whileGood.throwIfAborted();
      await (transfer.direction === 'upload'
        ? upload(run, file, index, requests, whileGood)
        : download(run, file, index, whileGood));
      run.onFile(index, { isDone: true });
    }),
  );
  for (const one of work) one.catch((error: unknown) => failure.abort(error));
  await Promise.allSettled(work);
  signal.throwIfAborted();
  if (failure.signal.aborted) throw failure.signal.reason;
}

function upload(
  { session, transfer, onFile, onBytes }: TransferRun,
  file: TransferFile,
  index: number,
  slots: Slots,
  signal: AbortSignal,
): Promise<void> {
  const { path, key, sizeBytes, modifiedAtMs, begun } = file;
  return uploadFile({
    ...{ session, bucket: transfer.bucket, key, path, sizeBytes, modifiedAtMs, slots, signal },
    uploadId: begun === '' ? null : begun,
    onUploadId: (uploadId) => onFile(index, { begun: uploadId ?? '' }),
    onSent: (bytes) => onBytes(index, bytes),
  });
}

async function download(
  { session, transfer, clock, onFile, onBytes }: TransferRun,
  { path, key, begun }: TransferFile,
  index: number,
  signal: AbortSignal,
): Promise<void> {
  const partial = partialOf(path);
  await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => {
    throw unwritten(path, error);
  });
  await downloadObject({
    ...{ session, bucket: transfer.bucket, key, partial, etag: begun, clock, signal },
    onEtag: (etag) => onFile(index, { begun: etag }),
    onReceived: (bytes) => onBytes(index, bytes),
  });
  await rename(partial, path).catch((error: unknown) => {
    throw unwritten(path, error);
  });
}

/** Takes away what a transfer that ends unfinished has left half done at either end. */
export async function discard(
  { direction, bucket, files }: StoredTransfer,
  session: () => Promise<AwsSession>,
): Promise<void> {
  for (const { path, key, begun, isDone } of files) {
    if (isDone || begun === '') continue;
    if (direction === 'download') await rm(partialOf(path), { force: true });
    else
      await (await session()).call('s3.abortMultipartUpload', { Bucket: bucket, Key: key, UploadId: begun });
  }
}

const partialOf = (path: string): string => join(dirname(path), `.${basename(path)}.nuvem-part`);
