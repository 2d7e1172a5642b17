import { type Ec2Instance, type Ec2State, ec2States } from '../../../shared/model/ec2';
import { Ec2InstanceId } from '../../../shared/model/instance-binding';
import type { AwsOutput } from '../aws-session';

type Reservation = NonNullable<AwsOutput<'ec2.describeInstances'>['Reservations']>[number];
export type DescribedInstance = NonNullable<Reservation['Instances']>[number];

const isState = (state: string | undefined): state is Ec2State =>
  (ec2States as readonly (string | undefined)[]).includes(state);

/** An instance as EC2 describes it; null: it has no id or a state of another world. */
export function readInstance(described: DescribedInstance): Ec2Instance | null {
  const { InstanceId, State, Tags = [] } = described;
  const state = State?.Name;
  if (!Ec2InstanceId.safeParse(InstanceId).success || InstanceId === undefined || !isState(state))
    return null;
  const tags = Tags.map(({ Key = '', Value = '' }) => ({ key: Key, value: Value }));
  const tag = (name: string): string => tags.find(({ key }) => key === name)?.value ?? '';
  return {
    id: InstanceId,
    name: tag('Name'),
    state,
    reason: described.StateReason?.Message ?? '',
    instanceType: described.InstanceType ?? '',
    platform: described.PlatformDetails ?? '',
    zone: described.Placement?.AvailabilityZone ?? '',
    publicAddress: described.PublicIpAddress || ipv6AddressOf(described),
    privateAddress: described.PrivateIpAddress ?? '',
    keyPair: described.KeyName ?? '',
    isSpot: described.InstanceLifecycle === 'spot',
    isInstanceStore: described.RootDeviceType === 'instance-store',
    autoScalingGroup: tag('aws:autoscaling:groupName'),
    launchedAtMs: described.LaunchTime?.getTime() ?? null,
    tags: tags.filter(({ key }) => key !== 'Name'),
  };
}

/** Of an instance in a network that has no other public addresses. */
const ipv6AddressOf = ({ NetworkInterfaces = [] }: DescribedInstance): string =>
  NetworkInterfaces[0]?.Ipv6Addresses?.[0]?.Ipv6Address ?? '';

/** All instances of an answer. */
export const readInstances = ({
  Reservations = [],
}: AwsOutput<'ec2.describeInstances'>): readonly Ec2Instance[] =>
  Reservations.flatMap(({ Instances = [] }) => Instances.flatMap((listed) => readInstance(listed) ?? []));

/** By name, those without one last, and by id where names are the same. */
export const byName = (instances: readonly Ec2Instance[]): readonly Ec2Instance[] =>
  instances.toSorted(
    (a, b) =>
      Number(a.name === '') - Number(b.name === '') ||
      a.name.localeCompare(b.name) ||
      a.id.localeCompare(b.id),
  );
