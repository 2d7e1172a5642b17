import { z } from 'zod';
import { chainOf } from '../../shared/model/inheritance';
import { isSaved, type Machine, SavedMachine } from '../../shared/model/machine';
import { GroupSettings, MachineGroup } from '../../shared/model/machine-group';
import { checkedOnce } from './checked-once';

/**
 * What `machines.json` holds: the saved machines with their own settings, not with what they inherit. Secrets are
 * never in it, and an unsaved machine is refused.
 */
export const StoredMachines = z.strictObject({
  machines: z.array(checkedOnce(SavedMachine)).readonly(),
  groups: z.array(MachineGroup).readonly(),
  defaults: GroupSettings,
});
export type StoredMachines = Readonly<z.infer<typeof StoredMachines>>;

/** The same with the machines that last for this run alone, which are in no group. */
export interface MachinesData extends Omit<StoredMachines, 'machines'> {
  readonly machines: readonly Machine[];
}

export const noMachines: StoredMachines = { machines: [], groups: [], defaults: {} };

/** What of the data is kept; `stored` itself when that is what it holds already. */
export function storedPart(data: MachinesData, stored: StoredMachines): StoredMachines {
  const { groups, defaults } = data;
  const machines = data.machines.filter(isSaved);
  const isSame =
    groups === stored.groups &&
    defaults === stored.defaults &&
    machines.length === stored.machines.length &&
    machines.every((machine, index) => machine === stored.machines[index]);
  return isSame ? stored : { machines, groups, defaults };
}

/** The same without what only an edit by hand can bring: groups in a circle, and members of groups that are not there. */
export function mendedData(data: MachinesData): MachinesData {
  const byId = new Map(data.groups.map((group) => [group.id, group]));
  const groups = data.groups.map((group) => {
    if (group.parentId === null) return group;
    const top = chainOf(group.id, (id) => byId.get(id)).at(-1);
    const mended = top?.parentId === null ? group : { ...group, parentId: null };
    byId.set(group.id, mended);
    return mended;
  });
  const machines = data.machines.map((machine) =>
    machine.groupId === null || byId.has(machine.groupId) ? machine : { ...machine, groupId: null },
  );
  return { ...data, machines, groups };
}
