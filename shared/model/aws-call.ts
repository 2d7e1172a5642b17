/** What Nuvem needs a permission for; the texts are `purpose.<purpose>` of the `aws` texts. */
export type AwsPurpose = 'identity' | 'role' | 'clusters' | 'copyCluster' | 'createCluster' | 'endCluster';

interface AwsCallTraits {
  /** What IAM must allow for it (Service Authorization Reference). None: every identity may. */
  readonly permissions: readonly string[];
  readonly purpose: AwsPurpose;
}

/**
 * Every call that Nuvem makes of AWS. The main process can make no other, and the page of permissions is this table,
 * so that neither can know more than the other.
 */
export const awsCalls = {
  'sts.getCallerIdentity': { permissions: [], purpose: 'identity' },
  /** Made by AWS's own library, for profiles with a role. */
  'sts.assumeRole': { permissions: ['sts:AssumeRole'], purpose: 'role' },
  'emr.listClusters': { permissions: ['elasticmapreduce:ListClusters'], purpose: 'clusters' },
  'emr.describeCluster': { permissions: ['elasticmapreduce:DescribeCluster'], purpose: 'clusters' },
  'emr.listInstanceGroups': { permissions: ['elasticmapreduce:ListInstanceGroups'], purpose: 'clusters' },
  'emr.listBootstrapActions': {
    permissions: ['elasticmapreduce:ListBootstrapActions'],
    purpose: 'copyCluster',
  },
  'emr.runJobFlow': {
    permissions: ['elasticmapreduce:RunJobFlow', 'elasticmapreduce:AddTags', 'iam:PassRole'],
    purpose: 'createCluster',
  },
  'emr.setTerminationProtection': {
    permissions: ['elasticmapreduce:SetTerminationProtection'],
    purpose: 'endCluster',
  },
  'emr.terminateJobFlows': { permissions: ['elasticmapreduce:TerminateJobFlows'], purpose: 'endCluster' },
} as const satisfies Readonly<Record<string, AwsCallTraits>>;

export type AwsCall = keyof typeof awsCalls;

/** Those that AWS's library makes by itself, to get credentials. */
type CredentialCall = 'sts.assumeRole';

/** Those that code of ours makes. */
export type MadeCall = Exclude<AwsCall, CredentialCall>;

/** What a call needs, as an error tells it and `minimalPolicy` takes it. */
export const permissionsOf = (call: AwsCall): string => awsCalls[call].permissions.join(' ');

/** Every permission that Nuvem makes use of, and what for; by name. */
export const awsPermissions: readonly {
  readonly permission: string;
  readonly purposes: readonly AwsPurpose[];
}[] = listPermissions();

function listPermissions() {
  const purposes = new Map<string, Set<AwsPurpose>>();
  const calls: readonly AwsCallTraits[] = Object.values(awsCalls);
  for (const { permissions, purpose } of calls)
    for (const permission of permissions)
      purposes.set(permission, (purposes.get(permission) ?? new Set()).add(purpose));
  return [...purposes.keys()]
    .sort()
    .map((permission) => ({ permission, purposes: [...(purposes.get(permission) ?? [])] }));
}

/**
 * The IAM policy (version 2012-10-17) that allows no more than `permissions`, as JSON to hand to who looks after the
 * account. `resource` is an ARN or `*`.
 */
export function minimalPolicy(permissions: readonly string[], resource: string): string {
  const statement = { Sid: 'Nuvem', Effect: 'Allow', Action: permissions, Resource: resource };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2);
}
