import { z } from 'zod';
import { ErrorReport } from '../errors/app-error';
import { AwsAccountId } from './aws-account';
import { HourlyPrice } from './hourly-price';
import { Ec2InstanceId, type InstanceBinding } from './instance-binding';

/** EC2's own states of an instance, in their order. */
export const ec2States = [
  'pending',
  'running',
  'stopping',
  'stopped',
  'shutting-down',
  'terminated',
] as const;
export type Ec2State = (typeof ec2States)[number];

/** It will soon be in another state by itself. */
export const isInstanceChanging = (state: Ec2State): boolean =>
  state === 'pending' || state === 'stopping' || state === 'shutting-down';
export const canStartInstance = (state: Ec2State): boolean => state === 'stopped';
export const canStopInstance = (state: Ec2State): boolean => state === 'running' || state === 'pending';
export const canRebootInstance = (state: Ec2State): boolean => state === 'running';
/** There is, or will be, something to connect to. */
export const isInstanceKept = (state: Ec2State): boolean =>
  state !== 'shutting-down' && state !== 'terminated';

/** What can be asked of an instance. */
export const instanceOrders = ['start', 'stop', 'reboot'] as const;
export type InstanceOrder = (typeof instanceOrders)[number];

/** The orders that an instance in this state takes. */
export function ordersFor(state: Ec2State): readonly InstanceOrder[] {
  const can = { start: canStartInstance, stop: canStopInstance, reboot: canRebootInstance };
  return instanceOrders.filter((order) => can[order](state));
}

export const Ec2Instance = z.strictObject({
  id: Ec2InstanceId,
  /** Of its tag `Name`; empty: it has none. */
  name: z.string(),
  state: z.enum(ec2States),
  /** Why it is in this state, in AWS's words; empty: it does not say. */
  reason: z.string(),
  instanceType: z.string(),
  /** As AWS bills it, e.g. `Linux/UNIX`; empty: it does not say. */
  platform: z.string(),
  zone: z.string(),
  /** Empty: it has none now. */
  publicAddress: z.string(),
  privateAddress: z.string(),
  keyPair: z.string(),
  isSpot: z.boolean(),
  /** Its root is on its own disks, so that it can't be stopped. */
  isInstanceStore: z.boolean(),
  /** It, or the group that it is in, belongs to another service of AWS, which starts another in its place. */
  autoScalingGroup: z.string(),
  /** When it was started last. */
  launchedAtMs: z.number().nullable(),
  /** Without `Name`. */
  tags: z.array(z.strictObject({ key: z.string(), value: z.string() })).readonly(),
});
export type Ec2Instance = Readonly<z.infer<typeof Ec2Instance>>;

/** The instances of the account that is looked at. */
export const Ec2Snapshot = z.strictObject({
  revision: z.number().int(),
  /** Null: nobody looks. */
  accountId: AwsAccountId.nullable(),
  /** By name. */
  instances: z.array(Ec2Instance).readonly(),
  /** Of the kinds of instances in the list, as far as they are known. */
  prices: z.array(HourlyPrice).readonly(),
  isLoading: z.boolean(),
  /** All are listed. */
  isWhole: z.boolean(),
  /** When AWS was last heard; null: not yet. */
  atMs: z.number().nullable(),
  /** Why the last look failed; what was known stays. */
  error: ErrorReport.nullable(),
});
export type Ec2Snapshot = Readonly<z.infer<typeof Ec2Snapshot>>;

export const noEc2Instances: Ec2Snapshot = {
  revision: -1,
  accountId: null,
  instances: [],
  prices: [],
  isLoading: false,
  isWhole: false,
  atMs: null,
  error: null,
};

/** The address by which an instance is reached; empty: it has none of that kind now. */
export const addressOf = (
  { publicAddress, privateAddress }: Pick<Ec2Instance, 'publicAddress' | 'privateAddress'>,
  kind: InstanceBinding['address'],
): string => (kind === 'public' ? publicAddress : privateAddress);
