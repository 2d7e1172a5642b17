import fs from 'node:fs/promises';
import { join } from 'node:path';
import type { CommandConfirmation } from '../../../electron/connection/confirmed-commands';
import { ConnectionLog } from '../../../electron/connection/connection-log';
import { ConnectionPool } from '../../../electron/connection/connection-pool';
import type { HopLoginDeps } from '../../../electron/connection/hop-login';
import type { KeySightings } from '../../../electron/connection/host-key-check';
import type { Instances } from '../../../electron/connection/instance-reach';
import type { Transport } from '../../../electron/connection/transport';
import { askAgent } from '../../../electron/keys/agent-socket';
import { makeProveIdentity } from '../../../electron/keys/prove-identity';
import type { Network } from '../../../electron/network/owner/network';
import { parsePrivateKey } from '../../../electron/ssh/private-key';
import { makeConnectSsh, type SshOptions } from '../../../electron/ssh/ssh-transport';
import { systemClock } from '../../../electron/system/clock';
import { HostTrust } from '../../../electron/trust/host-trust';
import type { SecretCipher } from '../../../electron/vault/secret-cipher';
import { EncryptedVault } from '../../../electron/vault/vault';
import type { ErrorReport } from '../../../shared/errors/app-error';
import type { ConnectionState } from '../../../shared/model/connection';
import type { LogEntry } from '../../../shared/model/log-entry';
import {
  directRoute,
  type Endpoint,
  emptyMachineDraft,
  type Identity,
  type Machine,
  MachineId,
  type Route,
} from '../../../shared/model/machine';
import type { AttemptPrompt, HostKeyPrompt } from '../../../shared/model/prompt';
import { wayTo } from '../../../shared/model/way';
import { noInstances } from './no-instances';
import { makeTempFolder } from './temp-folder';

export interface LabConnectionOptions {
  readonly route: Endpoint & Partial<Route>;
  readonly identity: Identity;
  /** Other saved machines: its jump hosts. */
  readonly machines?: readonly Machine[];
  /** Default: an empty file of its own. */
  readonly knownHostsPath?: string;
  /** What else is set of the machine. */
  readonly machine?: Partial<Pick<Machine, 'forwardsAgent' | 'allowsOldAlgorithms' | 'instance'>>;
  /** The agent that is found when none is named. */
  readonly agentSocketPath?: string;
  readonly homeFolder?: string;
  /** Default: no keyring. */
  readonly cipher?: SecretCipher;
  /** Default: every proxy command is confirmed. */
  readonly confirmedCommands?: CommandConfirmation;
  readonly seenHostKeys?: KeySightings;
  /** Default: nobody knows of any. */
  readonly instances?: Instances;
  readonly ssh?: Partial<SshOptions>;
  /** Makes the connections. Default: this thread, with `ssh`. */
  readonly network?: Network;
  readonly machineId?: MachineId;
}

type StateOf<K extends ConnectionState['kind']> = Extract<ConnectionState, { kind: K }>;

/** A real connection pool with one machine, driven as the app drives it. */
export interface LabConnection {
  readonly pool: ConnectionPool;
  /** How it signs in, for logins apart from the pool. */
  readonly login: Omit<HopLoginDeps, 'log'>;
  readonly machineId: MachineId;
  readonly machine: Machine;
  readonly knownHostsPath: string;
  /** Holds all that the connection writes. */
  readonly folder: string;
  state(): ConnectionState;
  /** Every state so far, by kind. */
  readonly seen: readonly ConnectionState['kind'][];
  log(): readonly LogEntry[];
  logCodes(): readonly string[];
  /** Resolves with the next state of this kind, the present one included. */
  reached<K extends ConnectionState['kind']>(kind: K): Promise<StateOf<K>>;
  connect(): Promise<Transport>;
  /** Connects and resolves with why it failed. */
  connectFails(): Promise<ErrorReport>;
  nextHostKeyPrompt(): Promise<HostKeyPrompt>;
  nextSecretPrompt(): Promise<AttemptPrompt>;
  giveSecret(secret: string, isRemembered?: boolean): Promise<AttemptPrompt>;
  close(): Promise<void>;
}

const noKeyring: SecretCipher = {
  isAvailable: () => false,
  encrypt: () => Promise.reject(new Error('no keyring')),
  decrypt: () => Promise.reject(new Error('no keyring')),
};

/** Call `close()` when done. */
export async function makeLabConnection(options: LabConnectionOptions): Promise<LabConnection> {
  const folder = await makeTempFolder('connection');
  const knownHostsPath = options.knownHostsPath ?? join(folder.path, 'known_hosts');
  const machineId = options.machineId ?? MachineId.parse('00000000-0000-4000-8000-000000000001');
  const { route, identity } = options;
  const machine: Machine = {
    ...emptyMachineDraft,
    id: machineId,
    name: 'Lab',
    isDemo: false,
    tunnels: [],
    route: { ...directRoute(route), ...route },
    identity,
    ...options.machine,
  };
  const agentSocketOf = async (socketPath: string) => socketPath || (options.agentSocketPath ?? null);
  const log = new ConnectionLog(systemClock, () => undefined);
  const seen: ConnectionState['kind'][] = [];
  const login = {
    connectAttempt: options.network?.connectAttempt ?? makeConnectSsh(options.ssh ?? {}),
    agentSocketOf,
    proveIdentity: makeProveIdentity({
      fs,
      homeFolder: options.homeFolder ?? folder.path,
      parsePrivateKey,
      askAgent,
      agentSocketOf,
    }),
    hostTrust: new HostTrust({
      userKnownHostsPath: knownHostsPath,
      globalKnownHostsPaths: [],
      fs,
      nowMs: Date.now,
    }),
    seenHostKeys: options.seenHostKeys ?? { note: () => undefined },
    instances: options.instances ?? noInstances,
    clock: systemClock,
    confirmedCommands: options.confirmedCommands ?? { has: () => true, confirm: () => undefined },
    vault: new EncryptedVault({
      cipher: options.cipher ?? noKeyring,
      path: join(folder.path, 'vault.json'),
      fs,
    }),
  };
  const pool = new ConnectionPool({
    random: Math.random,
    log,
    wayTo: () => wayTo(machine, options.machines ?? []),
    ...login,
    onChanged: ({ state }) => seen.push(state.kind),
  });
  const link = pool.link(machineId);

  const next = <T>(pick: (state: ConnectionState) => T | undefined) =>
    new Promise<T>((resolve) => {
      const check = (state: ConnectionState) => {
        const picked = pick(state);
        if (picked === undefined) return;
        stopListening();
        resolve(picked);
      };
      const stopListening = link.onStateChanged(check);
      check(link.state());
    });
  let answered: string | null = null;
  const nextSecretPrompt = () =>
    next((state) =>
      state.kind === 'authenticating' && state.prompt !== null && state.prompt.promptId !== answered
        ? state.prompt
        : undefined,
    );

  return {
    pool,
    login,
    machineId,
    machine,
    knownHostsPath,
    folder: folder.path,
    seen,
    state: () => link.state(),
    log: () => log.entries(machineId),
    logCodes: () => log.entries(machineId).map(({ code }) => code),
    reached: (kind) => next((state) => (state.kind === kind ? (state as StateOf<typeof kind>) : undefined)),
    connect: () => {
      pool.connect(machineId);
      return link.whenReady();
    },
    connectFails: async () => {
      pool.connect(machineId);
      const end = await next((state) =>
        state.kind === 'ready' || state.kind === 'failed' ? state : undefined,
      );
      if (end.kind === 'ready') throw new Error('connected, although it should not');
      return end.error;
    },
    nextHostKeyPrompt: () => next((state) => (state.kind === 'awaitingHostKey' ? state.prompt : undefined)),
    nextSecretPrompt,
    giveSecret: async (secret, isRemembered = false) => {
      const prompt = await nextSecretPrompt();
      answered = prompt.promptId;
      pool.answer({ kind: 'secret', promptId: prompt.promptId, secret, isRemembered });
      return prompt;
    },
    close: async () => {
      await pool.closeAll();
      await folder.remove();
    },
  };
}
