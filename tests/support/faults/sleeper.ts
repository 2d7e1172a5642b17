import { Supervisor } from '../../../electron/connection/supervisor';
import { systemClock } from '../../../electron/system/clock';
import type { LabSshd } from '../lab/sshd';
import { makeTunnelLab } from '../lab/tunnel-lab';

/** What the process that is to sleep is told on its command line, as JSON. */
export interface SleeperOrders {
  readonly sshd: Pick<LabSshd, 'host' | 'port' | 'user' | 'clientKeyPath' | 'knownHostsPath'>;
  /** Where its tunnel listens. */
  readonly port: number;
  /** A unix socket of the machine. */
  readonly target: string;
}

/** A state of its connection. */
export interface SleeperReport {
  readonly kind: string;
  readonly atMs: number;
}

/** Run as a process of its own, by `sleep.ts`: the product's tunnel, which its starter can stop as sleep would. */
const orders = JSON.parse(process.argv[2] ?? '') as SleeperOrders;
const lab = await makeTunnelLab(orders.sshd);
const { pool, machineId } = lab.connection;
const report = (kind: string): void => {
  process.send?.({ kind, atMs: Date.now() } satisfies SleeperReport);
};
new Supervisor({
  clock: systemClock,
  connections: pool,
  readNetwork: () => ({ addresses: ['192.0.2.1'], way: '' }),
}).start();
process.on('message', (message) => {
  if (message === 'resumed') pool.resumed();
});
await lab.open({
  kind: 'local',
  listen: { kind: 'tcp', address: '127.0.0.1', port: orders.port },
  target: { kind: 'unixSocket', path: orders.target },
});
pool.link(machineId).onStateChanged(({ kind }) => report(kind));
report('ready');
