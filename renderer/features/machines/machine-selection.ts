import type { Machine, MachineId } from '../../../shared/model/machine';
import type { View } from '../../stores/view-store';

/** Which machine the machines page shows: the chosen one, or the first when none (that still exists) is chosen. */
export function shownMachine(machines: readonly Machine[], selected: View['selected']): Machine | undefined {
  const chosen =
    selected.kind === 'machine' ? machines.find((machine) => machine.id === selected.machineId) : undefined;
  return chosen ?? machines[0];
}

/** The machine to show after others were removed: the one after the first of them, else the one before. */
export function machineAfterRemoval(
  machines: readonly Machine[],
  removedIds: readonly MachineId[],
): Machine | undefined {
  const first = machines.findIndex(({ id }) => removedIds.includes(id));
  const isLeft = ({ id }: Machine): boolean => !removedIds.includes(id);
  return machines.slice(first).find(isLeft) ?? machines.slice(0, first).findLast(isLeft);
}
