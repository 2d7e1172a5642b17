import { collisionFinder } from '../../../shared/model/import-collision';
import type { ImportItem, ImportKey, ImportPlan } from '../../../shared/model/import-plan';
import type { Machine, MachineId } from '../../../shared/model/machine';

/** The chosen items, each with the saved machine whose place it takes; null: a new machine. */
export type ImportSelection = ReadonlyMap<ImportKey, MachineId | null>;

/** At first all are chosen that are not here already. */
export function firstSelection({ items }: ImportPlan, machines: readonly Machine[]): ImportSelection {
  const find = collisionFinder(machines);
  return withItems(
    new Map(),
    items.filter((item) => find(item)?.by !== 'both'),
  );
}

/** Adds items; those that are chosen stay as they are. */
export function withItems(selection: ImportSelection, items: readonly ImportItem[]): ImportSelection {
  return new Map([...items.map(({ key }) => [key, null] as const), ...selection]);
}

export function withoutItems(selection: ImportSelection, items: readonly ImportItem[]): ImportSelection {
  const keys = new Set(items.map(({ key }) => key));
  return new Map([...selection].filter(([key]) => !keys.has(key)));
}

/** Items whose name, address, user, group or tags have every word of the search in them. */
export function searchItems(items: readonly ImportItem[], search: string): readonly ImportItem[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return items;
  return items.filter(({ machine, groupPath }) => {
    const { name, route, tags } = machine;
    const text = [name, route.host, route.user, ...groupPath, ...tags].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
