import type { GroupId, MachineId } from '../../../shared/model/machine';
import type { MachineMarks } from '../../../shared/model/machine-marks';
import { nuvem } from '../../api/nuvem';
import { setCollapsed } from '../../stores/collapsed-store';
import { offerGroupRestore, showFailure } from '../../stores/notices-store';
import type { Drop } from './tree-drop';
import { groupKey } from './tree-rows';

/** Sets favourite, colour or tags of machines. */
export function markMachines(machineIds: readonly MachineId[], marks: MachineMarks): void {
  nuvem.machines.mark({ machineIds, marks }).catch(showFailure);
}

/** Puts machines last into a group, or into none. */
export function moveMachines(machineIds: readonly MachineId[], groupId: GroupId | null): void {
  nuvem.machines.move({ machineIds, groupId, before: null }).catch(showFailure);
}

/** Puts a group last into another one, or into none. */
export function moveGroup(groupId: GroupId, parentId: GroupId | null): void {
  nuvem.groups.move({ groupId, parentId, before: null }).catch(showFailure);
}

/** Removes a group, what lies in it moves up, and offers to undo it. @throws AppError */
export async function removeGroup(groupId: GroupId, name: string): Promise<void> {
  await nuvem.groups.remove({ groupId });
  offerGroupRestore(groupId, name);
}

/** Does what a drop means; the group that something was dropped into is unfolded. */
export function perform(drop: Drop): void {
  switch (drop.kind) {
    case 'favour':
      markMachines(drop.machineIds, { isFavourite: true });
      return;
    case 'moveMachines': {
      const { machineIds, groupId, before } = drop;
      if (groupId !== null) setCollapsed([groupKey(groupId)], false);
      nuvem.machines.move({ machineIds, groupId, before }).catch(showFailure);
      return;
    }
    case 'moveGroup': {
      const { groupId, parentId, before } = drop;
      if (parentId !== null) setCollapsed([groupKey(parentId)], false);
      nuvem.groups.move({ groupId, parentId, before }).catch(showFailure);
    }
  }
}
