import { z } from 'zod';
import { chainOf } from '../../shared/model/inheritance';
import { Machine } from '../../shared/model/machine';
import { GroupSettings, MachineGroup } from '../../shared/model/machine-group';
import { checkedOnce } from './checked-once';

/**
 * What `machines.json` holds: the machines with their own settings, not with what they inherit. Secrets are never
 * in it.
 */
export const MachinesData = z.strictObject({
  machines: z.array(checkedOnce(Machine)).readonly(),
  groups: z.array(MachineGroup).readonly(),
  defaults: GroupSettings,
});
export type MachinesData = Readonly<z.infer<typeof MachinesData>>;

export const noMachines: MachinesData = { machines: [], groups: [], defaults: {} };

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
