import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Language } from '../../shared/i18n/catalogues';
import type { ConnectionSnapshot } from '../../shared/model/connection';
import type { LogBatch } from '../../shared/model/log-entry';
import type { MachineId } from '../../shared/model/machine';
import type { Way } from '../../shared/model/way';
import type { CommandConfirmation } from '../connection/confirmed-commands';
import { ConnectionLog } from '../connection/connection-log';
import { ConnectionPool } from '../connection/connection-pool';
import type { HopLoginDeps } from '../connection/hop-login';
import type { Instances } from '../connection/instance-reach';
import { demoKnownHostsPath } from '../demo/demo-folder';
import { Gateways } from '../gateway/gateway';
import { makeAgentSocketOf } from '../keys/agent-location';
import { askAgent } from '../keys/agent-socket';
import { KeyEditor } from '../keys/key-editor';
import { KeyFolder, type KeyFolderDeps } from '../keys/key-folder';
import { KeyImporter } from '../keys/key-importer';
import type { ReadKeyPair } from '../keys/key-pair';
import { makeShellVariable } from '../keys/login-shell';
import type { ParsePrivateKey } from '../keys/private-key';
import { type AgentSocketOf, makeProveIdentity } from '../keys/prove-identity';
import type { ReadPublicHalf } from '../keys/public-half';
import { Network } from '../network/owner/network';
import { systemClock } from '../system/clock';
import { HostTrust } from '../trust/host-trust';
import type { SeenHostKeys } from '../trust/seen-host-keys';
import { openSafeStorageCipher } from '../vault/safe-storage-cipher';
import { EncryptedVault, type Vault } from '../vault/vault';

interface RemoteDependencies {
  /** Folder of the vault's file. */
  readonly folder: string;
  /** @throws machine-not-found, jump-loop, jump-machine-missing */
  readonly wayTo: (machineId: MachineId) => Way;
  readonly confirmedCommands: CommandConfirmation;
  readonly seenHostKeys: SeenHostKeys;
  readonly instances: Instances;
  /** The bundled `electron/network-worker.ts`. */
  readonly networkWorkerPath: string;
  readonly language: Language;
  /** An error of the network thread that nobody caught. */
  readonly onFault: (place: string, error: unknown) => void;
  readonly onConnectionChanged: (snapshot: ConnectionSnapshot) => void;
  readonly onLogged: (batch: LogBatch) => void;
}

/** How servers on a way are signed in to. */
type RemoteLogin = Omit<HopLoginDeps, 'log'>;

/** All by which machines are reached. */
export interface Remote {
  readonly vault: Vault;
  readonly hostTrust: HostTrust;
  readonly agentSocketOf: AgentSocketOf;
  readonly keyFolder: KeyFolder;
  readonly keyEditor: KeyEditor;
  readonly keyImporter: KeyImporter;
  readonly connectionLog: ConnectionLog;
  readonly login: RemoteLogin;
  /** Has the sockets of all that follows. */
  readonly network: Network;
  readonly pool: ConnectionPool;
  readonly gateways: Gateways;
}

/** Where else OpenSSH looks by default: ssh_config(5), UserKnownHostsFile and GlobalKnownHostsFile. */
function otherKnownHostsPaths(): readonly string[] {
  const ofSystem =
    process.platform === 'win32' ? join(process.env.ProgramData ?? 'C:\\ProgramData', 'ssh') : '/etc/ssh';
  return [
    join(homedir(), '.ssh', 'known_hosts2'),
    ...['ssh_known_hosts', 'ssh_known_hosts2'].map((name) => join(ofSystem, name)),
  ];
}

// Keys take ssh2, which is large: it is loaded when it is first needed, not when the app starts.
const parsePrivateKey: ParsePrivateKey = async (file, passphrase) =>
  (await import('../ssh/private-key')).parsePrivateKey(file, passphrase);
const readPublicHalf: ReadPublicHalf = async (file) =>
  (await import('../ssh/private-key')).readPublicHalf(file);
const readKeyPair: ReadKeyPair = async (file, passphrase) =>
  (await import('../ssh/read-key-pair')).readKeyPair(file, passphrase);
const generateKeyPair: KeyFolderDeps['generateKeyPair'] = async (kind, comment, passphrase) =>
  (await import('../ssh/generate-key-pair')).generateKeyPair(kind, comment, passphrase);

/** Makes the way to the machines: real SSH, this user's keys, agent and known hosts, the system's keyring. */
export async function makeRemote(deps: RemoteDependencies): Promise<Remote> {
  const vault = new EncryptedVault({
    cipher: await openSafeStorageCipher(process.platform),
    path: join(deps.folder, 'vault.json'),
    fs,
  });
  const hostTrust = new HostTrust({
    userKnownHostsPath: join(homedir(), '.ssh', 'known_hosts'),
    globalKnownHostsPaths: [...otherKnownHostsPaths(), demoKnownHostsPath(deps.folder)],
    nowMs: systemClock.nowMs,
    fs,
  });
  const keyFolder = new KeyFolder({
    homeFolder: homedir(),
    platform: process.platform,
    fs,
    readPublicHalf,
    generateKeyPair,
  });
  const keyEditor = new KeyEditor({
    folder: keyFolder,
    homeFolder: homedir(),
    fs,
    vault,
    readKeyPair,
    newSuffix: () => randomBytes(6).toString('hex'),
  });
  const keyImporter = new KeyImporter({ folder: keyFolder, fs, readKeyPair });
  const agentSocketOf = makeAgentSocketOf({
    env: process.env,
    platform: process.platform,
    homeFolder: homedir(),
    userName: userInfo().username,
    fs,
    shellVariable: makeShellVariable({
      env: process.env,
      shell: userInfo().shell,
      newMark: () => randomBytes(16).toString('hex'),
      timeoutMs: 5000,
    }),
  });
  const connectionLog = new ConnectionLog(systemClock, deps.onLogged);
  const network = new Network({
    clock: systemClock,
    startWorker: () => new Worker(deps.networkWorkerPath, { name: 'network' }),
    linkOf: (machineId) => pool.link(machineId),
    onFault: deps.onFault,
    language: deps.language,
  });
  const login: RemoteLogin = {
    proveIdentity: makeProveIdentity({
      fs,
      homeFolder: homedir(),
      parsePrivateKey,
      agentSocketOf,
      askAgent,
    }),
    agentSocketOf,
    connectAttempt: network.connectAttempt,
    hostTrust,
    vault,
    confirmedCommands: deps.confirmedCommands,
    seenHostKeys: deps.seenHostKeys,
    instances: deps.instances,
    clock: systemClock,
  };
  const pool = new ConnectionPool({
    random: Math.random,
    ...login,
    wayTo: deps.wayTo,
    log: connectionLog,
    onChanged: deps.onConnectionChanged,
  });
  const gateways = new Gateways({
    openProxy: network.openProxy,
    randomSecret: () => randomBytes(32).toString('base64url'),
    log: connectionLog,
  });
  return {
    vault,
    hostTrust,
    agentSocketOf,
    keyFolder,
    keyEditor,
    keyImporter,
    connectionLog,
    login,
    network,
    pool,
    gateways,
  };
}
