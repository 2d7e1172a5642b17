import type { EmrTemplate } from './emr-template';

interface EmrConfigurationRequest {
  Classification: string;
  Properties: Record<string, string>;
  Configurations?: EmrConfigurationRequest[];
}

/** What EMR's RunJobFlow is asked with (Amazon EMR API reference). */
export interface EmrRequest {
  Name: string;
  ReleaseLabel: string;
  Applications: { Name: string }[];
  Instances: {
    InstanceGroups: {
      Name: string;
      InstanceRole: 'MASTER' | 'CORE' | 'TASK';
      InstanceType: string;
      InstanceCount: number;
      Market: 'SPOT' | 'ON_DEMAND';
    }[];
    KeepJobFlowAliveWhenNoSteps: boolean;
    TerminationProtected: boolean;
    Ec2KeyName?: string;
    Ec2SubnetId?: string;
  };
  ServiceRole: string;
  JobFlowRole: string;
  VisibleToAllUsers: boolean;
  LogUri?: string;
  BootstrapActions?: { Name: string; ScriptBootstrapAction: { Path: string; Args: string[] } }[];
  Configurations?: EmrConfigurationRequest[];
  Tags?: { Key: string; Value: string }[];
  AutoTerminationPolicy?: { IdleTimeout: number };
  ManagedScalingPolicy?: {
    ComputeLimits: { UnitType: 'Instances'; MinimumCapacityUnits: number; MaximumCapacityUnits: number };
  };
}

export const apiRoles = { primary: 'MASTER', core: 'CORE', task: 'TASK' } as const;

/** A template as RunJobFlow takes it; what is empty is left out. */
export function emrRequest(template: EmrTemplate): EmrRequest {
  const { keyPair, subnetId, logUri, bootstrapActions, configurations, tags, idleMinutes, scaling } =
    template;
  return {
    Name: template.name,
    ReleaseLabel: template.releaseLabel,
    Applications: template.applications.map((Name) => ({ Name })),
    Instances: {
      InstanceGroups: template.groups.map(({ role, instanceType, count, isSpot }) => ({
        Name: role,
        InstanceRole: apiRoles[role],
        InstanceType: instanceType,
        InstanceCount: count,
        Market: isSpot ? 'SPOT' : 'ON_DEMAND',
      })),
      KeepJobFlowAliveWhenNoSteps: true,
      TerminationProtected: template.isTerminationProtected,
      ...(keyPair === '' ? {} : { Ec2KeyName: keyPair }),
      ...(subnetId === '' ? {} : { Ec2SubnetId: subnetId }),
    },
    ServiceRole: template.serviceRole,
    JobFlowRole: template.instanceProfile,
    VisibleToAllUsers: true,
    ...(logUri === '' ? {} : { LogUri: logUri }),
    ...(bootstrapActions.length === 0
      ? {}
      : {
          BootstrapActions: bootstrapActions.map(({ name, path, args }) => ({
            Name: name,
            ScriptBootstrapAction: { Path: path, Args: [...args] },
          })),
        }),
    ...(configurations.length === 0 ? {} : { Configurations: configurations.map(configurationRequest) }),
    ...(tags.length === 0 ? {} : { Tags: tags.map(({ key, value }) => ({ Key: key, Value: value })) }),
    ...(idleMinutes === null ? {} : { AutoTerminationPolicy: { IdleTimeout: idleMinutes * 60 } }),
    ...(scaling === null
      ? {}
      : {
          ManagedScalingPolicy: {
            ComputeLimits: {
              UnitType: 'Instances',
              MinimumCapacityUnits: scaling.minimum,
              MaximumCapacityUnits: scaling.maximum,
            },
          },
        }),
  };
}

function configurationRequest({
  classification,
  properties,
  configurations = [],
}: EmrTemplate['configurations'][number]): EmrConfigurationRequest {
  return {
    Classification: classification,
    Properties: { ...properties },
    ...(configurations.length === 0 ? {} : { Configurations: configurations.map(configurationRequest) }),
  };
}
