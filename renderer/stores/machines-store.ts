import { createStore } from 'zustand/vanilla';
import type { Machine, MachineId } from '../../shared/model/machine';
import type { MachineList } from '../../shared/model/machine-list';
import { type MachineListChange, withChange } from '../../shared/model/machine-list-change';
import { nuvem } from '../api/nuvem';
import { showFailure } from './notices-store';

/** The saved machines. */
export const machinesStore = createStore<MachineList>(() => ({
  revision: -1,
  machines: [],
  groups: [],
  defaults: {},
}));

/**
 * Starts feeding the store: with the whole list first, then with what changes. When a change went missing, with the
 * whole list again. @throws AppError when the first list can't be had; the subscription stays
 */
export function followMachines(): Promise<void> {
  let newestHeardOf = -1;
  let catchingUp: Promise<void> | null = null;

  const catchUp = (): Promise<void> => {
    catchingUp ??= listUntilNewest().finally(() => {
      catchingUp = null;
    });
    return catchingUp;
  };
  const listUntilNewest = async (): Promise<void> => {
    do acceptList(await nuvem.machines.list());
    while (machinesStore.getState().revision < newestHeardOf);
  };

  nuvem.machines.changed((change) => {
    newestHeardOf = Math.max(newestHeardOf, change.revision);
    if (!acceptChange(change)) catchUp().catch(showFailure);
  });
  return catchUp();
}

function acceptList(list: MachineList): void {
  machinesStore.setState((current) => (list.revision > current.revision ? list : current), true);
}

/** False: it does not fit what is here. */
function acceptChange(change: MachineListChange): boolean {
  const list = machinesStore.getState();
  if (change.revision > list.revision + 1) return false;
  if (change.revision === list.revision + 1) machinesStore.setState(withChange(list, change), true);
  return true;
}

/** The machine with this id, if it (still) exists. */
export function findMachine(list: Pick<MachineList, 'machines'>, machineId: MachineId): Machine | undefined {
  return list.machines.find((machine) => machine.id === machineId);
}
