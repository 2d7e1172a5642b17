import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { AwsProfile } from '../../../shared/model/aws-account';
import type { AwsAccountService } from '../../aws/account-service';

interface AwsHandlersDependencies {
  readonly accounts: AwsAccountService;
  readonly profiles: () => Promise<readonly AwsProfile[]>;
  readonly startInBackground: (work: Promise<void>) => void;
}

/** Signing in goes on after the answer: its questions and its outcome are in the snapshots. */
export function awsHandlers({
  accounts,
  profiles,
  startInBackground,
}: AwsHandlersDependencies): HandlersOf<AppContract>['aws'] {
  return {
    accounts: () => accounts.snapshot(),
    profiles,
    save: (draft) => accounts.save(draft),
    remove: ({ accountId }) => accounts.remove(accountId),
    check: ({ accountId }) => startInBackground(accounts.check(accountId)),
    signIn: ({ accountId }) => startInBackground(accounts.signIn(accountId)),
    answerCode: ({ accountId, promptId, code }) =>
      startInBackground(accounts.answerCode(accountId, promptId, code)),
    cancel: ({ accountId }) => accounts.cancel(accountId),
  };
}
