import { z } from 'zod';
import { Machine, MachineId } from './machine';
import { GroupSettings, MachineGroup } from './machine-group';
import type { MachineList } from './machine-list';

/** What leads from one list of machines to the next: of ten thousand, only those that are not as before. */
export const MachineListChange = z.strictObject({
  /** Of the list that it leads to. It fits the list of the revision before, and no other. */
  revision: z.number().int(),
  /** The machines that are new or not as before. */
  machines: z.array(Machine).readonly(),
  /** All machines that there are now, in the order of the user; null: the same ones as before. */
  order: z.array(MachineId).readonly().nullable(),
  /** Null: as before. */
  groups: z.array(MachineGroup).readonly().nullable(),
  /** Null: as before. */
  defaults: GroupSettings.nullable(),
});
export type MachineListChange = Readonly<z.infer<typeof MachineListChange>>;

/** What leads from a list to the next. What is the same object in both is taken to be as before. */
export function changeBetween(before: MachineList, after: MachineList): MachineListChange {
  const known = new Map(before.machines.map((machine) => [machine.id, machine]));
  const isInPlace =
    before.machines.length === after.machines.length &&
    after.machines.every(({ id }, index) => id === before.machines[index]?.id);
  return {
    revision: after.revision,
    machines: after.machines.filter((machine) => known.get(machine.id) !== machine),
    order: isInPlace ? null : after.machines.map(({ id }) => id),
    groups: before.groups === after.groups ? null : after.groups,
    defaults: before.defaults === after.defaults ? null : after.defaults,
  };
}

/** The list that a change leads to. What it doesn't change stays the same object. */
export function withChange(list: MachineList, change: MachineListChange): MachineList {
  const areMachinesKept = change.machines.length === 0 && change.order === null;
  return {
    revision: change.revision,
    machines: areMachinesKept ? list.machines : machinesAfter(list, change),
    groups: change.groups ?? list.groups,
    defaults: change.defaults ?? list.defaults,
  };
}

function machinesAfter({ machines }: MachineList, change: MachineListChange): readonly Machine[] {
  const changed = new Map(change.machines.map((machine) => [machine.id, machine]));
  if (change.order === null) return machines.map((machine) => changed.get(machine.id) ?? machine);
  const known = new Map(machines.map((machine) => [machine.id, machine]));
  return change.order.flatMap((id) => changed.get(id) ?? known.get(id) ?? []);
}
