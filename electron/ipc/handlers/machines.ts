import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { MachineId } from '../../../shared/model/machine';
import type { MachineStore } from '../../machines/machine-store';
import type { RecentMachines } from '../../machines/recent-machines';

export function machinesHandlers(
  store: MachineStore,
  recentMachines: RecentMachines,
  removeMachines: (machineIds: readonly MachineId[]) => Promise<void>,
): HandlersOf<AppContract>['machines'] {
  return {
    list: () => store.list(),
    save: (draft) => store.save(draft),
    duplicate: ({ machineId }) => store.duplicate(machineId),
    remove: ({ machineIds }) => removeMachines(machineIds),
    restore: ({ machineIds }) => store.restore(machineIds),
    mark: ({ machineIds, marks }) => store.mark(machineIds, marks),
    move: ({ machineIds, groupId, before }) => store.move(machineIds, groupId, before),
    recent: () => recentMachines.snapshot(),
    saveDefaults: (settings) => store.saveDefaults(settings),
  };
}
