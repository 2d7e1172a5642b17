import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { Machine, MachineDraft, MachineId } from '../../../shared/model/machine';
import type { MachineStore } from '../../machines/machine-store';
import type { RecentMachines } from '../../machines/recent-machines';

export function machinesHandlers(
  store: MachineStore,
  recentMachines: RecentMachines,
  /** Saves an unsaved machine, and all that is remembered of saved ones. */
  keepMachine: (draft: MachineDraft & { readonly id: MachineId }) => Machine,
  removeMachines: (machineIds: readonly MachineId[]) => Promise<void>,
): HandlersOf<AppContract>['machines'] {
  return {
    list: () => store.list(),
    save: (draft) => store.save(draft),
    open: ({ draft, setsIdentity }) => store.open(draft, setsIdentity),
    keep: (draft) => keepMachine(draft),
    duplicate: ({ machineId }) => store.duplicate(machineId),
    remove: ({ machineIds }) => removeMachines(machineIds),
    restore: ({ machineIds }) => store.restore(machineIds),
    mark: ({ machineIds, marks }) => store.mark(machineIds, marks),
    move: ({ machineIds, groupId, before }) => store.move(machineIds, groupId, before),
    recent: () => recentMachines.snapshot(),
    saveDefaults: (settings) => store.saveDefaults(settings),
  };
}
