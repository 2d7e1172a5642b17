import { z } from 'zod';
import { ErrorReport } from '../errors/app-error';
import { AwsAccountId } from './aws-account';

export const S3TransferId = z.uuid().brand<'S3TransferId'>();
export type S3TransferId = z.infer<typeof S3TransferId>;

export const S3TransferState = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('running'), bytesPerSecond: z.number() }),
  /** By the user, or because the app was closed. */
  z.strictObject({ kind: z.literal('paused') }),
  /** Cut off, or asked for too much; it goes on by itself. */
  z.strictObject({ kind: z.literal('waiting'), error: ErrorReport }),
  z.strictObject({ kind: z.literal('finished') }),
  z.strictObject({ kind: z.literal('failed'), error: ErrorReport }),
]);
export type S3TransferState = Readonly<z.infer<typeof S3TransferState>>;

/** Files and folders that go to S3 or come from there together. */
export const S3Transfer = z.strictObject({
  id: S3TransferId,
  direction: z.enum(['upload', 'download']),
  accountId: AwsAccountId,
  bucket: z.string(),
  /** The folder in the bucket. */
  folder: z.string(),
  /** Of the first file or folder. */
  name: z.string(),
  /** How many files and folders were chosen. */
  chosenCount: z.number().int(),
  /** On this computer: the file or folder itself if there is one, else the folder of all. */
  path: z.string(),
  fileCount: z.number().int(),
  doneCount: z.number().int(),
  totalBytes: z.number(),
  doneBytes: z.number(),
  state: S3TransferState,
});
export type S3Transfer = Readonly<z.infer<typeof S3Transfer>>;

export const S3TransferList = z.strictObject({
  revision: z.number().int(),
  /** The newest first. */
  transfers: z.array(S3Transfer).readonly(),
});
export type S3TransferList = Readonly<z.infer<typeof S3TransferList>>;

/** There is more to come. */
export const isS3Underway = ({ state }: Pick<S3Transfer, 'state'>): boolean =>
  state.kind !== 'finished' && state.kind !== 'failed';
