import { z } from 'zod';

export const fleetRoles = ['primary', 'core', 'task'] as const;

/** By what EC2 chooses spot instances for a fleet, as EMR names it. */
export const spotAllocations = [
  'price-capacity-optimized',
  'capacity-optimized',
  'lowest-price',
  'diversified',
] as const;

/** What EMR does when there are not enough spot instances in time. */
export const spotTimeoutActions = ['SWITCH_TO_ON_DEMAND', 'TERMINATE_CLUSTER'] as const;

const capacity = z
  .number('capacity-invalid')
  .int('capacity-invalid')
  .min(0, 'capacity-invalid')
  .max(10_000, 'capacity-invalid');

const FleetType = z.strictObject({
  instanceType: z
    .string()
    .trim()
    .regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, 'fleet-types-invalid'),
  /** Units of capacity that one instance of this type counts for. */
  weight: z
    .number('fleet-types-invalid')
    .int('fleet-types-invalid')
    .min(1, 'fleet-types-invalid')
    .max(999, 'fleet-types-invalid'),
  /** The most that a spot instance may cost, in per cent of the price on demand; null: that price. */
  bidPercent: z
    .number('fleet-types-invalid')
    .int('fleet-types-invalid')
    .min(1, 'fleet-types-invalid')
    .max(1000, 'fleet-types-invalid')
    .nullable(),
});
export type EmrFleetType = Readonly<z.infer<typeof FleetType>>;

/** EMR takes up to 30 types for one fleet, each once. */
const mostTypes = 30;
const areTypesDistinct = (types: readonly EmrFleetType[]): boolean =>
  new Set(types.map(({ instanceType }) => instanceType)).size === types.length;

/** Instances of several types that EMR chooses from: on demand by the lowest price, on the spot as is set. */
export const EmrFleet = z
  .strictObject({
    role: z.enum(fleetRoles),
    /** In units, see `weight`. */
    onDemandCapacity: capacity,
    spotCapacity: capacity,
    types: z
      .array(FleetType)
      .min(1, 'fleet-types-invalid')
      .max(mostTypes, 'fleet-types-invalid')
      .readonly()
      .refine(areTypesDistinct, 'fleet-types-invalid'),
    spotAllocation: z.enum(spotAllocations),
    /** EMR waits so long for spot instances: 5 minutes to a day. */
    spotTimeoutMinutes: z
      .number('fleet-timeout-invalid')
      .int('fleet-timeout-invalid')
      .min(5, 'fleet-timeout-invalid')
      .max(1440, 'fleet-timeout-invalid'),
    spotTimeoutAction: z.enum(spotTimeoutActions),
  })
  .refine(({ onDemandCapacity, spotCapacity }) => onDemandCapacity + spotCapacity > 0, {
    message: 'capacity-invalid',
    path: ['onDemandCapacity'],
  });
export type EmrFleet = Readonly<z.infer<typeof EmrFleet>>;

/** One primary instance, and at most one fleet for each role. */
export function areFleetsRight(fleets: readonly EmrFleet[]): boolean {
  if (fleets.length === 0) return true;
  const primary = fleets.find(({ role }) => role === 'primary');
  const roles = new Set(fleets.map(({ role }) => role));
  if (primary === undefined || roles.size !== fleets.length) return false;
  // The primary fleet is one instance, whatever its type counts for.
  return primary.onDemandCapacity + primary.spotCapacity === 1;
}
