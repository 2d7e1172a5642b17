import { AppError } from '../../../shared/errors/app-error';
import { collisionFinder } from '../../../shared/model/import-collision';
import { groupsWithoutItems } from '../../../shared/model/import-groups';
import type {
  ImportChoice,
  ImportedSettings,
  ImportItem,
  ImportJump,
  ImportKey,
  ImportPlan,
} from '../../../shared/model/import-plan';
import type { GroupId, Jump, Machine, MachineId, Route } from '../../../shared/model/machine';
import type { GroupSettings } from '../../../shared/model/machine-group';
import type { TunnelId } from '../../../shared/model/tunnel';
import { settingsByGroup } from '../effective-machines';
import type { MachinesData } from '../machines-data';
import { keepingValues } from './keep-values';
import { groupsFor } from './plan-groups';

/** What an import makes of the saved machines and groups, for one write. */
export interface ImportChange {
  /** New machines and groups come last. */
  readonly data: MachinesData;
  readonly addedIds: readonly MachineId[];
  readonly addedGroupIds: readonly GroupId[];
  /** Null: they stay as they were. */
  readonly defaults: { readonly before: GroupSettings; readonly after: GroupSettings } | null;
  /** Those whose place was taken, as they were. */
  readonly replaced: readonly Machine[];
}

export interface ImportIds {
  readonly newId: () => MachineId;
  readonly newGroupId: () => GroupId;
  readonly newTunnelId: () => TunnelId;
}

/**
 * Turns the chosen items of a plan into machines. A jump host that is an item leads to the machine made of it; when
 * that was not chosen, to the saved machine it collides with, else it is written into the route itself. Groups are
 * found by their names or made, and those of the plan that hold no item are made, too. A machine keeps the values that the plan says: where its group here, or the default
 * settings, would give it another one, the value becomes its own. Default settings of the plan take the place of those
 * that there are.
 * @throws machine-not-found when a machine to be replaced is gone
 */
export function applyPlan(
  plan: Pick<ImportPlan, 'items' | 'groups' | 'defaults'>,
  choices: readonly ImportChoice[],
  data: MachinesData,
  ids: ImportIds,
): ImportChange {
  const saved = new Map(data.machines.map((machine) => [machine.id, machine]));
  const chosen = new Map(withoutRivals(choices).map(({ key, replaces }) => [key, replaces]));
  const wanted = plan.items.filter(({ key }) => chosen.has(key));
  const idOf = new Map(wanted.map(({ key }) => [key, chosen.get(key) ?? ids.newId()]));
  const way = wayResolver(plan.items, idOf, data.machines);
  const groups = groupsFor({
    paths: [...wanted.map(({ groupPath }) => groupPath), ...groupsWithoutItems(plan)],
    planned: plan.groups,
    existing: data.groups,
    newGroupId: ids.newGroupId,
    settingsOf: (settings) => settingsIn(settings, way.jumps),
  });
  const defaults = plan.defaults === undefined ? data.defaults : settingsIn(plan.defaults, way.jumps);
  const settingsOf = settingsByGroup({ groups: groups.all, defaults });
  const made = wanted.map(({ key, machine, tunnels, groupPath }): Machine => {
    const replaces = chosen.get(key) ?? null;
    if (replaces !== null && !saved.has(replaces)) throw new AppError('machine-not-found');
    const groupId = groups.idOf(groupPath);
    const route = way.route(machine.route);
    return keepingValues(
      {
        ...machine,
        id: idOf.get(key) as MachineId,
        groupId,
        route,
        isDemo: false,
        tunnels: tunnels.map((tunnel) => ({ ...tunnel, id: ids.newTunnelId() })),
      },
      settingsOf(groupId),
    );
  });
  const byId = new Map(made.map((machine) => [machine.id, machine]));
  const added = made.filter(({ id }) => !saved.has(id));
  return {
    data: {
      ...data,
      machines: [...data.machines.map((machine) => byId.get(machine.id) ?? machine), ...added],
      groups: groups.all,
      defaults,
    },
    addedIds: added.map(({ id }) => id),
    addedGroupIds: groups.addedIds,
    defaults: defaults === data.defaults ? null : { before: data.defaults, after: defaults },
    replaced: data.machines.filter(({ id }) => byId.has(id)),
  };
}

function settingsIn(
  { jumps, ...settings }: ImportedSettings,
  resolve: (jumps: readonly ImportJump[]) => Detour,
): GroupSettings {
  return { ...settings, ...(jumps !== undefined && { jumps: resolve(jumps).jumps }) };
}

/** Two items can't have one place: the later one becomes a new machine. */
function withoutRivals(choices: readonly ImportChoice[]): readonly ImportChoice[] {
  const taken = new Set<MachineId>();
  return choices.map((choice) => {
    const { replaces } = choice;
    if (replaces === null) return choice;
    if (taken.has(replaces)) return { ...choice, replaces: null };
    taken.add(replaces);
    return choice;
  });
}

type ImportRoute = ImportItem['machine']['route'];
type Detour = Pick<Route, 'jumps' | 'proxy'>;

/** Gives routes of the plan as the store has them. The plan's ways lead in no circle: see `completePlan`. */
function wayResolver(
  items: readonly ImportItem[],
  ids: ReadonlyMap<ImportKey, MachineId>,
  machines: readonly Machine[],
) {
  const byKey = new Map(items.map((item) => [item.key, item]));
  const findCollision = collisionFinder(machines);

  /** With the proxy that the first jump host brings. */
  const resolve = (planned: readonly ImportJump[]): Detour => {
    let detour: Detour = { jumps: [], proxy: null };
    const add = (jump: Jump) => {
      detour = { ...detour, jumps: [...detour.jumps, jump] };
    };
    for (const [index, jump] of planned.entries()) {
      const item = jump.kind === 'item' ? byKey.get(jump.key) : undefined;
      if (jump.kind !== 'item') add(jump);
      else if (item === undefined) throw new AppError('machine-not-found');
      else {
        const machineId = ids.get(jump.key) ?? findCollision(item)?.machine.id;
        if (machineId !== undefined) {
          add({ kind: 'machine', machineId });
          continue;
        }
        // As OpenSSH does it, only the first jump host is reached by its own way.
        if (index === 0) detour = resolveRoute(item.machine.route);
        const { host, port, user } = item.machine.route;
        add({ kind: 'inline', host, port, user, identity: item.machine.identity });
      }
    }
    return detour;
  };
  const resolveRoute = (route: ImportRoute): Route => {
    const { jumps, proxy } = resolve(route.jumps);
    return { ...route, jumps, proxy: route.proxy ?? proxy };
  };
  return { jumps: resolve, route: resolveRoute };
}
