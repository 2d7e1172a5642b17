import type { Machine } from '../../../shared/model/machine';
import type { MachineGroup } from '../../../shared/model/machine-group';
import { perform } from './tree-actions';
import type { TreeRow } from './tree-rows';

/** Moves a machine or a group one place up or down among its siblings; at the end of them nothing happens. */
export function shiftRow(
  row: TreeRow,
  steps: -1 | 1,
  machines: readonly Machine[],
  groups: readonly MachineGroup[],
): void {
  if (row.kind === 'machine' && row.section === 'all') {
    const { id, groupId } = row.machine;
    const before = placeFor(
      machines.filter((machine) => machine.groupId === groupId),
      id,
      steps,
    );
    if (before !== undefined) perform({ kind: 'moveMachines', machineIds: [id], groupId, before });
  } else if (row.kind === 'group') {
    const { id, parentId } = row.group;
    const before = placeFor(
      groups.filter((group) => group.parentId === parentId),
      id,
      steps,
    );
    if (before !== undefined) perform({ kind: 'moveGroup', groupId: id, parentId, before });
  }
}

/** The sibling before which to put the item, null for the end; undefined when it is there already. */
function placeFor<Id>(
  siblings: readonly { readonly id: Id }[],
  id: Id,
  steps: -1 | 1,
): Id | null | undefined {
  const index = siblings.findIndex((sibling) => sibling.id === id);
  if (steps < 0) return siblings[index - 1]?.id;
  return index + 1 >= siblings.length ? undefined : (siblings[index + 2]?.id ?? null);
}
