import type { Machine, MachineId } from '../../shared/model/machine';
import type { MachineList } from '../../shared/model/machine-list';
import { nuvem } from '../api/nuvem';
import { createSnapshotStore, follow } from './snapshot-store';

/** The saved machines. */
export const machinesStore = createSnapshotStore<MachineList>({
  revision: -1,
  machines: [],
  groups: [],
  defaults: {},
});

/** Starts feeding the store. @throws AppError when the list can't be had */
export const followMachines = (): Promise<void> =>
  follow(nuvem.machines.changed, nuvem.machines.list, machinesStore.accept);

/** The machine with this id, if it (still) exists. */
export function findMachine(list: Pick<MachineList, 'machines'>, machineId: MachineId): Machine | undefined {
  return list.machines.find((machine) => machine.id === machineId);
}
