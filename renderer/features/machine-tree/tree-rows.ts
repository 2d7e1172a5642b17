import { type GroupId, isSaved, type Machine, type MachineId } from '../../../shared/model/machine';
import type { MachineGroup } from '../../../shared/model/machine-group';
import type { MachineList } from '../../../shared/model/machine-list';
import type { FoundMachine } from './machine-search';

export type SectionName = 'unsaved' | 'favourites' | 'recent' | 'all';

interface RowPlace {
  /** Differs for the places at which one machine stands. */
  readonly key: string;
  /** From 1. */
  readonly level: number;
  /** From 1, among its siblings. */
  readonly position: number;
  readonly siblings: number;
}

export interface SectionRow extends RowPlace {
  readonly kind: 'section';
  readonly section: SectionName;
  readonly isExpanded: boolean;
}

export interface GroupRow extends RowPlace {
  readonly kind: 'group';
  readonly group: MachineGroup;
  readonly isExpanded: boolean;
  /** In it and in the groups in it. */
  readonly machineCount: number;
}

export interface MachineRow extends RowPlace {
  readonly kind: 'machine';
  readonly machine: Machine;
  /** Null in the results of a search. */
  readonly section: SectionName | null;
  readonly found: FoundMachine | null;
}

/** A visible line of the tree. */
export type TreeRow = SectionRow | GroupRow | MachineRow;

/** With fewer machines, all are in view anyway and a list of the recent ones would only say them twice. */
const recentFrom = 13;
const recentShown = 5;

interface TreeContent extends Pick<MachineList, 'machines' | 'groups'> {
  readonly recentIds: readonly MachineId[];
  /** Keys of the sections and groups whose lines are hidden. */
  readonly collapsed: ReadonlySet<string>;
}

/**
 * The lines of the tree from top to bottom: machines that are not saved, favourites, recent ones, then all by group,
 * groups before machines.
 */
export function treeRows({ machines: known, groups, recentIds, collapsed }: TreeContent): readonly TreeRow[] {
  const unsaved = known.filter((machine) => !isSaved(machine));
  const machines = unsaved.length === 0 ? known : known.filter(isSaved);
  const favourites = machines.filter(({ isFavourite }) => isFavourite);
  const recent = machines.length < recentFrom ? [] : recentMachines(machines, recentIds);
  const isSplit = unsaved.length > 0 || favourites.length > 0 || recent.length > 0;
  const sections: readonly (readonly [SectionName, (level: number) => readonly TreeRow[]])[] = [
    ['unsaved', (level) => machineRows(unsaved, 'unsaved', level)],
    ['favourites', (level) => machineRows(favourites, 'favourites', level)],
    ['recent', (level) => machineRows(recent, 'recent', level)],
    ['all', (level) => groupedRows({ machines, groups, collapsed }, level)],
  ];
  if (!isSplit) return groupedRows({ machines, groups, collapsed }, 1);
  const members = { unsaved, favourites, recent, all: [...machines, ...groups] };
  const shown = sections.filter(([name]) => members[name].length > 0);
  return shown.flatMap(([section, rowsAt], index): readonly TreeRow[] => {
    const key = sectionKey(section);
    const isExpanded = !collapsed.has(key);
    const place = { key, level: 1, position: index + 1, siblings: shown.length };
    return [{ kind: 'section', section, isExpanded, ...place }, ...(isExpanded ? rowsAt(2) : [])];
  });
}

/** The results of a search, best first; rows of the search before that say the same are the same. */
export function searchRows(
  found: readonly FoundMachine[],
  before: readonly TreeRow[] = [],
): readonly TreeRow[] {
  const siblings = found.length;
  return found.map((result, index) => {
    const known = before[index];
    if (known?.kind === 'machine' && known.found === result && known.siblings === siblings) return known;
    return {
      kind: 'machine',
      key: `found:${result.machine.id}`,
      machine: result.machine,
      section: null,
      found: result,
      level: 1,
      position: index + 1,
      siblings,
    };
  });
}

export const sectionKey = (section: SectionName): string => `section:${section}`;
export const groupKey = (groupId: GroupId): string => `group:${groupId}`;

function machineRows(
  machines: readonly Machine[],
  section: SectionName,
  level: number,
  offset = 0,
): readonly MachineRow[] {
  return machines.map((machine, index) => ({
    kind: 'machine',
    key: `${section}:${machine.id}`,
    machine,
    section,
    found: null,
    level,
    position: offset + index + 1,
    siblings: offset + machines.length,
  }));
}

function groupedRows(
  { machines, groups, collapsed }: Pick<TreeContent, 'machines' | 'groups' | 'collapsed'>,
  topLevel: number,
): readonly TreeRow[] {
  const groupsIn = groupedBy(groups, ({ parentId }) => parentId);
  const machinesIn = groupedBy(machines, ({ groupId }) => groupId);
  const counts = new Map<GroupId, number>();
  const countIn = (groupId: GroupId): number => {
    const inner = groupsIn.get(groupId)?.reduce((sum, { id }) => sum + countIn(id), 0) ?? 0;
    const count = inner + (machinesIn.get(groupId)?.length ?? 0);
    counts.set(groupId, count);
    return count;
  };
  for (const { id } of groupsIn.get(null) ?? []) countIn(id);
  const rows: TreeRow[] = [];
  const add = (parentId: GroupId | null, level: number): void => {
    const inner = groupsIn.get(parentId) ?? [];
    const members = machinesIn.get(parentId) ?? [];
    const siblings = inner.length + members.length;
    for (const [index, group] of inner.entries()) {
      const key = groupKey(group.id);
      const isExpanded = !collapsed.has(key);
      const machineCount = counts.get(group.id) ?? 0;
      rows.push({
        kind: 'group',
        key,
        group,
        isExpanded,
        machineCount,
        level,
        position: index + 1,
        siblings,
      });
      if (isExpanded) add(group.id, level + 1);
    }
    for (const row of machineRows(members, 'all', level, inner.length)) rows.push(row);
  };
  add(null, topLevel);
  return rows;
}

function recentMachines(machines: readonly Machine[], ids: readonly MachineId[]): readonly Machine[] {
  const wanted = new Set(ids);
  const byId = new Map(machines.filter(({ id }) => wanted.has(id)).map((machine) => [machine.id, machine]));
  return ids.flatMap((id) => byId.get(id) ?? []).slice(0, recentShown);
}

function groupedBy<Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): ReadonlyMap<Key, readonly Item[]> {
  const grouped = new Map<Key, Item[]>();
  for (const item of items) {
    const known = grouped.get(keyOf(item));
    if (known) known.push(item);
    else grouped.set(keyOf(item), [item]);
  }
  return grouped;
}
