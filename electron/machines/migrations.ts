/** Version of what `machines.json` holds; see `MachinesData`. */
export const machinesVersion = 3;

/** Brings what version n holds to version n + 1. Data that is not of its version is refused by the schema later. */
export const machinesMigrations: Readonly<Record<number, (data: unknown) => unknown>> = {
  1: (data) =>
    mapMachines(data, (machine) => ({ ...machine, route: withoutHops(machine.route), tunnels: [] })),
  2: (data) => {
    const withOrder = mapMachines(data, (machine) => ({
      ...machine,
      groupId: null,
      tags: [],
      isFavourite: false,
      colour: null,
      inherits: [],
    }));
    return isRecord(withOrder) ? { ...withOrder, groups: [], defaults: {} } : withOrder;
  },
};

/** Version 2 knows jump hosts, proxies and tunnels; before, every route led straight to its machine. */
function withoutHops(route: unknown): unknown {
  return isRecord(route) ? { ...route, jumps: [], proxy: null } : route;
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
