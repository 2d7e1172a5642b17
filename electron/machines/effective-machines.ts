import { chainOf, settingsFor, withInherited } from '../../shared/model/inheritance';
import type { GroupId, Machine, MachineId } from '../../shared/model/machine';
import type { GroupSettings } from '../../shared/model/machine-group';
import type { MachinesData } from './machines-data';

/** The machines of some data with what they inherit in its place. */
export interface EffectiveMachines {
  readonly data: MachinesData;
  /** In the order of `data.machines`. */
  readonly machines: readonly Machine[];
  readonly byId: ReadonlyMap<MachineId, Machine>;
}

/** Machines that are as in `previous`, if given, are the same objects as there. */
export function effectiveMachines(data: MachinesData, previous?: EffectiveMachines): EffectiveMachines {
  const settingsOf = settingsByGroup(data);
  const areSettingsKept = previous?.data.groups === data.groups && previous.data.defaults === data.defaults;
  const known = new Map(areSettingsKept ? previous.data.machines.map((own) => [own.id, own]) : []);
  const machines = data.machines.map((own) => {
    const before = known.get(own.id) === own ? previous?.byId.get(own.id) : undefined;
    return before ?? withInherited(own, settingsOf(own.groupId));
  });
  return { data, machines, byId: new Map(machines.map((machine) => [machine.id, machine])) };
}

/** What the members of each group inherit. */
export function settingsByGroup({
  groups,
  defaults,
}: Pick<MachinesData, 'groups' | 'defaults'>): (groupId: GroupId | null) => GroupSettings {
  const byId = new Map(groups.map((group) => [group.id, group]));
  const known = new Map<GroupId | null, GroupSettings>();
  return (groupId) => {
    let settings = known.get(groupId);
    if (settings === undefined) {
      settings = settingsFor(
        chainOf(groupId, (id) => byId.get(id)),
        defaults,
      );
      known.set(groupId, settings);
    }
    return settings;
  };
}
