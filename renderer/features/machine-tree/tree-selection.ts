import type { MachineId } from '../../../shared/model/machine';
import type { MachineRow, TreeRow } from './tree-rows';

/** Which rows the user works with. */
export interface TreeSelection {
  /** The row that has, or would get, the keyboard. */
  readonly focusKey: string | null;
  /** Where a range of rows begins. */
  readonly anchorKey: string | null;
  /** In the order of the rows. */
  readonly machineIds: readonly MachineId[];
}

export const nothingSelected: TreeSelection = { focusKey: null, anchorKey: null, machineIds: [] };

/** How a row is chosen: alone, added or taken away (Ctrl, Command), with all from the anchor on (Shift). */
export type SelectMode = 'only' | 'toggle' | 'range';

export function selectRow(
  selection: TreeSelection,
  rows: readonly TreeRow[],
  row: TreeRow,
  mode: SelectMode,
): TreeSelection {
  switch (mode) {
    case 'only':
      return {
        focusKey: row.key,
        anchorKey: row.key,
        machineIds: row.kind === 'machine' ? [row.machine.id] : [],
      };
    case 'toggle': {
      if (row.kind !== 'machine') return { ...selection, focusKey: row.key };
      const chosen = new Set(selection.machineIds);
      if (!chosen.delete(row.machine.id)) chosen.add(row.machine.id);
      return { focusKey: row.key, anchorKey: row.key, machineIds: inOrder(rows, chosen) };
    }
    case 'range': {
      const anchor = rows.findIndex(({ key }) => key === (selection.anchorKey ?? row.key));
      const here = rows.indexOf(row);
      const from = anchor < 0 ? here : anchor;
      const range = rows.slice(Math.min(from, here), Math.max(from, here) + 1);
      return {
        focusKey: row.key,
        anchorKey: rows[from]?.key ?? row.key,
        machineIds: [...new Set(range.filter(isMachineRow).map(({ machine }) => machine.id))],
      };
    }
  }
}

export function selectAll(selection: TreeSelection, rows: readonly TreeRow[]): TreeSelection {
  return {
    ...selection,
    machineIds: [...new Set(rows.filter(isMachineRow).map(({ machine }) => machine.id))],
  };
}

/** What an action on a row is about: all selected machines if it is one of them, else that machine alone. */
export function machinesToActOn(selection: TreeSelection, row: MachineRow): readonly MachineId[] {
  return selection.machineIds.includes(row.machine.id) ? selection.machineIds : [row.machine.id];
}

const isMachineRow = (row: TreeRow): row is MachineRow => row.kind === 'machine';

function inOrder(rows: readonly TreeRow[], ids: ReadonlySet<MachineId>): readonly MachineId[] {
  const shown = rows.filter(isMachineRow).map(({ machine }) => machine.id);
  return [...new Set([...shown, ...ids])].filter((id) => ids.has(id));
}
