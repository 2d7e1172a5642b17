import { constants, gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { AppError } from '../../../shared/errors/app-error';
import type { S3Preview } from '../../../shared/model/s3-preview';
import type { AwsSession } from '../aws-session';
import { previewParquet } from './preview-parquet';

const headBytes = 256 * 1024;
/** A whole JSON document is written with line breaks; the head of a larger one is not understood. */
const mostRows = 100;

/**
 * The head of an object, as far as it can be shown: text, the rows of CSV and TSV, JSON with line breaks, Parquet's
 * columns and first rows. Of what is compressed with gzip (a name with `.gz`), what is in it.
 * @throws s3-table-damaged, or what AWS said against it
 */
export async function previewObject(
  session: AwsSession,
  bucket: string,
  key: string,
  signal?: AbortSignal,
): Promise<S3Preview> {
  const get = (range: string) =>
    session
      .call('s3.getObject', { Bucket: bucket, Key: key, Range: range }, signal)
      .catch((error: unknown) => {
        const { code, params } = AppError.from(error);
        // Nothing can be had of an empty object, either.
        if (code === 'aws-failed' && params.status === 416) return null;
        throw error;
      });
  const first = await get(`bytes=0-${headBytes - 1}`);
  if (first === null) return { kind: 'text', text: '', isWhole: true };
  const head = await bytesOf(first);
  const sizeBytes = sizeIn(first.ContentRange) ?? head.length;
  if (isParquet(head, key))
    return previewParquet(sizeBytes, async (fromByte, toByte) => {
      if (toByte <= head.length) return head.subarray(fromByte, toByte);
      const part = await get(`bytes=${fromByte}-${toByte - 1}`);
      return part === null ? new Uint8Array() : bytesOf(part);
    });
  return previewHead(key, head, head.length >= sizeBytes);
}

/** What can be shown of the beginning of a file that is no Parquet. */
export function previewHead(key: string, bytes: Uint8Array, isWhole: boolean): S3Preview {
  const isZipped = key.toLowerCase().endsWith('.gz') && bytes[0] === 0x1f && bytes[1] === 0x8b;
  const head = isZipped ? unzip(bytes) : bytes;
  const text = textOf(head, isWhole);
  if (text === null) return { kind: 'binary' };
  const name = key.toLowerCase().replace(/\.gz$/, '');
  if (name.endsWith('.csv')) return table(text, [',', ';', '\t'], isWhole);
  if (name.endsWith('.tsv')) return table(text, ['\t'], isWhole);
  if (name.endsWith('.json') && isWhole) return { kind: 'text', text: withBreaks(text), isWhole };
  return { kind: 'text', text, isWhole };
}

function table(text: string, delimiters: readonly string[], isWhole: boolean): S3Preview {
  const lines = text.split('\n');
  // The last line of a part is a part of a line.
  const known = isWhole || lines.length < 2 ? text : lines.slice(0, -1).join('\n');
  const [firstLine = ''] = lines;
  const count = (delimiter: string) => firstLine.split(delimiter).length;
  const delimiter = delimiters.toSorted((a, b) => count(b) - count(a))[0] ?? ',';
  let records: readonly string[][];
  try {
    records = parse(known, {
      ...{ delimiter, bom: true, relaxColumnCount: true, relaxQuotes: true, skipEmptyLines: true },
      to: mostRows + 2,
    });
  } catch {
    // No table after all; its text still says something.
    return { kind: 'text', text, isWhole };
  }
  const [header = [], ...rows] = records;
  return {
    kind: 'table',
    columns: header.map((name) => ({ name, type: '' })),
    rows: rows.slice(0, mostRows),
    rowCount: null,
    isWhole: isWhole && rows.length <= mostRows,
    isTooLarge: false,
  };
}

function withBreaks(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // JSON Lines, or broken: as it is.
    return text;
  }
}

/** What can be unpacked of a part of it. */
function unzip(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 8 * headBytes });
  } catch {
    return bytes;
  }
}

/** Null: it is no text in UTF-8. A character at the end of a part may be cut in two. */
function textOf(bytes: Uint8Array, isWhole: boolean): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !isWhole });
  } catch {
    return null;
  }
}

const isParquet = (head: Uint8Array, key: string): boolean =>
  /\.(parquet|pq)$/i.test(key) || Buffer.from(head.subarray(0, 4)).toString('latin1') === 'PAR1';

async function bytesOf({ Body }: { readonly Body?: unknown }): Promise<Uint8Array> {
  const body = Body as AsyncIterable<Uint8Array>;
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of body) chunks.push(chunk);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new AppError('aws-unreachable', { host: 'S3', reason }, { cause: error });
  }
  return Buffer.concat(chunks);
}

/** Of `bytes 0-99/1234` (RFC 9110, 14.4). */
function sizeIn(contentRange: string | undefined): number | null {
  const size = /\/(\d+)$/.exec(contentRange ?? '')?.[1];
  return size === undefined ? null : Number(size);
}
