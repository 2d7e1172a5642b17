import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { MachineStore } from '../../machines/machine-store';

export function groupsHandlers(store: MachineStore): HandlersOf<AppContract>['groups'] {
  return {
    save: (draft) => store.saveGroup(draft),
    move: ({ groupId, parentId, before }) => store.moveGroup(groupId, parentId, before),
    remove: ({ groupId }) => store.removeGroup(groupId),
    restore: ({ groupId }) => store.restoreGroup(groupId),
  };
}
