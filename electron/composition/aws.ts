import { randomUUID } from 'node:crypto';
import type { AwsAccountsSnapshot, AwsProfile, AwsPromptId } from '../../shared/model/aws-account';
import { AwsAccountService } from '../aws/account-service';
import type { AwsAccountStore } from '../aws/account-store';
import { listProfiles } from '../aws/profiles';
import { systemClock } from '../system/clock';

interface AwsDependencies {
  readonly accounts: AwsAccountStore;
  readonly openExternally: (url: string) => Promise<void>;
  readonly onChanged: (snapshot: AwsAccountsSnapshot) => void;
}

export interface Aws {
  readonly accounts: AwsAccountService;
  /** The profiles in the AWS tools' files, as they are now. */
  readonly profiles: () => Promise<readonly AwsProfile[]>;
}

/** Makes what asks AWS. Its library is large: it is loaded when it is first needed, not when the app starts. */
export function makeAws({ accounts, openExternally, onChanged }: AwsDependencies): Aws {
  return {
    accounts: new AwsAccountService({
      accounts,
      openSession: async (options) => {
        const { openAwsSession } = await import('../aws/sdk/open-session');
        return openAwsSession({ ...options, nowMs: systemClock.nowMs });
      },
      signInByBrowser: async (options) => {
        const { signInByBrowser } = await import('../aws/sdk/sso-sign-in');
        await signInByBrowser({ ...options, clock: systemClock });
      },
      openExternally,
      newPromptId: () => randomUUID() as AwsPromptId,
      onChanged,
    }),
    profiles: async () => {
      const { readSharedConfig } = await import('../aws/sdk/shared-config');
      return listProfiles(await readSharedConfig());
    },
  };
}
