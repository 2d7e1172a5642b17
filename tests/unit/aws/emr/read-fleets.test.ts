import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fleetOf, type ListedFleet, shownFleet } from '../../../../electron/aws/emr/read-fleets';
import { EmrFleet } from '../../../../shared/model/emr-fleet';
import { emrRequest } from '../../../../shared/model/emr-request';
import { usualTemplate } from '../../../../shared/model/emr-template';
import { anyFleets } from '../../../support/emr-samples';

/** The fleets of a cluster that was made from these, as EMR lists them. */
const listed = (fleets: readonly EmrFleet[]): readonly ListedFleet[] =>
  (emrRequest({ ...usualTemplate, fleets }).Instances.InstanceFleets ?? []).map(
    ({ InstanceTypeConfigs, ...fleet }) => ({ ...fleet, InstanceTypeSpecifications: InstanceTypeConfigs }),
  );

/** What EMR is not told, for it means nothing then. */
const told = (fleet: EmrFleet): EmrFleet => ({
  ...fleet,
  ...(fleet.role === 'primary' ? { types: fleet.types.map((type) => ({ ...type, weight: 1 })) } : {}),
  ...(fleet.spotCapacity > 0
    ? {}
    : { spotAllocation: 'lowest-price', spotTimeoutMinutes: 60, spotTimeoutAction: 'SWITCH_TO_ON_DEMAND' }),
});

test('fleets that EMR was asked for come back from its list as they were', () => {
  fc.assert(
    fc.property(anyFleets, (fleets) => {
      expect(listed(fleets).map((fleet) => EmrFleet.parse(fleetOf(fleet)))).toEqual(fleets.map(told));
    }),
  );
});

test('what runs of a fleet is shown in units', () => {
  const shown = shownFleet({
    InstanceFleetType: 'CORE',
    TargetOnDemandCapacity: 2,
    ProvisionedOnDemandCapacity: 1,
    TargetSpotCapacity: 8,
    InstanceTypeSpecifications: [{ InstanceType: 'm5.xlarge' }, { InstanceType: 'r5.xlarge' }],
  });
  expect(shown).toEqual({
    role: 'core',
    instanceTypes: ['m5.xlarge', 'r5.xlarge'],
    onDemand: { requested: 2, running: 1 },
    spot: { requested: 8, running: 0 },
  });
});
