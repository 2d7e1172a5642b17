import { groupPathKey } from '../../../shared/model/import-groups';
import type { ImportedGroup, ImportedSettings } from '../../../shared/model/import-plan';
import type { GroupId } from '../../../shared/model/machine';
import type { GroupSettings, MachineGroup } from '../../../shared/model/machine-group';

type Path = readonly string[];

interface PlanGroups {
  /** Those that are needed to have groups of these paths. */
  readonly paths: readonly Path[];
  readonly planned: readonly ImportedGroup[];
  readonly existing: readonly MachineGroup[];
  readonly newGroupId: () => GroupId;
  readonly settingsOf: (settings: ImportedSettings) => GroupSettings;
}

interface MadeGroups {
  /** New ones last. */
  readonly all: readonly MachineGroup[];
  readonly addedIds: readonly GroupId[];
  /** Null for the empty path. */
  idOf(path: Path): GroupId | null;
}

/**
 * Finds groups by the names on their paths and makes those that are missing: the planned ones in their order, then
 * the others. `Lab` and `lab` are two groups.
 */
export function groupsFor({ paths, planned, existing, newGroupId, settingsOf }: PlanGroups): MadeGroups {
  const ids = new Map<string, GroupId>();
  const placeOf = (name: string, parentId: GroupId | null) => `${parentId ?? ''}/${name.trim()}`;
  // Of several with one name, the first.
  for (const { id, name, parentId } of existing.toReversed()) ids.set(placeOf(name, parentId), id);
  const known = new Map(planned.map((group) => [groupPathKey(group.path), group]));
  const added: MachineGroup[] = [];

  const make = (path: Path, name: string, parentId: GroupId | null): GroupId => {
    const { colour = null, settings = {} } = known.get(groupPathKey(path)) ?? {};
    const group: MachineGroup = {
      id: newGroupId(),
      name,
      parentId,
      colour,
      settings: settingsOf(settings),
    };
    added.push(group);
    return group.id;
  };
  const idOf = (path: Path): GroupId | null => {
    let parentId: GroupId | null = null;
    for (const [depth, name] of path.entries()) {
      const place: string = placeOf(name, parentId);
      const id: GroupId = ids.get(place) ?? make(path.slice(0, depth + 1), name, parentId);
      ids.set(place, id);
      parentId = id;
    }
    return parentId;
  };
  const needed = new Set(
    paths.flatMap((path) => path.map((_, depth) => groupPathKey(path.slice(0, depth + 1)))),
  );
  const inOrder = planned
    .map(({ path }) => path)
    .filter((path) => needed.has(groupPathKey(path)))
    // Outer ones first: else a group would stand where the first group in it was.
    .toSorted((one, other) => one.length - other.length);
  for (const path of [...inOrder, ...paths]) idOf(path);
  return { all: [...existing, ...added], addedIds: added.map(({ id }) => id), idOf };
}
