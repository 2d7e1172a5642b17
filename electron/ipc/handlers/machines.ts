import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { MachineId } from '../../../shared/model/machine';
import type { MachineStore } from '../../machines/machine-store';

export function machinesHandlers(
  store: MachineStore,
  removeMachine: (machineId: MachineId) => Promise<void>,
): HandlersOf<AppContract>['machines'] {
  return {
    list: () => store.list(),
    save: (draft) => store.save(draft),
    duplicate: ({ machineId }) => store.duplicate(machineId),
    remove: ({ machineId }) => removeMachine(machineId),
    restore: ({ machineId }) => store.restore(machineId),
  };
}
