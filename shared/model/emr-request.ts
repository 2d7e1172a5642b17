import type { EmrFleet } from './emr-fleet';
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
    InstanceGroups?: {
      Name: string;
      InstanceRole: 'MASTER' | 'CORE' | 'TASK';
      InstanceType: string;
      InstanceCount: number;
      Market: 'SPOT' | 'ON_DEMAND';
    }[];
    InstanceFleets?: EmrFleetRequest[];
    KeepJobFlowAliveWhenNoSteps: boolean;
    TerminationProtected: boolean;
    Ec2KeyName?: string;
    Ec2SubnetId?: string;
    Ec2SubnetIds?: string[];
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
    ComputeLimits: {
      UnitType: 'Instances' | 'InstanceFleetUnits';
      MinimumCapacityUnits: number;
      MaximumCapacityUnits: number;
    };
  };
}

export const apiRoles = { primary: 'MASTER', core: 'CORE', task: 'TASK' } as const;

/** A fleet as RunJobFlow takes it. */
export interface EmrFleetRequest {
  Name: string;
  InstanceFleetType: 'MASTER' | 'CORE' | 'TASK';
  TargetOnDemandCapacity: number;
  TargetSpotCapacity: number;
  InstanceTypeConfigs: {
    InstanceType: string;
    WeightedCapacity?: number;
    BidPriceAsPercentageOfOnDemandPrice?: number;
  }[];
  LaunchSpecifications: {
    SpotSpecification?: {
      TimeoutDurationMinutes: number;
      TimeoutAction: EmrFleet['spotTimeoutAction'];
      AllocationStrategy: EmrFleet['spotAllocation'];
    };
    OnDemandSpecification?: { AllocationStrategy: 'lowest-price' };
  };
}

function fleetRequest(fleet: EmrFleet): EmrFleetRequest {
  const { role, onDemandCapacity, spotCapacity, spotTimeoutMinutes, spotTimeoutAction } = fleet;
  return {
    Name: role,
    InstanceFleetType: apiRoles[role],
    TargetOnDemandCapacity: onDemandCapacity,
    TargetSpotCapacity: spotCapacity,
    InstanceTypeConfigs: fleet.types.map(({ instanceType, weight, bidPercent }) => ({
      InstanceType: instanceType,
      // EMR takes none for the primary instance.
      ...(role === 'primary' ? {} : { WeightedCapacity: weight }),
      ...(bidPercent === null ? {} : { BidPriceAsPercentageOfOnDemandPrice: bidPercent }),
    })),
    LaunchSpecifications: {
      ...(spotCapacity === 0
        ? {}
        : {
            SpotSpecification: {
              TimeoutDurationMinutes: spotTimeoutMinutes,
              TimeoutAction: spotTimeoutAction,
              AllocationStrategy: fleet.spotAllocation,
            },
          }),
      ...(onDemandCapacity === 0 ? {} : { OnDemandSpecification: { AllocationStrategy: 'lowest-price' } }),
    },
  };
}

/** A template as RunJobFlow takes it; what is empty is left out. */
export function emrRequest(template: EmrTemplate): EmrRequest {
  const { keyPair, subnetId, logUri, bootstrapActions, configurations, tags, idleMinutes, scaling } =
    template;
  const hasFleets = template.fleets.length > 0;
  return {
    Name: template.name,
    ReleaseLabel: template.releaseLabel,
    Applications: template.applications.map((Name) => ({ Name })),
    Instances: {
      ...(hasFleets
        ? { InstanceFleets: template.fleets.map(fleetRequest) }
        : {
            InstanceGroups: template.groups.map(({ role, instanceType, count, isSpot }) => ({
              Name: role,
              InstanceRole: apiRoles[role],
              InstanceType: instanceType,
              InstanceCount: count,
              Market: isSpot ? ('SPOT' as const) : ('ON_DEMAND' as const),
            })),
          }),
      KeepJobFlowAliveWhenNoSteps: true,
      TerminationProtected: template.isTerminationProtected,
      ...(keyPair === '' ? {} : { Ec2KeyName: keyPair }),
      // Of fleets EMR is told a choice of subnets.
      ...(subnetId === '' ? {} : hasFleets ? { Ec2SubnetIds: [subnetId] } : { Ec2SubnetId: subnetId }),
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
              UnitType: hasFleets ? 'InstanceFleetUnits' : 'Instances',
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
