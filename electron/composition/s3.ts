import { randomUUID } from 'node:crypto';
import type { AwsAccountId } from '../../shared/model/aws-account';
import type { S3Preview } from '../../shared/model/s3-preview';
import type { S3TransferId, S3TransferList } from '../../shared/model/s3-transfer';
import type { AwsSession } from '../aws/aws-session';
import { S3Browser } from '../aws/s3/s3-browser';
import type { S3TransferStore } from '../aws/s3/transfer-store';
import { S3Transfers } from '../aws/s3/transfers';
import { systemClock } from '../system/clock';

interface S3Dependencies {
  readonly session: (accountId: AwsAccountId) => Promise<AwsSession>;
  readonly store: S3TransferStore;
  readonly onTransfersChanged: (list: S3TransferList) => void;
  readonly onTrouble: (error: unknown) => void;
}

export interface S3 {
  readonly browser: S3Browser;
  readonly transfers: S3Transfers;
  readonly preview: (accountId: AwsAccountId, bucket: string, key: string) => Promise<S3Preview>;
}

/** Makes what works with S3. What reads tables is large: it is loaded when it is first needed. */
export function makeS3({ session, store, onTransfersChanged, onTrouble }: S3Dependencies): S3 {
  return {
    browser: new S3Browser({ session, keysAtOnce: 1000 }),
    transfers: new S3Transfers({
      ...{ session, store, onTrouble },
      newId: () => randomUUID() as S3TransferId,
      clock: systemClock,
      onChanged: onTransfersChanged,
    }),
    preview: async (accountId, bucket, key) => {
      const { previewObject } = await import('../aws/s3/preview-object');
      return previewObject(await session(accountId), bucket, key);
    },
  };
}
