import type { EmrDetail } from '../../../shared/model/emr-cluster';
import { spotAllocations } from '../../../shared/model/emr-fleet';
import type { AwsOutput } from '../aws-session';

export type ListedFleet = NonNullable<AwsOutput<'emr.listInstanceFleets'>['InstanceFleets']>[number];

const roles = { MASTER: 'primary', CORE: 'core', TASK: 'task' } as const;

/** A fleet as the page of a cluster shows it. */
export function shownFleet(fleet: ListedFleet): EmrDetail['fleets'][number] {
  return {
    role: roles[fleet.InstanceFleetType ?? 'TASK'],
    instanceTypes: (fleet.InstanceTypeSpecifications ?? []).flatMap(({ InstanceType = [] }) => InstanceType),
    onDemand: {
      requested: fleet.TargetOnDemandCapacity ?? 0,
      running: fleet.ProvisionedOnDemandCapacity ?? 0,
    },
    spot: { requested: fleet.TargetSpotCapacity ?? 0, running: fleet.ProvisionedSpotCapacity ?? 0 },
  };
}

/**
 * What a template says of a fleet like this one, for its schema to judge. EMR tells a bid that was given as a price
 * only as that price; it becomes the price on demand, as is usual.
 */
export function fleetOf(fleet: ListedFleet): object {
  const { SpotSpecification } = fleet.LaunchSpecifications ?? {};
  const allocation = SpotSpecification?.AllocationStrategy;
  return {
    role: roles[fleet.InstanceFleetType ?? 'TASK'],
    onDemandCapacity: fleet.TargetOnDemandCapacity ?? 0,
    spotCapacity: fleet.TargetSpotCapacity ?? 0,
    types: (fleet.InstanceTypeSpecifications ?? []).map(
      ({ InstanceType, WeightedCapacity, BidPriceAsPercentageOfOnDemandPrice: bid }) => ({
        instanceType: InstanceType,
        weight: WeightedCapacity ?? 1,
        bidPercent: bid === undefined ? null : Math.round(bid),
      }),
    ),
    // EMR's own default, also for a fleet that says nothing (Amazon EMR Management Guide).
    spotAllocation: spotAllocations.find((known) => known === allocation) ?? 'lowest-price',
    spotTimeoutMinutes: SpotSpecification?.TimeoutDurationMinutes ?? 60,
    spotTimeoutAction: SpotSpecification?.TimeoutAction ?? 'SWITCH_TO_ON_DEMAND',
  };
}
