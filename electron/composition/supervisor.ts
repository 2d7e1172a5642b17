import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { net, powerMonitor } from 'electron';
import type { ConnectionPool } from '../connection/connection-pool';
import { Supervisor } from '../connection/supervisor';
import { systemClock } from '../system/clock';
import { readNetworkFacts } from '../system/network-facts';

/** Begins to look out for sleep and for changes of this computer's network on behalf of all connections. */
export function startSupervisor(connections: ConnectionPool): Supervisor {
  const supervisor = new Supervisor({
    clock: systemClock,
    connections,
    readNetwork: () =>
      readNetworkFacts({
        interfaces: networkInterfaces,
        routes: process.platform === 'linux' ? () => readFileSync('/proc/net/route', 'utf8') : () => '',
        isOnline: () => net.isOnline(),
      }),
  });
  supervisor.start();
  powerMonitor.on('resume', () => connections.resumed());
  return supervisor;
}
