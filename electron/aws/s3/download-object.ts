import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../../../shared/errors/app-error';
import type { Clock } from '../../system/clock';
import type { AwsSession } from '../aws-session';

/** A body that brings nothing for so long is taken for cut off. */
const silenceMs = 60_000;

export interface ObjectDownload {
  readonly session: AwsSession;
  readonly bucket: string;
  readonly key: string;
  /** Where it goes while it is not whole; what is there already is not asked for again. */
  readonly partial: string;
  /** The version that `partial` has the beginning of; empty: it has nothing. */
  readonly etag: string;
  readonly onEtag: (etag: string) => void;
  /** How much of the object is there. */
  readonly onReceived: (bytes: number) => void;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Gets an object into a file; when it is another one than before, from its beginning.
 * @throws download-disk-full, download-not-saved, or what AWS said against it; what there is stays for the next try
 */
export async function downloadObject(download: ObjectDownload): Promise<void> {
  const { partial, etag } = download;
  const file = await open(partial, etag === '' ? 'w' : 'a', 0o600).catch((error: unknown) => {
    throw unwritten(partial, error);
  });
  try {
    const { size } = await file.stat();
    if (!(await goOn(file, download, size))) {
      await file.truncate(0);
      await goOn(file, { ...download, etag: '' }, 0);
    }
  } finally {
    await file.close();
  }
}

/** False: the object is not the one any more that the file has the beginning of. */
async function goOn(file: FileHandle, download: ObjectDownload, fromBytes: number): Promise<boolean> {
  const { session, bucket, key, etag, clock, signal } = download;
  const rest = fromBytes === 0 ? {} : { Range: `bytes=${fromBytes}-`, IfMatch: etag };
  download.onReceived(fromBytes);
  const answer = await session
    .call('s3.getObject', { Bucket: bucket, Key: key, ...rest }, signal)
    .catch((error: unknown) => {
      // Another version, or nothing is missing any more of this one (RFC 9110, 15.5.13 and 15.5.17).
      const { code, params } = AppError.from(error);
      if (code === 'aws-failed' && (params.status === 412 || params.status === 416)) return null;
      throw error;
    });
  if (answer === null) return false;
  download.onEtag(answer.ETag ?? '');
  const body = answer.Body as NodeJS.ReadableStream & { destroy(error?: Error): void };
  let receivedBytes = fromBytes;
  let stopWaiting: () => void = () => undefined;
  const watch = () => {
    stopWaiting();
    stopWaiting = clock.after(silenceMs, () => body.destroy(cut('ETIMEDOUT')));
  };
  const end = () => body.destroy(new AppError('cancelled'));
  signal.addEventListener('abort', end, { once: true });
  watch();
  try {
    for await (const chunk of body) {
      watch();
      await write(file, chunk as Buffer, download.partial);
      receivedBytes += chunk.length;
      download.onReceived(receivedBytes);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw cut((error as NodeJS.ErrnoException).code ?? String(error));
  } finally {
    stopWaiting();
    signal.removeEventListener('abort', end);
  }
  signal.throwIfAborted();
  return true;
}

const cut = (reason: string) => new AppError('aws-unreachable', { host: 'S3', reason });

async function write(file: FileHandle, bytes: Buffer, path: string): Promise<void> {
  try {
    await file.appendFile(bytes);
  } catch (error) {
    throw unwritten(path, error);
  }
}

/** Why a file on this computer could not be written. */
export function unwritten(path: string, error: unknown): AppError {
  const reason = (error as NodeJS.ErrnoException).code ?? String(error);
  return reason === 'ENOSPC' || reason === 'EDQUOT'
    ? new AppError('download-disk-full', { path: dirname(path) }, { cause: error })
    : new AppError('download-not-saved', { path, reason }, { cause: error });
}
