import { join } from 'node:path';
import { Supervisor } from '../../../electron/connection/supervisor';
import { systemClock } from '../../../electron/system/clock';
import { type LabNetwork, makeLabNetwork } from '../lab/lab-network';
import { type LabSshd, type SshdOptions, startSshd } from '../lab/sshd';
import { startEcho, startPeer, type TcpPeer } from '../lab/tcp-peer';
import { makeTunnelLab, type TunnelLab, type TunnelLabOptions, tcpListen } from '../lab/tunnel-lab';
import { patternStream } from './pattern';

/** A tunnel of the product to an echo behind a real sshd, and the supervisor that the app has. */
export interface FaultRig {
  readonly sshd: LabSshd;
  readonly lab: TunnelLab;
  /** The client's end of the tunnel to the echo. */
  readonly listen: { readonly port: number };
  /** Opens a tunnel to a source that sends so many bytes of the pattern to each client. */
  source(bytes: number): Promise<{ readonly port: number }>;
  /** Opens a tunnel to a unix socket of the machine. */
  openTo(path: string): Promise<{ readonly port: number }>;
  /** Says from now on when the connection stops being ready. */
  watchLoss(): LossWatch;
  close(): Promise<void>;
}

interface LossWatch {
  /** On the clock of `performance.now`; null: it was ready all the time. */
  lostAtMs(): number | null;
}

export interface NetworkRig extends FaultRig {
  readonly network: LabNetwork;
}

export interface FaultRigOptions {
  readonly sshd?: SshdOptions;
  readonly lab?: TunnelLabOptions;
}

/** On loopback. Call `close()` when done. */
export function makeFaultRig(options: FaultRigOptions = {}): Promise<FaultRig> {
  return makeRig(options, null);
}

/** Behind a cable of its own. Call `close()` when done. */
export async function makeNetworkRig({ sshd, lab }: FaultRigOptions = {}): Promise<NetworkRig> {
  const network = await makeLabNetwork();
  try {
    const rig = await makeRig({ sshd: { ...sshd, network }, ...(lab && { lab }) }, network);
    return {
      ...rig,
      network,
      close: async () => {
        await network.setPlugged(true);
        await rig.close();
        await network.remove();
      },
    };
  } catch (error) {
    await network.remove();
    throw error;
  }
}

async function makeRig(options: FaultRigOptions, network: LabNetwork | null): Promise<FaultRig> {
  const sshd = await startSshd(options.sshd);
  const lab = await makeTunnelLab(sshd, options.lab);
  const supervisor = new Supervisor({
    clock: systemClock,
    connections: lab.connection.pool,
    readNetwork: network === null ? () => ({ addresses: ['192.0.2.1'], way: '' }) : () => network.facts(),
  });
  supervisor.start();
  const peers: TcpPeer[] = [];
  const openTo = async (path: string): Promise<{ port: number }> => {
    const listen = await tcpListen();
    await lab.open({ kind: 'local', listen, target: { kind: 'unixSocket', path } });
    return listen;
  };
  // Unix sockets: a network that is down must not come between sshd and what it forwards to.
  const path = join(sshd.folder, 'echo');
  peers.push(await startEcho(path));
  return {
    sshd,
    lab,
    listen: await openTo(path),
    openTo,
    source: async (bytes) => {
      const source = join(sshd.folder, `source-${peers.length}`);
      peers.push(await startPeer((socket) => patternStream(bytes).pipe(socket), source));
      return openTo(source);
    },
    watchLoss: () => {
      let atMs: number | null = null;
      const { pool, machineId } = lab.connection;
      pool.link(machineId).onStateChanged(({ kind }) => {
        if (kind !== 'ready') atMs ??= performance.now();
      });
      return { lostAtMs: () => atMs };
    },
    close: async () => {
      supervisor.stop();
      await lab.close();
      for (const peer of peers) await peer.stop();
      await sshd.stop();
    },
  };
}
