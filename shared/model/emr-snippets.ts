import { shellWord } from '../util/shell-word';
import type { AwsAccount } from './aws-account';
import { emrRequest } from './emr-request';
import type { EmrTemplate } from './emr-template';

type Where = Pick<AwsAccount, 'profile' | 'region' | 'endpoint'>;

/** The command of the AWS CLI that makes the same cluster, for a POSIX shell. */
export function createClusterCommand(template: EmrTemplate, { profile, region, endpoint }: Where): string {
  const request = emrRequest(template);
  const { Instances, BootstrapActions, Configurations, Tags, ManagedScalingPolicy } = request;
  const { Ec2KeyName, Ec2SubnetId, Ec2SubnetIds, InstanceGroups, InstanceFleets } = Instances;
  const { TerminationProtected } = Instances;
  const groups = InstanceGroups?.map(({ InstanceRole, Market, ...group }) => ({
    ...group,
    InstanceGroupType: InstanceRole,
    // The CLI takes a bid for a wish for spot; this one is the price on demand, as EMR's own default.
    ...(Market === 'SPOT' ? { BidPrice: 'OnDemandPrice' } : {}),
  }));
  const attributes = {
    InstanceProfile: request.JobFlowRole,
    ...(Ec2KeyName === undefined ? {} : { KeyName: Ec2KeyName }),
    ...(Ec2SubnetId === undefined ? {} : { SubnetId: Ec2SubnetId }),
    ...(Ec2SubnetIds === undefined ? {} : { SubnetIds: Ec2SubnetIds }),
  };
  const bootstraps = BootstrapActions?.map(({ Name, ScriptBootstrapAction }) => ({
    Name,
    ...ScriptBootstrapAction,
  }));
  const options: readonly (readonly string[])[] = [
    ['--name', request.Name],
    ['--release-label', request.ReleaseLabel],
    ...(request.Applications.length === 0
      ? []
      : [['--applications', ...request.Applications.map(({ Name }) => `Name=${Name}`)]]),
    groups === undefined
      ? ['--instance-fleets', JSON.stringify(InstanceFleets)]
      : ['--instance-groups', JSON.stringify(groups)],
    ['--service-role', request.ServiceRole],
    ['--ec2-attributes', JSON.stringify(attributes)],
    [TerminationProtected ? '--termination-protected' : '--no-termination-protected'],
    ...(request.LogUri === undefined ? [] : [['--log-uri', request.LogUri]]),
    ...(bootstraps === undefined ? [] : [['--bootstrap-actions', JSON.stringify(bootstraps)]]),
    ...(Configurations === undefined ? [] : [['--configurations', JSON.stringify(Configurations)]]),
    ...(Tags === undefined ? [] : [['--tags', ...Tags.map(({ Key, Value }) => `${Key}=${Value}`)]]),
    ...(template.idleMinutes === null
      ? []
      : [['--auto-termination-policy', `IdleTimeout=${template.idleMinutes * 60}`]]),
    ...(ManagedScalingPolicy === undefined
      ? []
      : [['--managed-scaling-policy', JSON.stringify(ManagedScalingPolicy)]]),
    ...(profile === '' ? [] : [['--profile', profile]]),
    ...(region === '' ? [] : [['--region', region]]),
    ...(endpoint === '' ? [] : [['--endpoint-url', endpoint]]),
  ];
  return ['aws emr create-cluster', ...options.map((words) => words.map(shellWord).join(' '))].join(
    ' \\\n  ',
  );
}

/** The Python program that makes the same cluster, for boto3. */
export function createClusterPython(template: EmrTemplate, { profile, region, endpoint }: Where): string {
  const session = [
    ...(profile === '' ? [] : [`profile_name=${pythonText(profile)}`]),
    ...(region === '' ? [] : [`region_name=${pythonText(region)}`]),
  ];
  const client = ["'emr'", ...(endpoint === '' ? [] : [`endpoint_url=${pythonText(endpoint)}`])];
  const args = Object.entries(emrRequest(template)).map(
    ([name, value]) => `    ${name}=${pythonValue(value, '    ')},`,
  );
  return [
    'import boto3',
    '',
    `emr = boto3.Session(${session.join(', ')}).client(${client.join(', ')})`,
    'cluster = emr.run_job_flow(',
    ...args,
    ')',
    "print(cluster['JobFlowId'])",
    '',
  ].join('\n');
}

function pythonValue(value: unknown, indent: string): string {
  const deeper = `${indent}    `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((item) => `${deeper}${pythonValue(item, deeper)},\n`).join('')}${indent}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    if (entries.length === 0) return '{}';
    const lines = entries.map(
      ([key, item]) => `${deeper}${pythonText(key)}: ${pythonValue(item, deeper)},\n`,
    );
    return `{\n${lines.join('')}${indent}}`;
  }
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'number' ? String(value) : pythonText(String(value));
}

/** JSON's escapes mean the same in Python. */
const pythonText = (text: string): string => JSON.stringify(text);
