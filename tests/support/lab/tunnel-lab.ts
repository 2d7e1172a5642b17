import { randomUUID } from 'node:crypto';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { ConnectionLog } from '../../../electron/connection/connection-log';
import { systemClock } from '../../../electron/system/clock';
import { freePort } from '../../../electron/tunnel/listener';
import { findPortOwner } from '../../../electron/tunnel/port-owner';
import { makeTunnelEnds } from '../../../electron/tunnel/tunnel-end';
import { TunnelService } from '../../../electron/tunnel/tunnel-service';
import type { Machine } from '../../../shared/model/machine';
import type { Forward, Tunnel, TunnelDraft, TunnelId, TunnelListen } from '../../../shared/model/tunnel';
import type { TunnelActivity, TunnelState, TunnelsSnapshot } from '../../../shared/model/tunnel-status';
import { type LabConnection, type LabConnectionOptions, makeLabConnection } from './lab-connection';
import type { LabSshd } from './sshd';

type StateOf<K extends TunnelState['kind']> = Extract<TunnelState, { kind: K }>;

/** The real tunnels of one machine over a real connection. */
export interface TunnelLab {
  readonly connection: LabConnection;
  readonly tunnels: TunnelService;
  /** Saves a tunnel that is off. */
  add(forward: Forward, part?: Partial<Omit<TunnelDraft, 'forward'>>): Tunnel;
  /** Saves a tunnel, turns it on, and resolves once it is active. */
  open(forward: Forward, part?: Partial<Omit<TunnelDraft, 'forward'>>): Promise<Tunnel>;
  turn(tunnel: Tunnel, isOn: boolean): void;
  saved(): readonly Tunnel[];
  snapshot(): TunnelsSnapshot;
  state(tunnel: Tunnel): TunnelState;
  /** Resolves with the tunnel's next state of this kind, the present one included. */
  reached<K extends TunnelState['kind']>(tunnel: Tunnel, kind: K): Promise<StateOf<K>>;
  /** Resolves with the first activity from now on that fits; it is measured once a second. */
  measured(tunnel: Tunnel, fits: (activity: TunnelActivity) => boolean): Promise<TunnelActivity>;
  close(): Promise<void>;
}

/** Another service over the same saved tunnels, as after a restart of the app: see `saved`. */
export interface TunnelLabOptions extends Partial<LabConnectionOptions> {
  readonly saved?: readonly Tunnel[];
}

/** Call `close()` when done. */
export async function makeTunnelLab(
  sshd: Pick<LabSshd, 'host' | 'port' | 'user' | 'clientKeyPath' | 'knownHostsPath'>,
  options: TunnelLabOptions = {},
): Promise<TunnelLab> {
  const connection = await makeLabConnection({
    route: { host: sshd.host, port: sshd.port, user: sshd.user },
    identity: { kind: 'keyFile', path: sshd.clientKeyPath },
    knownHostsPath: sshd.knownHostsPath,
    ...options,
  });
  const { machineId } = connection;
  let machine: Machine = { ...connection.machine, tunnels: options.saved ?? [] };
  const changed = new Set<() => void>();
  const measured = new Set<(tunnelId: TunnelId, activity: TunnelActivity) => void>();
  const tunnels: TunnelService = new TunnelService({
    machines: {
      list: () => ({ revision: 0, machines: [machine] }),
      get: () => machine,
      setTunnels: (_id, next) => {
        machine = { ...machine, tunnels: next };
        tunnels.machinesChanged();
      },
    },
    newId: () => randomUUID() as TunnelId,
    connections: connection.pool,
    clock: systemClock,
    log: new ConnectionLog(systemClock, () => undefined),
    makeEnd:
      options.network?.makeTunnelEnd ??
      makeTunnelEnds({
        clock: systemClock,
        findPortOwner: (port) => findPortOwner(port, { readdir, readFile, readlink }),
      }),
    onChanged: () => {
      for (const listener of [...changed]) listener();
    },
    onMeasured: ({ tunnels: samples }) => {
      for (const { tunnelId, activity } of samples)
        for (const listener of [...measured]) listener(tunnelId, activity);
    },
    onSwitchNotSaved: (error) => {
      throw error;
    },
  });
  tunnels.machinesChanged();
  const snapshot = (): TunnelsSnapshot => {
    const [only] = tunnels.snapshots();
    if (only === undefined) throw new Error('The machine has no tunnels yet');
    return only;
  };
  const state = ({ id }: Tunnel): TunnelState =>
    snapshot().tunnels.find(({ tunnelId }) => tunnelId === id)?.state ?? { kind: 'off' };
  const lab: TunnelLab = {
    connection,
    tunnels,
    add: (forward, part = {}) =>
      tunnels.save(machineId, {
        id: null,
        name: '',
        isExposed: false,
        startsWith: 'connection',
        whileAway: 'wait',
        ...part,
        forward,
      }),
    open: async (forward, part) => {
      const tunnel = lab.add(forward, part);
      lab.turn(tunnel, true);
      await lab.reached(tunnel, 'active');
      return tunnel;
    },
    turn: ({ id }, isOn) => tunnels.turn(machineId, id, isOn),
    saved: () => machine.tunnels,
    snapshot,
    state,
    reached: (tunnel, kind) =>
      new Promise((resolve) => {
        const check = (): void => {
          const now = state(tunnel);
          if (now.kind !== kind) return;
          changed.delete(check);
          resolve(now as StateOf<typeof kind>);
        };
        changed.add(check);
        check();
      }),
    measured: (tunnel, fits) =>
      new Promise((resolve) => {
        const listener = (tunnelId: TunnelId, activity: TunnelActivity): void => {
          if (tunnelId !== tunnel.id || !fits(activity)) return;
          measured.delete(listener);
          resolve(activity);
        };
        measured.add(listener);
      }),
    close: async () => {
      tunnels.closeAll();
      await connection.close();
    },
  };
  return lab;
}

let nextPort = 20_000 + Math.floor(Math.random() * 8000);

/** A loopback port of its own for a test. */
export async function tcpListen(): Promise<Extract<TunnelListen, { kind: 'tcp' }>> {
  const port = await freePort(nextPort);
  nextPort = port + 1;
  return { kind: 'tcp', address: '127.0.0.1', port };
}
