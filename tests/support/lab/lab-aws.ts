import { randomUUID } from 'node:crypto';
import { AwsAccountService } from '../../../electron/aws/account-service';
import { AwsAccountStore, type AwsAccountsData, noAwsAccounts } from '../../../electron/aws/account-store';
import { openAwsSession } from '../../../electron/aws/sdk/open-session';
import { signInByBrowser } from '../../../electron/aws/sdk/sso-sign-in';
import { systemClock } from '../../../electron/system/clock';
import type {
  AwsAccount,
  AwsAccountDraft,
  AwsAccountId,
  AwsPromptId,
  AwsSignIn,
} from '../../../shared/model/aws-account';

export interface LabAws {
  readonly service: AwsAccountService;
  readonly openedUrls: readonly string[];
  save(draft: Partial<AwsAccountDraft>): AwsAccount;
  signInOf(accountId: AwsAccountId): AwsSignIn;
  /** Resolves with the account's sign-in once it is of that kind. */
  until<Kind extends AwsSignIn['kind']>(
    accountId: AwsAccountId,
    kind: Kind,
  ): Promise<Extract<AwsSignIn, { kind: Kind }>>;
}

/** The accounts as the app has them, over AWS's real library, with the browser noted down. */
export function makeLabAws(nowMs: () => number = Date.now): LabAws {
  let data: AwsAccountsData = noAwsAccounts;
  const openedUrls: string[] = [];
  const watchers = new Set<() => void>();
  const service = new AwsAccountService({
    accounts: new AwsAccountStore({
      store: {
        value: () => data,
        replace: (next) => {
          data = next;
        },
      },
      newId: () => randomUUID() as AwsAccountId,
    }),
    openSession: (options) => openAwsSession({ ...options, nowMs }),
    signInByBrowser: (options) => signInByBrowser({ ...options, clock: systemClock }),
    openExternally: async (url) => void openedUrls.push(url),
    newPromptId: () => randomUUID() as AwsPromptId,
    onChanged: () => {
      for (const look of watchers) look();
    },
  });
  const signInOf = (accountId: AwsAccountId): AwsSignIn => {
    const status = service.snapshot().accounts.find(({ account }) => account.id === accountId);
    if (status === undefined) throw new Error('There is no such account');
    return status.signIn;
  };
  return {
    service,
    openedUrls,
    signInOf,
    save: (draft) =>
      service.save({ id: null, name: 'Lab', profile: '', region: 'us-east-1', endpoint: '', ...draft }),
    until: (accountId, kind) =>
      new Promise((resolve) => {
        const look = () => {
          const signIn = signInOf(accountId);
          if (signIn.kind !== kind) return;
          watchers.delete(look);
          resolve(signIn as Extract<AwsSignIn, { kind: typeof kind }>);
        };
        watchers.add(look);
        look();
      }),
  };
}
