import { createStore } from 'zustand/vanilla';
import type { MachineId } from '../../../shared/model/machine';
import { showMachine } from '../machines/machine-actions';
import type { TreeRow } from './tree-rows';
import { nothingSelected, type SelectMode, selectAll, selectRow, type TreeSelection } from './tree-selection';

/** Which rows of the tree the user works with. */
export const selectionStore = createStore<TreeSelection>(() => nothingSelected);

/** What is selected while a machine's page is shown: that machine, should the user have gone there by another way. */
export function selectionWith(selection: TreeSelection, shownId: MachineId | undefined): TreeSelection {
  if (shownId === undefined || selection.machineIds.includes(shownId)) return selection;
  return { ...selection, machineIds: [shownId] };
}

/** Selects a row, and shows its machine or, when that one is no longer selected, another that is. */
export function choose(
  rows: readonly TreeRow[],
  row: TreeRow,
  mode: SelectMode,
  shownId: MachineId | undefined,
): void {
  const selection = selectRow(selectionWith(selectionStore.getState(), shownId), rows, row, mode);
  selectionStore.setState(selection, true);
  const { machineIds } = selection;
  if (row.kind !== 'machine') return;
  if (machineIds.includes(row.machine.id)) showMachine(row.machine.id);
  else if (machineIds[0] !== undefined && !machineIds.some((id) => id === shownId))
    showMachine(machineIds[0]);
}

export const chooseAll = (rows: readonly TreeRow[]): void =>
  selectionStore.setState((selection) => selectAll(selection, rows), true);

/** Moves the keyboard without selecting. */
export const focusRow = (focusKey: string): void => selectionStore.setState({ focusKey });

/** Leaves only the machine selected whose page is shown. */
export const chooseNone = (): void => selectionStore.setState({ machineIds: [] });
