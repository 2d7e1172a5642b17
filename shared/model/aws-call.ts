/** What Nuvem needs a permission for; the texts are `purpose.<purpose>` of the `aws` texts. */
export type AwsPurpose =
  | 'identity'
  | 'role'
  | 'clusters'
  | 'copyCluster'
  | 'createCluster'
  | 'endCluster'
  | 'instances'
  | 'startInstances'
  | 'stopInstances'
  | 'instanceKeys'
  | 'pushKey'
  | 'sessions'
  | 'prices'
  | 'buckets'
  | 'objects'
  | 'getObjects'
  | 'putObjects'
  | 'deleteObjects'
  | 'steps'
  | 'addStep'
  | 'cancelStep'
  | 'primaryNode'
  | 'persistentPages'
  | 'metrics'
  | 'alarms'
  | 'changeAlarms';

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
  'emr.listInstanceFleets': { permissions: ['elasticmapreduce:ListInstanceFleets'], purpose: 'clusters' },
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
  'emr.listSteps': { permissions: ['elasticmapreduce:ListSteps'], purpose: 'steps' },
  'emr.addJobFlowSteps': { permissions: ['elasticmapreduce:AddJobFlowSteps'], purpose: 'addStep' },
  'emr.listInstances': { permissions: ['elasticmapreduce:ListInstances'], purpose: 'primaryNode' },
  'emr.createPersistentAppUI': {
    permissions: ['elasticmapreduce:CreatePersistentAppUI'],
    purpose: 'persistentPages',
  },
  'emr.describePersistentAppUI': {
    permissions: ['elasticmapreduce:DescribePersistentAppUI'],
    purpose: 'persistentPages',
  },
  'emr.getPersistentAppUIPresignedURL': {
    permissions: ['elasticmapreduce:GetPersistentAppUIPresignedURL'],
    purpose: 'persistentPages',
  },
  'emr.cancelSteps': { permissions: ['elasticmapreduce:CancelSteps'], purpose: 'cancelStep' },
  'ec2.describeInstances': { permissions: ['ec2:DescribeInstances'], purpose: 'instances' },
  'ec2.startInstances': { permissions: ['ec2:StartInstances'], purpose: 'startInstances' },
  'ec2.stopInstances': { permissions: ['ec2:StopInstances'], purpose: 'stopInstances' },
  'ec2.rebootInstances': { permissions: ['ec2:RebootInstances'], purpose: 'stopInstances' },
  'ec2.getConsoleOutput': { permissions: ['ec2:GetConsoleOutput'], purpose: 'instanceKeys' },
  'ec2InstanceConnect.sendSshPublicKey': {
    permissions: ['ec2-instance-connect:SendSSHPublicKey'],
    purpose: 'pushKey',
  },
  'ssm.startSession': { permissions: ['ssm:StartSession'], purpose: 'sessions' },
  'ssm.terminateSession': { permissions: ['ssm:TerminateSession'], purpose: 'sessions' },
  'pricing.getProducts': { permissions: ['pricing:GetProducts'], purpose: 'prices' },
  's3.listBuckets': { permissions: ['s3:ListAllMyBuckets'], purpose: 'buckets' },
  /** Tells a bucket's region, also to those whom it refuses. */
  's3.headBucket': { permissions: ['s3:ListBucket'], purpose: 'objects' },
  's3.listObjects': { permissions: ['s3:ListBucket'], purpose: 'objects' },
  's3.getObject': { permissions: ['s3:GetObject'], purpose: 'getObjects' },
  's3.putObject': { permissions: ['s3:PutObject'], purpose: 'putObjects' },
  's3.createMultipartUpload': { permissions: ['s3:PutObject'], purpose: 'putObjects' },
  's3.uploadPart': { permissions: ['s3:PutObject'], purpose: 'putObjects' },
  's3.completeMultipartUpload': { permissions: ['s3:PutObject'], purpose: 'putObjects' },
  's3.listParts': { permissions: ['s3:ListMultipartUploadParts'], purpose: 'putObjects' },
  's3.abortMultipartUpload': { permissions: ['s3:AbortMultipartUpload'], purpose: 'putObjects' },
  's3.deleteObjects': { permissions: ['s3:DeleteObject'], purpose: 'deleteObjects' },
  'cloudwatch.listMetrics': { permissions: ['cloudwatch:ListMetrics'], purpose: 'metrics' },
  'cloudwatch.getMetricData': { permissions: ['cloudwatch:GetMetricData'], purpose: 'metrics' },
  'cloudwatch.describeAlarms': { permissions: ['cloudwatch:DescribeAlarms'], purpose: 'alarms' },
  'cloudwatch.putMetricAlarm': { permissions: ['cloudwatch:PutMetricAlarm'], purpose: 'changeAlarms' },
  'cloudwatch.deleteAlarms': { permissions: ['cloudwatch:DeleteAlarms'], purpose: 'changeAlarms' },
} as const satisfies Readonly<Record<string, AwsCallTraits>>;

export type AwsCall = keyof typeof awsCalls;

/** Those that are made on the way to others: to get credentials, to find a bucket. */
type CallOnTheWay = 'sts.assumeRole' | 's3.headBucket';

/** Those that code of ours makes. */
export type MadeCall = Exclude<AwsCall, CallOnTheWay>;

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
 * account. `resource` is `*` or ARNs, separated by spaces.
 */
export function minimalPolicy(permissions: readonly string[], resource: string): string {
  const statement = {
    Sid: 'Nuvem',
    Effect: 'Allow',
    Action: permissions,
    Resource: resource.includes(' ') ? resource.split(' ') : resource,
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2);
}
