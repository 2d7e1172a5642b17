import type { Machine, MachineId } from '../../../shared/model/machine';
import type { View } from '../../stores/view-store';

/** The machines that a search text finds: each of its words is part of the name, the user or the host. */
export function searchMachines(machines: readonly Machine[], search: string): readonly Machine[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return machines.filter(({ name, route }) => {
    const text = `${name} ${route.user}@${route.host}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Which machine the machines page shows: the chosen one, or the first when none (that still exists) is chosen. */
export function shownMachine(machines: readonly Machine[], selected: View['selected']): Machine | undefined {
  const chosen =
    selected.kind === 'machine' ? machines.find((machine) => machine.id === selected.machineId) : undefined;
  return chosen ?? machines[0];
}

/** The machine to show after another was removed: the next one, else the one before it. */
export function machineAfterRemoval(machines: readonly Machine[], removedId: MachineId): Machine | undefined {
  const index = machines.findIndex((machine) => machine.id === removedId);
  return machines[index + 1] ?? machines[index - 1];
}
