import type { MachineId } from '../../shared/model/machine';
import type { UnitsSnapshot } from '../../shared/model/service-unit';
import { nuvem } from '../api/nuvem';
import { type ByMachine, createMachineSnapshotStore, follow } from './snapshot-store';

/** The services of each machine that was looked at in this run. */
export const unitsStore = createMachineSnapshotStore<UnitsSnapshot>();

/** Starts feeding the store. @throws AppError when the list can't be had */
export const followUnits = (): Promise<void> =>
  follow(nuvem.units.changed, nuvem.units.list, unitsStore.accept);

const nothing: Pick<UnitsSnapshot, 'activity' | 'found'> = { activity: { kind: 'idle' }, found: null };

export const unitsOf = (
  units: ByMachine<UnitsSnapshot>,
  machineId: MachineId,
): Pick<UnitsSnapshot, 'activity' | 'found'> => units[machineId] ?? nothing;
