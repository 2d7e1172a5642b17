import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '../../../shared/errors/app-error';
import type { S3Place } from '../../../shared/model/s3-uri';
import type { AwsSession } from '../aws-session';

export interface TextEnd {
  readonly text: string;
  /** What came before is left out. */
  readonly isCut: boolean;
}

/**
 * The last `mostBytes` of a text in S3, unpacked if its name ends in `.gz`; what comes before is read and dropped.
 * @throws aws-unreachable when it breaks off or is damaged, or what AWS said against it
 */
export async function readTextEnd(
  session: AwsSession,
  { bucket, key }: S3Place,
  mostBytes: number,
): Promise<TextEnd> {
  const { Body } = await session.call('s3.getObject', { Bucket: bucket, Key: key });
  const packed = Body as Readable;
  const plain = key.endsWith('.gz') ? packed.pipe(createGunzip()) : packed;
  packed.once('error', (error) => plain.destroy(error));
  try {
    return await endOf(plain, mostBytes);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? '';
    throw new AppError('aws-unreachable', { host: bucket, reason }, { cause: error });
  } finally {
    packed.destroy();
  }
}

async function endOf(stream: AsyncIterable<Buffer>, mostBytes: number): Promise<TextEnd> {
  let parts: Buffer[] = [];
  let sizeBytes = 0;
  let isCut = false;
  for await (const part of stream) {
    parts.push(part);
    sizeBytes += part.length;
    // Not at every part, or a long text would be copied again and again.
    if (sizeBytes <= 2 * mostBytes) continue;
    parts = [Buffer.concat(parts).subarray(-mostBytes)];
    sizeBytes = mostBytes;
    isCut = true;
  }
  const all = Buffer.concat(parts);
  return { text: all.subarray(-mostBytes).toString('utf8'), isCut: isCut || all.length > mostBytes };
}
