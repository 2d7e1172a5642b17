import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { MachineId } from '../../../shared/model/machine';
import type { MachineStore } from '../../machines/machine-store';

export function machinesHandlers(
  store: MachineStore,
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
    saveDefaults: (settings) => store.saveDefaults(settings),
  };
}
