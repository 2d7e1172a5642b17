import type { NetworkInterfaceInfo } from 'node:os';

/** What of this computer's network decides about connections. */
export interface NetworkFacts {
  /** By which others can reach this computer, sorted; empty: there is no network. */
  readonly addresses: readonly string[];
  /** Anything else that changes when packets take another way; only to be compared. */
  readonly way: string;
}

export interface NetworkSources {
  /** As `os.networkInterfaces`. */
  readonly interfaces: () => NodeJS.Dict<NetworkInterfaceInfo[]>;
  /** The text of /proc/net/route (proc(5)); empty where there is none. */
  readonly routes: () => string;
  /** False only when the system is sure (`net.isOnline` of Electron). */
  readonly isOnline: () => boolean;
}

/**
 * Reads the facts; cheap enough for every other second. Link-local addresses (RFC 3927, RFC 4291 2.5.6) are left
 * out: an interface without a network has them, and each container that starts makes one.
 */
export function readNetworkFacts({ interfaces, routes, isOnline }: NetworkSources): NetworkFacts {
  const addresses = Object.values(interfaces())
    .flatMap((ofOne) => ofOne ?? [])
    .filter(({ internal, address }) => !internal && !isLinkLocal(address))
    .map(({ address }) => address);
  return {
    addresses: isOnline() ? [...new Set(addresses)].sort() : [],
    way: routeLines(routes()).join('\n'),
  };
}

export function isSameNetwork(one: NetworkFacts, other: NetworkFacts): boolean {
  return one.way === other.way && one.addresses.join() === other.addresses.join();
}

const isLinkLocal = (address: string): boolean => /^(fe[89ab][0-9a-f]:|169\.254\.)/i.test(address);

/** Interface, destination, gateway, metric and mask of each route: not the counters. */
function routeLines(table: string): readonly string[] {
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields.length >= 8)
    .map(([name, destination, gateway, , , , metric, mask]) =>
      [name, destination, gateway, metric, mask].join(' '),
    )
    .sort();
}
