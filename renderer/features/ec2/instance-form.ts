import type { InstanceBinding } from '../../../shared/model/instance-binding';

/** What the fields hold that say which instance of EC2 a machine is. */
export interface InstanceForm {
  /** Id of the account; empty: the machine is no instance. */
  readonly instanceAccount: string;
  readonly instanceId: string;
  readonly instanceAddress: InstanceBinding['address'];
  readonly instanceIfStopped: InstanceBinding['ifStopped'];
  readonly instanceSessionManager: InstanceBinding['sessionManager'];
  readonly instancePushesKey: boolean;
}

/** The text fields, each with the place of its value in a draft. */
export const instancePaths = { instanceId: 'instance.instanceId' } as const;

export const instanceFormOf = (instance: InstanceBinding | null | undefined): InstanceForm => ({
  instanceAccount: instance?.accountId ?? '',
  instanceId: instance?.instanceId ?? '',
  instanceAddress: instance?.address ?? 'public',
  instanceIfStopped: instance?.ifStopped ?? 'ask',
  instanceSessionManager: instance?.sessionManager ?? 'never',
  instancePushesKey: instance?.pushesKey ?? false,
});

/** What the fields say, for the schema to judge. */
export const instanceOf = (form: InstanceForm): unknown =>
  form.instanceAccount === ''
    ? null
    : {
        accountId: form.instanceAccount,
        instanceId: form.instanceId,
        address: form.instanceAddress,
        ifStopped: form.instanceIfStopped,
        sessionManager: form.instanceSessionManager,
        pushesKey: form.instancePushesKey,
      };
