import type { ImportItem } from './import-plan';
import { type Endpoint, isSaved, type Machine } from './machine';

/** A saved machine that an item may be meant to be. */
export interface ImportCollision {
  readonly machine: Machine;
  /** `both`: it has the item's name and leads to the same place. */
  readonly by: 'name' | 'endpoint' | 'both';
}

/**
 * Finds the saved machine with an item's name, else the one with its user, host and port. Names and hosts are the
 * same whatever their case. The demo machine and unsaved ones are nobody's.
 */
export function collisionFinder(machines: readonly Machine[]): (item: ImportItem) => ImportCollision | null {
  const byName = new Map<string, Machine>();
  const byEndpoint = new Map<string, Machine>();
  // The first one with a name or endpoint stays.
  for (const machine of machines.toReversed()) {
    if (machine.isDemo || !isSaved(machine)) continue;
    byName.set(nameKey(machine.name), machine);
    byEndpoint.set(endpointKey(machine.route), machine);
  }
  return (item) => {
    const endpoint = endpointKey(item.machine.route);
    const namesake = byName.get(nameKey(item.machine.name));
    if (namesake !== undefined)
      return { machine: namesake, by: endpointKey(namesake.route) === endpoint ? 'both' : 'name' };
    const neighbour = byEndpoint.get(endpoint);
    return neighbour === undefined ? null : { machine: neighbour, by: 'endpoint' };
  };
}

const nameKey = (name: string): string => name.trim().toLowerCase();
const endpointKey = ({ host, port, user }: Endpoint): string => `${user}@${host.toLowerCase()}:${port}`;
