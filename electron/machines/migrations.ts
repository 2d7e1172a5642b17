/** Version of what `machines.json` holds; see `StoredMachines`. */
export const machinesVersion = 5;

/** Brings what version n holds to version n + 1. Data that is not of its version is refused by the schema later. */
export const machinesMigrations: Readonly<Record<number, (data: unknown) => unknown>> = {
  1: (data) =>
    mapMachines(data, (machine) => ({ ...machine, route: withoutHops(machine.route), tunnels: [] })),
  2: (data) => {
    const withOrder = mapMachines(data, (machine) => ({
      ...machine,
      identity: withAgentChoice(machine.identity),
      route: withAgentChoices(machine.route),
      forwardsAgent: false,
      allowsOldAlgorithms: false,
      groupId: null,
      tags: [],
      isFavourite: false,
      colour: null,
      inherits: [],
    }));
    return isRecord(withOrder) ? { ...withOrder, groups: [], defaults: {} } : withOrder;
  },
  3: (data) => mapMachines(data, (machine) => ({ ...machine, idlePolicy: { kind: 'nothing' } })),
  4: (data) => mapMachines(data, (machine) => ({ ...machine, instance: null })),
};

/** Version 2 knows jump hosts, proxies and tunnels; before, every route led straight to its machine. */
function withoutHops(route: unknown): unknown {
  return isRecord(route) ? { ...route, jumps: [], proxy: null } : route;
}

/** Version 3 can name an agent and one of its keys; before, it was the usual agent with all its keys. */
function withAgentChoice(identity: unknown): unknown {
  return isRecord(identity) && identity.kind === 'agent'
    ? { ...identity, socketPath: '', pinnedKey: null }
    : identity;
}

function withAgentChoices(route: unknown): unknown {
  if (!isRecord(route) || !Array.isArray(route.jumps)) return route;
  const jumps = route.jumps.map((jump: unknown) =>
    isRecord(jump) && jump.kind === 'inline' ? { ...jump, identity: withAgentChoice(jump.identity) } : jump,
  );
  return { ...route, jumps };
}

function mapMachines(
  data: unknown,
  change: (machine: Readonly<Record<string, unknown>>) => unknown,
): unknown {
  if (!isRecord(data) || !Array.isArray(data.machines)) return data;
  const machines = data.machines.map((machine: unknown) => (isRecord(machine) ? change(machine) : machine));
  return { ...data, machines };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
