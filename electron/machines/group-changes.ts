import { AppError } from '../../shared/errors/app-error';
import { chainOf, sourceOf, withInherited } from '../../shared/model/inheritance';
import type { GroupId, InheritableSetting, Machine } from '../../shared/model/machine';
import type { MachineGroup } from '../../shared/model/machine-group';
import { arranged } from './arrange';
import { settingsByGroup } from './effective-machines';
import type { MachinesData } from './machines-data';

/** @throws group-not-found */
export function groupOf({ groups }: Pick<MachinesData, 'groups'>, id: GroupId): MachineGroup {
  const group = groups.find((candidate) => candidate.id === id);
  if (group === undefined) throw new AppError('group-not-found');
  return group;
}

/** Adds the group, or puts it in the place of the one with its id. @throws group-not-found, group-loop */
export function withGroup(data: MachinesData, group: MachineGroup): MachinesData {
  assertNoLoop(data, group);
  const isKnown = data.groups.some(({ id }) => id === group.id);
  const groups = isKnown
    ? data.groups.map((other) => (other.id === group.id ? group : other))
    : [...data.groups, group];
  return { ...data, groups };
}

/** Puts a group into another one (null: none), before one of its groups or last. @throws group-not-found, group-loop */
export function withMovedGroup(
  data: MachinesData,
  { id, parentId, before }: { id: GroupId; parentId: GroupId | null; before: GroupId | null },
): MachinesData {
  const moved = withGroup(data, { ...groupOf(data, id), parentId });
  return { ...moved, groups: arranged(moved.groups, [id], before) };
}

/** What it takes to bring a removed group back. */
export interface RemovedGroup {
  readonly group: MachineGroup;
  readonly index: number;
  readonly groupIds: ReadonlySet<GroupId>;
  /** Its machines, before and after. */
  readonly machines: ReadonlyMap<Machine['id'], { readonly before: Machine; readonly after: Machine }>;
}

/**
 * Without the group: its groups and machines move up to where it was. What the machines had from it becomes their
 * own, so that they work as before. @throws group-not-found
 */
export function withoutGroup(
  data: MachinesData,
  id: GroupId,
): { readonly data: MachinesData; readonly removed: RemovedGroup } {
  const group = groupOf(data, id);
  const index = data.groups.indexOf(group);
  const settingsOf = settingsByGroup(data);
  const lostIn = settingsFrom(group, data);
  const machines = new Map<Machine['id'], { before: Machine; after: Machine }>();
  const kept = data.machines.map((before) => {
    const lost = before.groupId === null ? undefined : lostIn.get(before.groupId);
    if (lost === undefined) return before;
    const ofGroup = before.inherits.filter((setting) => lost.includes(setting));
    const after = {
      ...withInherited({ ...before, inherits: ofGroup }, settingsOf(before.groupId)),
      inherits: before.inherits.filter((setting) => !ofGroup.includes(setting)),
      groupId: before.groupId === id ? group.parentId : before.groupId,
    };
    machines.set(before.id, { before, after });
    return after;
  });
  const groupIds = new Set(data.groups.filter(({ parentId }) => parentId === id).map((child) => child.id));
  const groups = data.groups
    .filter((other) => other !== group)
    .map((other) => (groupIds.has(other.id) ? { ...other, parentId: group.parentId } : other));
  return { data: { ...data, machines: kept, groups }, removed: { group, index, groupIds, machines } };
}

/** Brings a group back, with what is still where its removal left it. */
export function withRestoredGroup(data: MachinesData, removed: RemovedGroup): MachinesData {
  const { group, groupIds, machines } = removed;
  const hasParent = data.groups.some(({ id }) => id === group.parentId);
  const parentId = hasParent ? group.parentId : null;
  const groups = data.groups
    .map((other) =>
      groupIds.has(other.id) && other.parentId === parentId ? { ...other, parentId: group.id } : other,
    )
    .toSpliced(removed.index, 0, { ...group, parentId });
  return {
    ...data,
    groups,
    machines: data.machines.map((now) => {
      const known = machines.get(now.id);
      if (known === undefined || now.groupId !== known.after.groupId) return now;
      if (JSON.stringify(now) === JSON.stringify(known.after)) return known.before;
      return { ...now, groupId: known.before.groupId };
    }),
  };
}

/** For each group that lies in `group`, and for itself: the settings that its machines have from `group`. */
function settingsFrom(
  group: MachineGroup,
  { groups, defaults }: MachinesData,
): ReadonlyMap<GroupId, readonly InheritableSetting[]> {
  const byId = new Map(groups.map((other) => [other.id, other]));
  const names = Object.keys(group.settings) as InheritableSetting[];
  return new Map(
    groups.flatMap(({ id }) => {
      const chain = chainOf(id, (groupId) => byId.get(groupId));
      if (!chain.includes(group)) return [];
      return [[id, names.filter((name) => sourceOf(name, chain, defaults) === group)] as const];
    }),
  );
}

function assertNoLoop(data: MachinesData, { id, name, parentId }: MachineGroup): void {
  if (parentId === null) return;
  groupOf(data, parentId);
  const above = chainOf(parentId, (groupId) => data.groups.find((one) => one.id === groupId));
  if (above.some((group) => group.id === id)) throw new AppError('group-loop', { group: name });
}
