import type { GroupId, InheritableSetting, Machine, MachineDraft, MachineId, Route } from './machine';
import { builtInSettings, type GroupSettings, type MachineGroup } from './machine-group';

/** The groups that a group lies in, itself first. A group that is missing, or reached again, ends the chain. */
export function chainOf(
  groupId: GroupId | null,
  find: (id: GroupId) => MachineGroup | undefined,
): readonly MachineGroup[] {
  const chain: MachineGroup[] = [];
  let group = groupId === null ? undefined : find(groupId);
  while (group !== undefined && !chain.includes(group)) {
    chain.push(group);
    group = group.parentId === null ? undefined : find(group.parentId);
  }
  return chain;
}

/** What machines inherit whose group heads `chain`. */
export function settingsFor(chain: readonly MachineGroup[], defaults: GroupSettings): GroupSettings {
  const levels = [...chain.map(({ settings }) => settings), defaults, builtInSettings];
  return Object.assign({}, ...levels.toReversed()) as GroupSettings;
}

/** Who sets a setting for the machines whose group heads `chain`; a group, the default settings, or Nuvem itself. */
export function sourceOf(
  setting: InheritableSetting,
  chain: readonly MachineGroup[],
  defaults: GroupSettings,
): MachineGroup | 'defaults' | 'builtIn' {
  const group = chain.find(({ settings }) => setting in settings);
  return group ?? (setting in defaults ? 'defaults' : 'builtIn');
}

type Inheriting = Pick<Machine, 'route' | Exclude<InheritableSetting, keyof Route>> &
  Pick<MachineDraft, 'id' | 'inherits'>;

/**
 * The machine with what it inherits of `settings` in its place; what nobody sets stays as the machine has it. A
 * machine that is itself one of the inherited jump hosts takes those before it.
 */
export function withInherited<M extends Inheriting>(machine: M, settings: GroupSettings): M {
  const inherited = machine.inherits.filter((setting) => setting in settings);
  if (inherited.length === 0) return machine;
  const { user, port, jumps, proxy, ...others }: GroupSettings = Object.fromEntries(
    inherited.map((setting) => [setting, settings[setting]]),
  );
  const route = {
    ...machine.route,
    ...(user !== undefined && { user }),
    ...(port !== undefined && { port }),
    ...(jumps !== undefined && { jumps: jumpsBefore(machine.id, jumps) }),
    ...(proxy !== undefined && { proxy }),
  };
  return { ...machine, ...others, route };
}

function jumpsBefore(id: MachineId | null, jumps: Machine['route']['jumps']): Machine['route']['jumps'] {
  const index = jumps.findIndex((jump) => jump.kind === 'machine' && jump.machineId === id);
  return index < 0 ? jumps : jumps.slice(0, index);
}
