import type { AwsAccountsSnapshot } from '../../shared/model/aws-account';
import { nuvem } from '../api/nuvem';
import { createSnapshotStore, follow } from './snapshot-store';

/** The AWS accounts and who the user is there. */
export const awsAccountsStore = createSnapshotStore<AwsAccountsSnapshot>({ revision: -1, accounts: [] });

/** Starts feeding the store. @throws AppError when the accounts can't be had */
export const followAwsAccounts = (): Promise<void> =>
  follow(nuvem.aws.changed, nuvem.aws.accounts, awsAccountsStore.accept);
