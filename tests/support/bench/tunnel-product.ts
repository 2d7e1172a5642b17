import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { BroadcastChannel, Worker } from 'node:worker_threads';
import { app } from 'electron';
import { ConnectionLog } from '../../../electron/connection/connection-log';
import type { Transport } from '../../../electron/connection/transport';
import { Gateways } from '../../../electron/gateway/gateway';
import { Network } from '../../../electron/network/owner/network';
import { systemClock } from '../../../electron/system/clock';
import { MachineId } from '../../../shared/model/machine';
import type { TunnelTarget } from '../../../shared/model/tunnel';
import { makeLabConnection } from '../lab/lab-connection';
import { networkWorkerFile } from '../lab/network-worker-file';
import type { LabSshd } from '../lab/sshd';
import { makeTunnelLab, type TunnelLab, tcpListen } from '../lab/tunnel-lab';
import { collectGarbage } from './collect-garbage';
import type { ProfileShare } from './cpu-profile';
import { type ThreadTask, threadAnswers, threadTasks } from './thread-task';

/** Where the product is to connect; only what is needed of a `LabSshd` crosses to this process. */
export type ProductServer = Pick<LabSshd, 'host' | 'port' | 'user' | 'clientKeyPath' | 'knownHostsPath'>;

/** What the bench asks the product in Electron to do, and what it answers. */
export interface ProductTasks {
  /** Opens a tunnel on a connection of its own; `key` names that connection for later tasks. */
  readonly open: { readonly key: string; readonly server: ProductServer; readonly target: TunnelTarget };
  /** Opens the gateway of an open connection. */
  readonly gateway: { readonly key: string };
  /** Milliseconds to connect, sign in and run `true`. */
  readonly connect: { readonly server: ProductServer };
  /** Milliseconds to connect, sign in, open a way to an echo service and have its first byte. */
  readonly firstByte: {
    readonly server: ProductServer;
    readonly echo: { readonly host: string; readonly port: number };
    /** What the echo service wants to hear first, in Base64. */
    readonly request: string;
  };
  readonly startLoopDelay: Record<never, never>;
  readonly stopLoopDelay: Record<never, never>;
  readonly collectGarbage: Record<never, never>;
  readonly startProfile: Record<never, never>;
  readonly stopProfile: Record<never, never>;
}

const labs = new Map<string, TunnelLab>();
let gateways: Gateways | null = null;
/** As in the app, one thread has the sockets of all connections. */
const network = new Network({
  clock: systemClock,
  startWorker: () => new Worker(join(app.getAppPath(), networkWorkerFile), { name: 'network' }),
  linkOf: (machineId) => {
    const lab = [...labs.values()].find(({ connection }) => connection.machineId === machineId);
    if (lab === undefined) throw new Error('There is no such machine');
    return lab.connection.pool.link(machineId);
  },
  onFault: (place, error) => process.stderr.write(`${place}: ${error}\n`),
  language: 'en',
});
network.start();
const newMachineId = (): MachineId => MachineId.parse(randomUUID());
const loopDelay = monitorEventLoopDelay({ resolution: 1 });

function labOf(key: string): TunnelLab {
  const lab = labs.get(key);
  if (lab === undefined) throw new Error(`There is no connection "${key}"`);
  return lab;
}

const tasks: { readonly [K in keyof ProductTasks]: (task: ProductTasks[K]) => Promise<object> } = {
  open: async ({ key, server, target }) => {
    const lab = labs.get(key) ?? (await makeTunnelLab(server, { network, machineId: newMachineId() }));
    labs.set(key, lab);
    const listen = await tcpListen();
    await lab.open({ kind: 'local', listen, target }, { name: `${key} ${listen.port}` });
    return { port: listen.port };
  },
  gateway: async ({ key }) => {
    const { connection } = labOf(key);
    gateways ??= new Gateways({
      openProxy: network.openProxy,
      randomSecret: () => randomBytes(32).toString('base64url'),
      log: new ConnectionLog(systemClock, () => undefined),
    });
    const { port, username, password } = await gateways.open(connection.machineId);
    return { port, authorization: Buffer.from(`${username}:${password}`).toString('base64') };
  },
  connect: ({ server }) => timed(server, (transport) => transport.exec('true')),
  firstByte: ({ server, echo, request }) =>
    timed(server, async (transport) => {
      const stream = await transport.openTcp(echo.host, echo.port);
      stream.write(Buffer.from(request, 'base64'));
      await once(stream, 'data');
      stream.destroy();
    }),
  startLoopDelay: async () => {
    loopDelay.reset();
    loopDelay.enable();
    return {};
  },
  stopLoopDelay: async () => {
    loopDelay.disable();
    return { p99Ms: loopDelay.percentile(99) / 1e6, maxMs: loopDelay.max / 1e6 };
  },
  collectGarbage: async () => {
    collectGarbage();
    await askThread({ kind: 'collectGarbage' });
    return {};
  },
  startProfile: async () => {
    await askThread({ kind: 'startProfile' });
    return {};
  },
  stopProfile: async () => ({ shares: await askThread({ kind: 'stopProfile' }) }),
};

const toThread = new BroadcastChannel(threadTasks);
const fromThread = new BroadcastChannel(threadAnswers);

/** One at a time. Resolves with where the thread spent its time, after `stopProfile`. */
function askThread(task: ThreadTask): Promise<readonly ProfileShare[]> {
  return new Promise((resolve) => {
    fromThread.onmessage = (event) => resolve((event as { readonly data: readonly ProfileShare[] }).data);
    toThread.postMessage(task);
  });
}

async function timed(
  server: ProductServer,
  work: (transport: Transport) => Promise<unknown>,
): Promise<{ readonly milliseconds: number }> {
  const connection = await makeLabConnection({
    route: server,
    identity: { kind: 'keyFile', path: server.clientKeyPath },
    knownHostsPath: server.knownHostsPath,
    network,
    machineId: newMachineId(),
  });
  const startedMs = performance.now();
  await work(await connection.connect());
  const milliseconds = performance.now() - startedMs;
  await connection.close();
  return { milliseconds };
}

async function run(line: string): Promise<void> {
  const { id, kind, ...task } = JSON.parse(line);
  const answer = await tasks[kind as keyof ProductTasks](task).catch((error: unknown) => ({
    error: String(error),
  }));
  process.stdout.write(`${JSON.stringify({ id, ...answer })}\n`);
}

void app.whenReady().then(() => {
  createInterface({ input: process.stdin }).on('line', (line) => void run(line));
  process.stdout.write(`${JSON.stringify({ electron: process.versions.electron })}\n`);
});
