import type { MachineGroup } from '../../../shared/model/machine-group';
import type { MachinesData } from '../machines-data';
import type { ImportChange } from './apply-plan';

/**
 * The machines as if an import had not been: those it replaced are as they were, the groups it made are gone
 * unless something else is in them by now, and so are its default settings unless they were changed since.
 */
export function withoutImport(
  data: MachinesData,
  { addedIds, addedGroupIds, replaced, defaults }: Omit<ImportChange, 'data'>,
): MachinesData {
  const before = new Map(replaced.map((machine) => [machine.id, machine]));
  const groupIds = new Set(data.groups.map(({ id }) => id));
  const machines = data.machines
    .filter(({ id }) => !addedIds.includes(id))
    .map((machine) => {
      const old = before.get(machine.id);
      if (old === undefined) return machine;
      return old.groupId === null || groupIds.has(old.groupId) ? old : { ...old, groupId: null };
    });
  let groups: readonly MachineGroup[] = data.groups;
  // The inner ones were made last.
  for (const id of addedGroupIds.toReversed()) {
    const isUsed =
      machines.some(({ groupId }) => groupId === id) || groups.some(({ parentId }) => parentId === id);
    if (!isUsed) groups = groups.filter((group) => group.id !== id);
  }
  const isUnchanged = defaults !== null && data.defaults === defaults.after;
  return { ...data, machines, groups, ...(isUnchanged && { defaults: defaults.before }) };
}
