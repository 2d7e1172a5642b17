import { z } from 'zod';
import { AwsAccountId } from '../../../shared/model/aws-account';
import type { RecoverableStore } from '../../system/recoverable-store';

/** The accounts of whose alarms the user wants to be told. */
export const ToldAccountsData = z.strictObject({ accountIds: z.array(AwsAccountId).readonly() });
export type ToldAccountsData = Readonly<z.infer<typeof ToldAccountsData>>;

export type ToldAccountsStore = Pick<RecoverableStore<ToldAccountsData>, 'value' | 'replace'>;

export const toldAccountsVersion = 1;
export const noToldAccounts: ToldAccountsData = { accountIds: [] };
