import type { S3TransferList } from '../../shared/model/s3-transfer';
import { nuvem } from '../api/nuvem';
import { createSnapshotStore, follow } from './snapshot-store';

/** The uploads to S3 and the downloads from there. */
export const s3TransfersStore = createSnapshotStore<S3TransferList>({ revision: -1, transfers: [] });

/** Starts feeding the store. @throws AppError when the transfers can't be had */
export const followS3Transfers = (): Promise<void> =>
  follow(nuvem.s3.transfersChanged, nuvem.s3.transfers, s3TransfersStore.accept);
