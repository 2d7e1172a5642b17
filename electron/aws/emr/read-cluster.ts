import type { EmrCluster, EmrDetail, EmrState } from '../../../shared/model/emr-cluster';
import { emrStates } from '../../../shared/model/emr-cluster';
import type { EmrInstanceGroup, EmrTemplate } from '../../../shared/model/emr-template';
import { EmrTemplate as TemplateSchema, usualTemplate } from '../../../shared/model/emr-template';
import type { AwsOutput } from '../aws-session';

export type ListedCluster = NonNullable<AwsOutput<'emr.listClusters'>['Clusters']>[number];
export type DescribedCluster = NonNullable<AwsOutput<'emr.describeCluster'>['Cluster']>;
export type ListedGroup = NonNullable<AwsOutput<'emr.listInstanceGroups'>['InstanceGroups']>[number];
export type ListedBootstrapAction = NonNullable<
  AwsOutput<'emr.listBootstrapActions'>['BootstrapActions']
>[number];

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

/** `groups` null: the cluster has fleets. */
export function readDetail(cluster: DescribedCluster, groups: readonly ListedGroup[] | null): EmrDetail {
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
  groups: readonly ListedGroup[],
  bootstrapActions: readonly ListedBootstrapAction[],
): EmrTemplate | null {
  const detail = readDetail(cluster, groups);
  const read = TemplateSchema.safeParse({
    ...usualTemplate,
    name: cluster.Name ?? '',
    releaseLabel: detail.releaseLabel,
    applications: (cluster.Applications ?? []).map(({ Name = '' }) => Name),
    groups: (detail.groups ?? [])
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
