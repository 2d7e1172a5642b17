import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { net, powerMonitor } from 'electron';
import type { ConnectionPool } from '../connection/connection-pool';
import { Supervisor } from '../connection/supervisor';
import { systemClock } from '../system/clock';
import { type NetworkFacts, readNetworkFacts } from '../system/network-facts';
import type { TunnelService } from '../tunnel/tunnel-service';

/** Begins to look out for sleep and for changes of this computer's network on behalf of all connections. */
export function startSupervisor(pool: ConnectionPool, tunnels: TunnelService): Supervisor {
  const connections = {
    resumed: () => {
      pool.resumed();
      tunnels.networkChanged();
    },
    networkChanged: (network: NetworkFacts) => {
      pool.networkChanged(network);
      tunnels.networkChanged();
    },
  };
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
