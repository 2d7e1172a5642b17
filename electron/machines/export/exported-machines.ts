import type {
  ImportedGroup,
  ImportedMachine,
  ImportedSettings,
  ImportedTunnel,
  ImportJump,
  ImportKey,
} from '../../../shared/model/import-plan';
import { chainOf } from '../../../shared/model/inheritance';
import {
  type GroupId,
  isSaved,
  type Jump,
  type Machine,
  type MachineId,
} from '../../../shared/model/machine';
import type { GroupSettings } from '../../../shared/model/machine-group';
import type { MachineList } from '../../../shared/model/machine-list';

/** Machines in the form in which they leave Nuvem: as an import would bring them back. There are no secrets in it. */
export interface ExportedMachines {
  readonly groups: readonly ImportedGroup[];
  /** Absent: there are none, or not all machines were wanted. */
  readonly defaults?: ImportedSettings;
  readonly machines: readonly ExportedMachine[];
}

export interface ExportedMachine {
  readonly key: ImportKey;
  /** With what it inherits in its place. */
  readonly machine: ImportedMachine;
  readonly groupPath: readonly string[];
  readonly tunnels: readonly ImportedTunnel[];
}

/**
 * The saved machines with these ids, or all (null), but never the demo machine; with them come the machines that they
 * are reached through and the groups that they are in; with all machines all groups and
 * the default settings.
 */
export function exportedMachines(
  { machines, groups, defaults }: Pick<MachineList, 'machines' | 'groups' | 'defaults'>,
  ids: readonly MachineId[] | null,
): ExportedMachines {
  const groupById = new Map(groups.map((group) => [group.id, group]));
  const chain = (id: GroupId | null) => chainOf(id, (groupId) => groupById.get(groupId)).toReversed();
  const pathOf = (id: GroupId | null): readonly string[] => chain(id).map(({ name }) => name);
  const chosen = withJumpHosts(
    machines.filter(
      (machine) => isSaved(machine) && !machine.isDemo && (ids === null || ids.includes(machine.id)),
    ),
    machines,
    (machine) => [
      ...machine.route.jumps,
      ...chain(machine.groupId).flatMap(({ settings }) => settings.jumps ?? []),
    ],
  );
  const keys = keysOf(chosen);
  const keyed = (jump: Jump): ImportJump => {
    const key = jump.kind === 'machine' ? keys.get(jump.machineId) : undefined;
    return key === undefined ? jump : { kind: 'item', key };
  };
  const keyedSettings = ({ jumps, ...settings }: GroupSettings): ImportedSettings => ({
    ...settings,
    ...(jumps !== undefined && { jumps: jumps.map(keyed) }),
  });
  const used = new Set(chosen.flatMap(({ groupId }) => chain(groupId)));
  return {
    groups: groups
      .filter((group) => ids === null || used.has(group))
      .map(({ id, colour, settings }) => ({ path: pathOf(id), colour, settings: keyedSettings(settings) })),
    ...(ids === null && Object.keys(defaults).length > 0 && { defaults: keyedSettings(defaults) }),
    machines: chosen.map(({ id, groupId, isDemo: _, tunnels, ...machine }) => ({
      key: keys.get(id) as ImportKey,
      machine: { ...machine, route: { ...machine.route, jumps: machine.route.jumps.map(keyed) } },
      groupPath: pathOf(groupId),
      tunnels: tunnels.map((tunnel) => ({ ...tunnel, id: null })),
    })),
  };
}

/** In the order of the list. */
function withJumpHosts(
  wanted: readonly Machine[],
  machines: readonly Machine[],
  jumpsOf: (machine: Machine) => readonly Jump[],
): readonly Machine[] {
  const byId = new Map(machines.map((machine) => [machine.id, machine]));
  const found = new Set(wanted);
  // A set hands out what is added while one walks over it.
  for (const machine of found) {
    for (const jump of jumpsOf(machine)) {
      const over = jump.kind === 'machine' ? byId.get(jump.machineId) : undefined;
      if (over !== undefined) found.add(over);
    }
  }
  return machines.filter((machine) => found.has(machine));
}

/** Names that people can read, made unique. */
function keysOf(machines: readonly Machine[]): ReadonlyMap<MachineId, ImportKey> {
  const taken = new Set<string>();
  const keys = new Map<MachineId, ImportKey>();
  for (const { id, name } of machines) {
    let key = name;
    for (let number = 2; taken.has(key); number += 1) key = `${name} (${number})`;
    taken.add(key);
    keys.set(id, key as ImportKey);
  }
  return keys;
}
