import { type FileHandle, open } from 'node:fs/promises';
import { AppError } from '../../../shared/errors/app-error';
import type { AwsSession } from '../aws-session';
import type { Slots } from './slots';

const mib = 1024 * 1024;
/** What the AWS CLI takes, too. S3's own least is 5 MiB. */
const usualPartBytes = 8 * mib;
/** S3's own limit of a multipart upload. */
const mostParts = 10_000;

export interface FileUpload {
  readonly session: AwsSession;
  readonly bucket: string;
  readonly key: string;
  /** Of the file on this computer, as it was when the upload was ordered. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  /** Of a multipart upload that was begun before, whose parts count; null: none. */
  readonly uploadId: string | null;
  /** A multipart upload has begun, or (null) is over: to be kept for the next try. */
  readonly onUploadId: (uploadId: string | null) => void;
  /** How much of the file is there. */
  readonly onSent: (bytes: number) => void;
  /** Shared by all that go on at the same time: each holds a part in memory. */
  readonly slots: Slots;
  readonly signal: AbortSignal;
}

/** The size of a multipart upload's parts, the last of which is smaller: a whole number of MiB. */
export function partBytesOf(sizeBytes: number): number {
  return Math.max(usualPartBytes, Math.ceil(sizeBytes / mostParts / mib) * mib);
}

/**
 * Sends a file to S3: in one request, or a large one in parts, of which those that are there already are not sent again.
 * @throws s3-file-not-read, s3-file-changed, or what AWS said against it; a multipart upload stays for the next try
 */
export async function uploadFile(upload: FileUpload): Promise<void> {
  const file = await open(upload.path, 'r').catch((error: unknown) => {
    throw unread(upload.path, error);
  });
  try {
    await refuseChanged(file, upload);
    if (upload.sizeBytes <= usualPartBytes) await sendWhole(file, upload);
    else await sendParts(file, upload);
  } finally {
    await file.close();
  }
}

async function sendWhole(file: FileHandle, upload: FileUpload): Promise<void> {
  const { session, bucket, key, sizeBytes, slots, signal } = upload;
  await slots.use(async () => {
    signal.throwIfAborted();
    const Body = await read(file, upload, 0, sizeBytes);
    await session.call('s3.putObject', { Bucket: bucket, Key: key, Body }, signal);
  });
  upload.onSent(sizeBytes);
}

async function sendParts(file: FileHandle, upload: FileUpload): Promise<void> {
  const { session, bucket, key, sizeBytes, slots, signal } = upload;
  const of = { Bucket: bucket, Key: key };
  const { UploadId, parts } = await beginParts(upload);
  const partBytes = partBytesOf(sizeBytes);
  const numbers = Array.from({ length: Math.ceil(sizeBytes / partBytes) }, (_, index) => index + 1);
  const bytesOf = (number: number) => Math.min(partBytes, sizeBytes - (number - 1) * partBytes);
  let sentBytes = [...parts.keys()].reduce((sum, number) => sum + bytesOf(number), 0);
  upload.onSent(sentBytes);
  // One that fails ends the others: nothing is sent any more once this has thrown.
  const failure = new AbortController();
  const whileGood = AbortSignal.any([signal, failure.signal]);
  const sending = numbers.map((PartNumber) =>
    slots.use(async () => {
      if (parts.has(PartNumber)) return;
      whileGood.throwIfAborted();
      const Body = await read(file, upload, (PartNumber - 1) * partBytes, bytesOf(PartNumber));
      const part = await session.call('s3.uploadPart', { ...of, UploadId, PartNumber, Body }, whileGood);
      parts.set(PartNumber, completed(PartNumber, part));
      sentBytes += bytesOf(PartNumber);
      upload.onSent(sentBytes);
    }),
  );
  for (const one of sending) one.catch((error: unknown) => failure.abort(error));
  await Promise.allSettled(sending);
  signal.throwIfAborted();
  if (failure.signal.aborted) throw failure.signal.reason;
  await refuseChanged(file, upload);
  const Parts = numbers.flatMap((number) => parts.get(number) ?? []);
  await session.call('s3.completeMultipartUpload', { ...of, UploadId, MultipartUpload: { Parts } }, signal);
  upload.onUploadId(null);
}

/** What S3 wants to hear of a part when it puts them together. */
interface CompletedPart {
  readonly PartNumber: number;
  readonly ETag: string | undefined;
  readonly ChecksumCRC32?: string;
}

interface BegunParts {
  readonly UploadId: string;
  readonly parts: Map<number, CompletedPart>;
}

/** Goes on with the multipart upload that was begun before, if S3 still knows it. */
async function beginParts(upload: FileUpload): Promise<BegunParts> {
  const { session, bucket, key, uploadId, signal } = upload;
  const of = { Bucket: bucket, Key: key };
  const begun = uploadId === null ? null : await listParts(upload, uploadId);
  if (begun !== null) return begun;
  const { UploadId = '' } = await session.call(
    's3.createMultipartUpload',
    { ...of, ChecksumAlgorithm: 'CRC32' },
    signal,
  );
  upload.onUploadId(UploadId);
  return { UploadId, parts: new Map() };
}

/** Null: there is no such upload any more. */
async function listParts(upload: FileUpload, UploadId: string): Promise<BegunParts | null> {
  const { session, bucket, key, sizeBytes, signal } = upload;
  const partBytes = partBytesOf(sizeBytes);
  const parts = new Map<number, CompletedPart>();
  let marker: string | undefined;
  try {
    do {
      const page = await session.call(
        's3.listParts',
        { Bucket: bucket, Key: key, UploadId, ...(marker === undefined ? {} : { PartNumberMarker: marker }) },
        signal,
      );
      for (const part of page.Parts ?? []) {
        const number = part.PartNumber ?? 0;
        const isWhole = part.Size === Math.min(partBytes, sizeBytes - (number - 1) * partBytes);
        if (isWhole) parts.set(number, completed(number, part));
      }
      marker = page.IsTruncated === true ? page.NextPartNumberMarker : undefined;
    } while (marker !== undefined);
  } catch (error) {
    if (AppError.from(error).code === 's3-upload-missing') return null;
    throw error;
  }
  return { UploadId, parts };
}

function completed(
  PartNumber: number,
  {
    ETag,
    ChecksumCRC32,
  }: { readonly ETag?: string | undefined; readonly ChecksumCRC32?: string | undefined },
): CompletedPart {
  return { PartNumber, ETag, ...(ChecksumCRC32 === undefined ? {} : { ChecksumCRC32 }) };
}

async function read(
  file: FileHandle,
  { path }: FileUpload,
  position: number,
  length: number,
): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(length);
  let readBytes = 0;
  while (readBytes < length) {
    const answer = await file
      .read(bytes, readBytes, length - readBytes, position + readBytes)
      .catch((error: unknown) => {
        throw unread(path, error);
      });
    if (answer.bytesRead === 0) throw new AppError('s3-file-changed', { path });
    readBytes += answer.bytesRead;
  }
  return bytes;
}

async function refuseChanged(file: FileHandle, { path, sizeBytes, modifiedAtMs }: FileUpload): Promise<void> {
  const { size, mtimeMs } = await file.stat();
  if (size !== sizeBytes || mtimeMs !== modifiedAtMs) throw new AppError('s3-file-changed', { path });
}

function unread(path: string, error: unknown): AppError {
  const reason = (error as NodeJS.ErrnoException).code ?? String(error);
  return new AppError('s3-file-not-read', { path, reason }, { cause: error });
}
