import { z } from 'zod';
import { AwsAccountId } from '../../../shared/model/aws-account';
import { S3TransferId } from '../../../shared/model/s3-transfer';
import type { RecoverableStore } from '../../system/recoverable-store';

/** A file of a transfer, and how far it is as far as that outlives the app. */
export const TransferFile = z.strictObject({
  /** On this computer. */
  path: z.string(),
  key: z.string(),
  sizeBytes: z.number(),
  /** Of the file that is uploaded, as it was then; of a download 0. */
  modifiedAtMs: z.number(),
  /** Of what was begun: the id of the multipart upload, or the ETag of the object; empty: nothing was. */
  begun: z.string(),
  isDone: z.boolean(),
});
export type TransferFile = Readonly<z.infer<typeof TransferFile>>;

export const StoredTransfer = z.strictObject({
  id: S3TransferId,
  direction: z.enum(['upload', 'download']),
  accountId: AwsAccountId,
  bucket: z.string(),
  folder: z.string(),
  name: z.string(),
  chosenCount: z.number().int(),
  path: z.string(),
  files: z.array(TransferFile).readonly(),
});
export type StoredTransfer = Readonly<z.infer<typeof StoredTransfer>>;

/** What is not finished: a later run of the app goes on with it. The newest first. */
export const S3TransfersData = z.strictObject({ transfers: z.array(StoredTransfer).readonly() });
export type S3TransfersData = Readonly<z.infer<typeof S3TransfersData>>;

export const s3TransfersVersion = 1;
export const noS3Transfers: S3TransfersData = { transfers: [] };

export type S3TransferStore = Pick<RecoverableStore<S3TransfersData>, 'value' | 'replace'>;
