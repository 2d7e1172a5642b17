import { z } from 'zod';
import { AppError } from '../../shared/errors/app-error';
import { AwsAccount, type AwsAccountDraft, type AwsAccountId } from '../../shared/model/aws-account';
import type { RecoverableStore } from '../system/recoverable-store';

/** Names of things that are elsewhere: nothing in here proves anything. */
export const AwsAccountsData = z.strictObject({ accounts: z.array(AwsAccount).readonly() });
export type AwsAccountsData = Readonly<z.infer<typeof AwsAccountsData>>;

export const awsAccountsVersion = 1;
export const noAwsAccounts: AwsAccountsData = { accounts: [] };

interface AwsAccountStoreDependencies {
  readonly store: Pick<RecoverableStore<AwsAccountsData>, 'value' | 'replace'>;
  readonly newId: () => AwsAccountId;
}

/** The AWS accounts that the user has named. */
export class AwsAccountStore {
  constructor(private readonly deps: AwsAccountStoreDependencies) {}

  list(): readonly AwsAccount[] {
    return this.deps.store.value().accounts;
  }

  /** @throws aws-account-not-found */
  get(accountId: AwsAccountId): AwsAccount {
    const account = this.list().find(({ id }) => id === accountId);
    if (account === undefined) throw new AppError('aws-account-not-found');
    return account;
  }

  /** Creates or replaces. @throws aws-account-not-found, store-disk-full, store-write-failed */
  save(draft: AwsAccountDraft): AwsAccount {
    const account = { ...draft, id: draft.id ?? this.deps.newId() };
    const accounts = this.list();
    if (draft.id !== null) this.get(draft.id);
    this.deps.store.replace({
      accounts:
        draft.id === null
          ? [...accounts, account]
          : accounts.map((other) => (other.id === account.id ? account : other)),
    });
    return account;
  }

  /** @throws store-disk-full, store-write-failed */
  remove(accountId: AwsAccountId): void {
    this.deps.store.replace({ accounts: this.list().filter(({ id }) => id !== accountId) });
  }
}
