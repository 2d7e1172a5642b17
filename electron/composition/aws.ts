import { randomUUID } from 'node:crypto';
import type { AwsAccountsSnapshot, AwsProfile, AwsPromptId } from '../../shared/model/aws-account';
import type { Ec2Snapshot } from '../../shared/model/ec2';
import type { EmrSnapshot } from '../../shared/model/emr-cluster';
import type { EmrStepsSnapshot } from '../../shared/model/emr-step';
import { AwsAccountService } from '../aws/account-service';
import type { AwsAccountStore } from '../aws/account-store';
import { Ec2Service } from '../aws/ec2/ec2-service';
import { InstanceFinder } from '../aws/ec2/instance-finder';
import { findSessionPlugin } from '../aws/ec2/session-plugin';
import { EmrService, type EmrServiceDependencies } from '../aws/emr/emr-service';
import { EmrNodeService, type EmrNodeServiceDependencies } from '../aws/emr/nodes/node-service';
import type { EmrNodeStore } from '../aws/emr/nodes/node-store';
import { PersistentUis } from '../aws/emr/nodes/persistent-uis';
import { EmrStepService } from '../aws/emr/steps/step-service';
import type { PriceBook } from '../aws/prices/price-book';
import { listProfiles } from '../aws/profiles';
import { systemClock } from '../system/clock';
import { versionOf } from '../system/program-version';

interface AwsDependencies {
  readonly accounts: AwsAccountStore;
  readonly emrNodes: EmrNodeStore;
  readonly machines: EmrNodeServiceDependencies['machines'];
  readonly prices: PriceBook;
  readonly openExternally: (url: string) => Promise<void>;
  readonly onAccountsChanged: (snapshot: AwsAccountsSnapshot) => void;
  readonly onInstancesChanged: (snapshot: Ec2Snapshot) => void;
  readonly onClustersChanged: (snapshot: EmrSnapshot) => void;
  readonly onClusterCreated: NonNullable<EmrServiceDependencies['onCreated']>;
  readonly onStepsChanged: (snapshot: EmrStepsSnapshot) => void;
  readonly chooseFiles: () => Promise<readonly string[]>;
}

export interface Aws {
  readonly accounts: AwsAccountService;
  readonly ec2: Ec2Service;
  /** Tells connections where the machines are that are instances. */
  readonly instances: InstanceFinder;
  readonly emr: EmrService;
  readonly emrSteps: EmrStepService;
  readonly emrNodes: EmrNodeService;
  readonly persistentUis: PersistentUis;
  /** The profiles in the AWS tools' files, as they are now. */
  readonly profiles: () => Promise<readonly AwsProfile[]>;
}

/** Makes what asks AWS. Its library is large: it is loaded when it is first needed, not when the app starts. */
export function makeAws(deps: AwsDependencies): Aws {
  const accounts = new AwsAccountService({
    accounts: deps.accounts,
    openSession: async (options) => {
      const { openAwsSession } = await import('../aws/sdk/open-session');
      return openAwsSession({ ...options, nowMs: systemClock.nowMs });
    },
    signInByBrowser: async (options) => {
      const { signInByBrowser } = await import('../aws/sdk/sso-sign-in');
      await signInByBrowser({ ...options, clock: systemClock });
    },
    openExternally: deps.openExternally,
    newPromptId: () => randomUUID() as AwsPromptId,
    onChanged: deps.onAccountsChanged,
  });
  const session = accounts.session.bind(accounts);
  return {
    accounts,
    ec2: new Ec2Service({
      session,
      prices: deps.prices,
      clock: systemClock,
      onChanged: deps.onInstancesChanged,
      instancesAtOnce: 1000,
    }),
    instances: new InstanceFinder(
      session,
      async () => (await import('../ssh/one-time-key')).makeOneTimeKey(),
      () => findSessionPlugin({ platform: process.platform, environment: process.env, versionOf }),
    ),
    emr: new EmrService({
      session,
      clock: systemClock,
      onChanged: deps.onClustersChanged,
      onCreated: deps.onClusterCreated,
    }),
    emrSteps: new EmrStepService({
      session: (accountId) => accounts.session(accountId),
      clock: systemClock,
      chooseFiles: deps.chooseFiles,
      onChanged: deps.onStepsChanged,
    }),
    emrNodes: new EmrNodeService({
      session: (accountId) => accounts.session(accountId),
      store: deps.emrNodes,
      machines: deps.machines,
    }),
    persistentUis: new PersistentUis({
      session: (accountId) => accounts.session(accountId),
      clock: systemClock,
      openExternally: deps.openExternally,
    }),
    profiles: async () => {
      const { readSharedConfig } = await import('../aws/sdk/shared-config');
      return listProfiles(await readSharedConfig());
    },
  };
}
