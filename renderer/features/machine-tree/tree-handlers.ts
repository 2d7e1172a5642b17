import type { MachineId } from '../../../shared/model/machine';
import type { MachineRow, TreeRow } from './tree-rows';

/** For what a context menu was asked. */
export interface MenuRequest {
  /** Null: for the empty space, or the list as a whole. */
  readonly row: TreeRow | null;
  /** The machines that it is about, if it is about machines. */
  readonly machineIds: readonly MachineId[];
  /** Where to open it, in the window. */
  readonly x: number;
  readonly y: number;
}

/** What the tree leaves to others. */
export interface TreeHandlers {
  readonly openMenu: (request: MenuRequest) => void;
  /** Enter or a double click. */
  readonly activate: (row: MachineRow) => void;
  readonly edit: (row: TreeRow) => void;
  readonly remove: (row: TreeRow, machineIds: readonly MachineId[]) => void;
  /** Moves a row up or down among its siblings. */
  readonly shift: (row: TreeRow, steps: -1 | 1) => void;
}
