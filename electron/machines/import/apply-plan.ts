import { AppError } from '../../../shared/errors/app-error';
import { collisionFinder } from '../../../shared/model/import-collision';
import type { ImportChoice, ImportItem, ImportKey } from '../../../shared/model/import-plan';
import type { Jump, Machine, MachineId, Route } from '../../../shared/model/machine';
import type { TunnelId } from '../../../shared/model/tunnel';
import { wayTo } from '../../../shared/model/way';

/** What an import makes of the saved machines, for one write. */
export interface ImportChange {
  /** All machines, new ones last. */
  readonly machines: readonly Machine[];
  readonly addedIds: readonly MachineId[];
  /** Those whose place was taken, as they were. */
  readonly replaced: readonly Machine[];
}

interface Ids {
  readonly newId: () => MachineId;
  readonly newTunnelId: () => TunnelId;
}

/**
 * Turns the chosen items of a plan into machines. A jump host that is an item leads to the machine made of it; when
 * that was not chosen, to the saved machine it collides with, else it is written into the route itself.
 * @throws machine-not-found when a machine to be replaced is gone, jump-loop when ways would lead in a circle
 */
export function applyPlan(
  items: readonly ImportItem[],
  choices: readonly ImportChoice[],
  machines: readonly Machine[],
  { newId, newTunnelId }: Ids,
): ImportChange {
  const saved = new Map(machines.map((machine) => [machine.id, machine]));
  const chosen = new Map(withoutRivals(choices).map(({ key, replaces }) => [key, replaces]));
  const wanted = items.filter(({ key }) => chosen.has(key));
  const ids = new Map(wanted.map(({ key }) => [key, chosen.get(key) ?? newId()]));
  const resolve = routeResolver(items, ids, machines);
  const made = wanted.map(({ key, machine, tunnels }): Machine => {
    const replaces = chosen.get(key) ?? null;
    const existing = replaces === null ? null : saved.get(replaces);
    if (existing === undefined) throw new AppError('machine-not-found');
    return {
      ...machine,
      id: ids.get(key) as MachineId,
      route: resolve(machine.route),
      isDemo: false,
      tunnels: tunnels.map((tunnel) => ({ ...tunnel, id: newTunnelId() })),
    };
  });
  const byId = new Map(made.map((machine) => [machine.id, machine]));
  const added = made.filter(({ id }) => !saved.has(id));
  const all = [...machines.map((machine) => byId.get(machine.id) ?? machine), ...added];
  for (const machine of all) if (isAffected(machine, byId)) wayTo(machine, all);
  return {
    machines: all,
    addedIds: added.map(({ id }) => id),
    replaced: machines.filter(({ id }) => byId.has(id)),
  };
}

/** Two items can't have one place: the later one becomes a new machine. */
function withoutRivals(choices: readonly ImportChoice[]): readonly ImportChoice[] {
  const taken = new Set<MachineId>();
  return choices.map((choice) => {
    if (choice.replaces === null || !taken.has(choice.replaces)) {
      if (choice.replaces !== null) taken.add(choice.replaces);
      return choice;
    }
    return { ...choice, replaces: null };
  });
}

/** Only then can its way have become another one. */
const isAffected = ({ id, route }: Machine, made: ReadonlyMap<MachineId, Machine>): boolean =>
  made.has(id) || route.jumps.some((jump) => jump.kind === 'machine' && made.has(jump.machineId));

type ImportRoute = ImportItem['machine']['route'];

/** Gives a route of the plan as the store has it. The plan's ways lead in no circle: see `completePlan`. */
function routeResolver(
  items: readonly ImportItem[],
  ids: ReadonlyMap<ImportKey, MachineId>,
  machines: readonly Machine[],
): (route: ImportRoute) => Route {
  const byKey = new Map(items.map((item) => [item.key, item]));
  const findCollision = collisionFinder(machines);

  const resolve = (route: ImportRoute): Route => {
    let jumps: readonly Jump[] = [];
    let { proxy } = route;
    for (const [index, jump] of route.jumps.entries()) {
      if (jump.kind !== 'item') {
        jumps = [...jumps, jump];
        continue;
      }
      const item = byKey.get(jump.key);
      if (item === undefined) throw new AppError('machine-not-found');
      const machineId = ids.get(jump.key) ?? findCollision(item)?.machine.id;
      if (machineId !== undefined) {
        jumps = [...jumps, { kind: 'machine', machineId }];
        continue;
      }
      // As OpenSSH does it, only the first jump host is reached by its own way.
      if (index === 0) {
        const own = resolve(item.machine.route);
        jumps = own.jumps;
        proxy ??= own.proxy;
      }
      const { host, port, user } = item.machine.route;
      jumps = [...jumps, { kind: 'inline', host, port, user, identity: item.machine.identity }];
    }
    return { ...route, jumps, proxy };
  };
  return resolve;
}
