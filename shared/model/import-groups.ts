import type { ImportPlan } from './import-plan';

type Path = readonly string[];

/** Groups of a plan that hold no item, in themselves or in a group below; an import makes them, too. */
export function groupsWithoutItems({ groups, items }: Pick<ImportPlan, 'groups' | 'items'>): readonly Path[] {
  const used = new Set(
    items.flatMap(({ groupPath }) => groupPath.map((_, depth) => keyOf(groupPath, depth))),
  );
  return groups.map(({ path }) => path).filter((path) => !used.has(keyOf(path, path.length - 1)));
}

const keyOf = (path: Path, depth: number): string => groupPathKey(path.slice(0, depth + 1));

/** The same for two paths that name one group. */
export const groupPathKey = (path: Path): string => JSON.stringify(path.map((name) => name.trim()));
