import type { EmrCluster, EmrDetail, EmrState } from '../../../shared/model/emr-cluster';
import { emrStates } from '../../../shared/model/emr-cluster';
import type { EmrInstanceGroup, EmrTemplate } from '../../../shared/model/emr-template';
import { EmrTemplate as TemplateSchema, usualTemplate } from '../../../shared/model/emr-template';
import type { AwsOutput, AwsSession } from '../aws-session';
import { fleetOf, type ListedFleet, shownFleet } from './read-fleets';

export type ListedCluster = NonNullable<AwsOutput<'emr.listClusters'>['Clusters']>[number];
export type DescribedCluster = NonNullable<AwsOutput<'emr.describeCluster'>['Cluster']>;
export type ListedGroup = NonNullable<AwsOutput<'emr.listInstanceGroups'>['InstanceGroups']>[number];
export type ListedBootstrapAction = NonNullable<
  AwsOutput<'emr.listBootstrapActions'>['BootstrapActions']
>[number];

/** Of a cluster either the one or the other. */
export type ClusterInstances =
  | { readonly groups: readonly ListedGroup[]; readonly fleets: null }
  | { readonly groups: null; readonly fleets: readonly ListedFleet[] };

/** Asks EMR for the instances that a cluster was made of. @throws why AWS was not heard */
export async function listInstances(
  session: Pick<AwsSession, 'call'>,
  { Id = '', InstanceCollectionType }: DescribedCluster,
  signal?: AbortSignal,
): Promise<ClusterInstances> {
  const of = { ClusterId: Id };
  if (InstanceCollectionType === 'INSTANCE_FLEET') {
    const { InstanceFleets = [] } = await session.call('emr.listInstanceFleets', of, signal);
    return { groups: null, fleets: InstanceFleets };
  }
  const { InstanceGroups = [] } = await session.call('emr.listInstanceGroups', of, signal);
  return { groups: InstanceGroups, fleets: null };
}

const usualInstances = usualTemplate.groups.map(({ count, ...group }) => ({ ...group, requested: count }));

const isState = (state: string | undefined): state is EmrState =>
  (emrStates as readonly (string | undefined)[]).includes(state);

/** A cluster as EMR lists or describes it; null: it has no id or a state of another world. */
export function readCluster({ Id, Name, Status }: ListedCluster | DescribedCluster): EmrCluster | null {
  const { State, StateChangeReason, Timeline } = Status ?? {};
  if (Id === undefined || !isState(State)) return null;
  return {
    id: Id,
    name: Name ?? '',
    state: State,
    reason: StateChangeReason?.Message ?? '',
    createdAtMs: Timeline?.CreationDateTime?.getTime() ?? null,
    endedAtMs: isEnded(State) ? (Timeline?.EndDateTime?.getTime() ?? null) : null,
  };
}

const isEnded = (state: EmrState): boolean => state.startsWith('TERMINATED');
const roles: Readonly<Record<string, EmrInstanceGroup['role']>> = {
  MASTER: 'primary',
  CORE: 'core',
  TASK: 'task',
};

/** What `cluster` is made of. */
export function readDetail(cluster: DescribedCluster, { groups, fleets }: ClusterInstances): EmrDetail {
  const attributes = cluster.Ec2InstanceAttributes;
  return {
    clusterId: cluster.Id ?? '',
    releaseLabel: cluster.ReleaseLabel ?? '',
    applications: (cluster.Applications ?? []).flatMap(({ Name, Version }) =>
      Name === undefined ? [] : [Version ? `${Name} ${Version}` : Name],
    ),
    groups:
      groups?.map((group) => ({
        role: roles[group.InstanceGroupType ?? ''] ?? 'task',
        instanceType: group.InstanceType ?? '',
        requested: group.RequestedInstanceCount ?? 0,
        running: group.RunningInstanceCount ?? 0,
        isSpot: group.Market === 'SPOT',
      })) ?? null,
    fleets: fleets?.map(shownFleet) ?? [],
    primaryAddress: cluster.MasterPublicDnsName ?? '',
    isTerminationProtected: cluster.TerminationProtected ?? false,
    keyPair: attributes?.Ec2KeyName ?? '',
    subnetId: attributes?.Ec2SubnetId ?? '',
    logUri: cluster.LogUri ?? '',
    tags: (cluster.Tags ?? []).map(({ Key = '', Value = '' }) => ({ key: Key, value: Value })),
  };
}

/**
 * The template that makes a cluster like this one. What EMR does not tell of a cluster (when it ends by itself, how it
 * scales) is as in a usual one. Null: it is none that Nuvem can make, for instance of a release without label.
 */
export function templateOf(
  cluster: DescribedCluster,
  instances: ClusterInstances,
  bootstrapActions: readonly ListedBootstrapAction[],
): EmrTemplate | null {
  const detail = readDetail(cluster, instances);
  const read = TemplateSchema.safeParse({
    ...usualTemplate,
    name: cluster.Name ?? '',
    releaseLabel: detail.releaseLabel,
    applications: (cluster.Applications ?? []).map(({ Name = '' }) => Name),
    fleets: instances.fleets?.map(fleetOf) ?? [],
    // Those of a usual cluster stand by for who gives the fleets up.
    groups: (detail.groups ?? usualInstances)
      .filter(({ requested }) => requested > 0)
      .map(({ role, instanceType, requested, isSpot }) => ({ role, instanceType, count: requested, isSpot })),
    serviceRole: (cluster.ServiceRole ?? '').split('/').at(-1),
    instanceProfile: (cluster.Ec2InstanceAttributes?.IamInstanceProfile ?? '').split('/').at(-1),
    keyPair: detail.keyPair,
    subnetId: detail.subnetId,
    logUri: detail.logUri,
    bootstrapActions: bootstrapActions.map(({ Name = '', ScriptPath = '', Args = [] }) => ({
      name: Name,
      path: ScriptPath,
      args: Args,
    })),
    configurations: (cluster.Configurations ?? []).map(({ Configurations = [], ...configuration }) => ({
      ...readConfiguration(configuration),
      ...(Configurations.length === 0 ? {} : { configurations: Configurations.map(readConfiguration) }),
    })),
    // EMR gives the tags that begin with `aws:` itself, and takes none.
    tags: detail.tags.filter(({ key }) => !key.startsWith('aws:')),
    isTerminationProtected: detail.isTerminationProtected,
  });
  return read.success ? read.data : null;
}

const readConfiguration = ({
  Classification,
  Properties = {},
}: Pick<NonNullable<DescribedCluster['Configurations']>[number], 'Classification' | 'Properties'>) => ({
  classification: Classification,
  properties: Properties,
});
