import { AppError } from '../../shared/errors/app-error';
import type { AwsAccountId } from '../../shared/model/aws-account';
import type { S3Bucket, S3Entry } from '../../shared/model/s3';
import type { S3Preview } from '../../shared/model/s3-preview';
import type { S3Transfer, S3TransferId } from '../../shared/model/s3-transfer';

const createdAtMs = Date.UTC(2026, 2, 4, 9);

export const s3Buckets: readonly S3Bucket[] = [
  { name: 'lab-bucket', region: 'us-east-1', createdAtMs },
  { name: 'company-imaging-raw-data-archive-of-the-year-2026', region: 'sa-east-1', createdAtMs },
  { name: 'aws-logs-123456789012-us-east-1', region: '', createdAtMs: null },
];

export const s3Entries: readonly S3Entry[] = [
  { kind: 'folder', key: 'experiments/' },
  { kind: 'folder', key: 'models/' },
  object('customers.csv', 1_482_003),
  object('notes.json', 2_048),
  object(`${'a-very-long-name-of-a-measurement-'.repeat(4)}2026-03-04.parquet`, 734_003_200),
  object('backup.tar', 91_234_567_890, 'DEEP_ARCHIVE'),
];

function object(key: string, sizeBytes: number, storageClass = 'STANDARD'): S3Entry {
  return { kind: 'object', key, sizeBytes, modifiedAtMs: createdAtMs, storageClass };
}

export const s3Table: S3Preview = {
  kind: 'table',
  columns: ['id', 'name', 'city', 'born', 'score'].map((name) => ({ name, type: 'string' })),
  rows: Array.from({ length: 30 }, (_, row) => [String(row), `Ana ${row}`, 'Curitiba', '1990-02-01', '0.5']),
  rowCount: 1_204_332,
  isWhole: false,
  isTooLarge: false,
};

const usual: S3Transfer = {
  id: '1d8a2d56-6f0e-4f3a-9d3b-0c8c4d7c1a01' as S3TransferId,
  direction: 'upload',
  accountId: '1d8a2d56-6f0e-4f3a-9d3b-0c8c4d7c1a02' as AwsAccountId,
  bucket: 'lab-bucket',
  folder: '',
  name: 'training',
  chosenCount: 1,
  path: '/home/ana/training',
  fileCount: 214,
  doneCount: 80,
  totalBytes: 4_200_000_000,
  doneBytes: 1_650_000_000,
  state: { kind: 'running', bytesPerSecond: 24_500_000 },
};

export const s3Transfers: readonly S3Transfer[] = [
  usual,
  {
    ...usual,
    id: '1d8a2d56-6f0e-4f3a-9d3b-0c8c4d7c1a03' as S3TransferId,
    direction: 'download',
    name: 'results.parquet',
    fileCount: 1,
    doneCount: 0,
    state: {
      kind: 'waiting',
      error: new AppError('aws-unreachable', { host: 'S3', reason: 'ECONNRESET' }).toReport(),
    },
  },
];
