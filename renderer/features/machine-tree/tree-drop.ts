import type { GroupId, MachineId } from '../../../shared/model/machine';
import type { MachineGroup } from '../../../shared/model/machine-group';
import type { TreeRow } from './tree-rows';

/** What is being dragged. */
export type Dragged =
  | { readonly kind: 'machines'; readonly machineIds: readonly MachineId[] }
  | { readonly kind: 'group'; readonly groupId: GroupId };

/** Which part of a row the pointer is over. */
export type RowPart = 'upper' | 'middle' | 'lower';

/** What letting go would do. */
export type Drop =
  | {
      readonly kind: 'moveMachines';
      readonly machineIds: readonly MachineId[];
      readonly groupId: GroupId | null;
      readonly before: MachineId | null;
    }
  | {
      readonly kind: 'moveGroup';
      readonly groupId: GroupId;
      readonly parentId: GroupId | null;
      readonly before: GroupId | null;
    }
  | { readonly kind: 'favour'; readonly machineIds: readonly MachineId[] };

/** Where the mark of a drop is drawn. */
export type DropMark = 'above' | 'below' | 'inside';

/** What dropping on a row, or on the empty space below all (null), means; null when it means nothing. */
export function dropOn(
  dragged: Dragged,
  row: TreeRow | null,
  part: RowPart,
  rows: readonly TreeRow[],
  groups: readonly MachineGroup[],
): { readonly drop: Drop; readonly mark: DropMark } | null {
  if (dragged.kind === 'machines') return dropMachines(dragged.machineIds, row, part, rows);
  return dropGroup(dragged.groupId, row, part, groups);
}

function dropMachines(
  machineIds: readonly MachineId[],
  row: TreeRow | null,
  part: RowPart,
  rows: readonly TreeRow[],
): { readonly drop: Drop; readonly mark: DropMark } | null {
  const into = (groupId: GroupId | null, before: MachineId | null, mark: DropMark) =>
    ({ drop: { kind: 'moveMachines', machineIds, groupId, before }, mark }) as const;
  if (row === null) return into(null, null, 'inside');
  if (row.kind === 'group') return into(row.group.id, null, 'inside');
  const section = row.kind === 'section' ? row.section : row.section;
  if (section === 'favourites') return { drop: { kind: 'favour', machineIds }, mark: 'inside' };
  if (section !== 'all') return null;
  if (row.kind === 'section') return into(null, null, 'inside');
  const { groupId, id } = row.machine;
  if (part === 'upper') return into(groupId, id, 'above');
  const next = rows[rows.indexOf(row) + 1];
  const isSibling = next?.kind === 'machine' && next.section === 'all' && next.machine.groupId === groupId;
  return into(groupId, isSibling ? next.machine.id : null, 'below');
}

function dropGroup(
  groupId: GroupId,
  row: TreeRow | null,
  part: RowPart,
  groups: readonly MachineGroup[],
): { readonly drop: Drop; readonly mark: DropMark } | null {
  const move = (parentId: GroupId | null, before: GroupId | null, mark: DropMark) => {
    if (before === groupId || liesIn(parentId, groupId, groups)) return null;
    return { drop: { kind: 'moveGroup', groupId, parentId, before }, mark } as const;
  };
  if (row === null || (row.kind === 'section' && row.section === 'all')) return move(null, null, 'inside');
  if (row.kind === 'machine' && row.section === 'all') return move(row.machine.groupId, null, 'inside');
  if (row.kind !== 'group') return null;
  const { id, parentId } = row.group;
  if (part === 'middle' || (part === 'lower' && row.isExpanded)) return move(id, null, 'inside');
  if (part === 'upper') return move(parentId, id, 'above');
  const siblings = groups.filter((group) => group.parentId === parentId);
  const next = siblings[siblings.findIndex((group) => group.id === id) + 1];
  return move(parentId, next?.id ?? null, 'below');
}

/** Whether `groupId` is `outer`, or lies in it at any depth. */
function liesIn(groupId: GroupId | null, outer: GroupId, groups: readonly MachineGroup[]): boolean {
  for (let id = groupId; id !== null; id = groups.find((group) => group.id === id)?.parentId ?? null)
    if (id === outer) return true;
  return false;
}
