import { type FileMetaData, parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet';
import { AppError } from '../../../shared/errors/app-error';
import type { S3Preview } from '../../../shared/model/s3-preview';

const mostRows = 50;
/** A row is spread over all columns, of which each must be fetched in blocks as large as who wrote it made them. */
const mostBytes = 32 * 1024 * 1024;

/** Gets a part of an object. @throws what AWS said against it */
type ReadRange = (fromByte: number, toByte: number) => Promise<Uint8Array>;

/**
 * The columns and the first rows of a Parquet file of so many bytes.
 * @throws s3-table-damaged, or what `read` throws
 */
export async function previewParquet(sizeBytes: number, read: ReadRange): Promise<S3Preview> {
  let readBytes = 0;
  const file = {
    byteLength: sizeBytes,
    slice: async (from: number, to: number = sizeBytes): Promise<ArrayBuffer> => {
      readBytes += to - from;
      if (readBytes > mostBytes) throw new TooMuch();
      const bytes = await read(from, to);
      return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    },
  };
  try {
    const metadata = await parquetMetadataAsync(file);
    const columns = columnsOf(metadata);
    const rowCount = Number(metadata.num_rows);
    const rowEnd = Math.min(mostRows, rowCount);
    const rows = await parquetReadObjects({ file, metadata, rowEnd, useOffsetIndex: true }).catch(
      (error: unknown) => {
        if (error instanceof TooMuch) return null;
        throw error;
      },
    );
    return {
      kind: 'table',
      columns,
      rows: (rows ?? []).map((row) => columns.map(({ name }) => cellText(row[name]))),
      rowCount,
      isWhole: rows !== null && rowEnd === rowCount,
      isTooLarge: rows === null,
    };
  } catch (error) {
    if (error instanceof AppError) throw error;
    const reason =
      error instanceof TooMuch ? 'metadata' : error instanceof Error ? error.message : String(error);
    throw new AppError('s3-table-damaged', { reason }, { cause: error });
  }
}

class TooMuch extends Error {}

function columnsOf(metadata: FileMetaData): { readonly name: string; readonly type: string }[] {
  return parquetSchema(metadata).children.map(({ element }) => ({
    name: element.name,
    type: (element.logical_type?.type ?? element.converted_type ?? element.type ?? '').toLowerCase(),
  }));
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value.subarray(0, 64)).toString('hex');
  if (typeof value !== 'object') return String(value);
  return JSON.stringify(value, (_key, inner) => (typeof inner === 'bigint' ? String(inner) : inner));
}
