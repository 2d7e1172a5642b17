import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port';
import type { LabNetwork } from './lab-network';
import { lastWill } from './last-will';
import { listProcesses } from './processes';
import { makeKeyPair, type SshKeyPair, type SshKeyType } from './ssh-keys';
import { makeTempFolder } from './temp-folder';
import { addAccount } from './throwaway-account';

export interface SshdOptions {
  /** Default: ed25519 alone. */
  readonly hostKeyTypes?: readonly SshKeyType[];
  /** More lines of sshd_config; they come first, so they win over the lab's own. */
  readonly config?: readonly string[];
  /** Public keys that may log in besides `clientKeyPath`. */
  readonly authorizedKeys?: readonly string[];
  /**
   * Makes a throw-away system account with a password (needs root); it becomes `user`.
   * `keyboardInteractive` asks for it through PAM instead of by the `password` method.
   */
  readonly passwordAccount?: 'password' | 'keyboardInteractive';
  /** Runs there instead of on loopback. */
  readonly network?: Pick<LabNetwork, 'address' | 'enter'>;
  /** Where its own folder is made. Default: the system's folder for such things. */
  readonly parentFolder?: string;
}

/** A private OpenSSH server on loopback, or in a network of its own. */
export interface LabSshd {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Of the throw-away account; empty without one. */
  readonly password: string;
  /** A private key without passphrase that may log in as `user`. */
  readonly clientKeyPath: string;
  readonly hostKeys: readonly SshKeyPair[];
  /** A known_hosts file that trusts this server under `127.0.0.1` and `localhost`. */
  readonly knownHostsPath: string;
  /** Removed at `stop`; put what belongs to the test in it. */
  readonly folder: string;
  /** What sshd wrote to its log so far. */
  log(): string;
  /** From now on exactly these public keys (`<type> <base64>`) log in. */
  authorize(publicKeys: readonly string[]): Promise<void>;
  /** The sshd processes of all live sessions. */
  sessionPids(): Promise<ReadonlySet<number>>;
  /** Ends the sshd processes of all live sessions, as a crash would; the server goes on listening. */
  killSessions(): Promise<void>;
  /** Ends the listener but not the live sessions: from now on the port refuses. */
  stopListening(): Promise<void>;
  /** Listens on the same port again, with new host keys if asked; `knownHostsPath` keeps the old ones. */
  restart(options?: { readonly newHostKey?: boolean }): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a real sshd that is this test's own. Call `stop()` when done. */
export async function startSshd(options: SshdOptions = {}): Promise<LabSshd> {
  const { address: host, enter } = options.network ?? { address: '127.0.0.1', enter: [] };
  const folder = await makeTempFolder('sshd', options.parentFolder);
  if (userInfo().uid === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 });
  const account = options.passwordAccount === undefined ? null : await addAccount(folder.path);
  const clientKey = await makeKeyPair(join(folder.path, 'client_key'));
  const authorizedKeysPath = join(folder.path, 'authorized_keys');
  const authorize = (keys: readonly string[]) => writeFile(authorizedKeysPath, `${keys.join('\n')}\n`);
  await authorize([clientKey.publicKey, ...(options.authorizedKeys ?? [])]);
  await chmod(authorizedKeysPath, 0o644);

  const hostKeyTypes = options.hostKeyTypes ?? ['ed25519'];
  let generation = 0;
  const makeHostKeys = async () => {
    generation += 1;
    const keys: SshKeyPair[] = [];
    for (const type of hostKeyTypes) {
      keys.push(await makeKeyPair(join(folder.path, `host_${type}_${generation}`), { type }));
    }
    return keys;
  };
  let hostKeys = await makeHostKeys();

  const usesPam = options.passwordAccount === 'keyboardInteractive';
  const configLines = (port: number) => [
    ...(options.config ?? []),
    `ListenAddress ${host}`,
    `Port ${port}`,
    ...hostKeys.map((key) => `HostKey ${key.path}`),
    `AuthorizedKeysFile ${authorizedKeysPath}`,
    `PidFile ${join(folder.path, 'sshd.pid')}`,
    'PermitRootLogin yes',
    'StrictModes no',
    `UsePAM ${usesPam ? 'yes' : 'no'}`,
    `KbdInteractiveAuthentication ${usesPam ? 'yes' : 'no'}`,
    `PasswordAuthentication ${options.passwordAccount === 'password' ? 'yes' : 'no'}`,
    'PubkeyAuthentication yes',
    'MaxStartups 100',
    'LogLevel VERBOSE',
    'PrintMotd no',
    'PrintLastLog no',
    'Subsystem sftp internal-sftp',
  ];

  const logChunks: string[] = [];
  const listen = async (port: number): Promise<ChildProcess> => {
    const configPath = join(folder.path, 'sshd_config');
    await writeFile(configPath, `${configLines(port).join('\n')}\n`);
    return spawnSshd([...enter, '/usr/sbin/sshd', '-D', '-e', '-f', configPath], (text) =>
      logChunks.push(text),
    );
  };

  let listener: ChildProcess | null = null;
  let port = 0;
  for (let tries = 0; listener === null; tries += 1) {
    port = await freePort();
    try {
      listener = await listen(port);
    } catch (error) {
      if (tries >= 4) throw error;
    }
  }

  const knownHostsPath = join(folder.path, 'known_hosts');
  await writeFile(
    knownHostsPath,
    hostKeys.map((key) => `[${host}]:${port},[localhost]:${port} ${key.publicKey}\n`).join(''),
  );

  // Sessions outlive a stopped listener and lose it as their parent: they are remembered by pid.
  const orphans = new Set<number>();
  const sessionPids = async () => {
    const all = await listProcesses();
    const isSshd = (pid: number) => all.get(pid)?.name.startsWith('sshd') === true;
    const pids = new Set([...orphans].filter(isSshd));
    if (listener?.pid !== undefined) pids.add(listener.pid);
    for (let size = -1; size !== pids.size; ) {
      size = pids.size;
      for (const [pid, process] of all) if (pids.has(process.parentPid) && isSshd(pid)) pids.add(pid);
    }
    if (listener?.pid !== undefined) pids.delete(listener.pid);
    return pids;
  };
  const killSessions = async () => {
    for (const pid of await sessionPids()) killPid(pid);
    orphans.clear();
  };
  const stopListening = async () => {
    const stopped = listener;
    if (stopped === null) return;
    for (const pid of await sessionPids()) orphans.add(pid);
    listener = null;
    await ended(stopped);
  };

  return {
    host,
    port,
    user: account?.name ?? userInfo().username,
    password: account?.password ?? '',
    clientKeyPath: clientKey.path,
    get hostKeys() {
      return hostKeys;
    },
    knownHostsPath,
    folder: folder.path,
    log: () => logChunks.join(''),
    authorize,
    sessionPids,
    killSessions,
    stopListening,
    restart: async ({ newHostKey = false } = {}) => {
      await stopListening();
      if (newHostKey) hostKeys = await makeHostKeys();
      listener = await listen(port);
    },
    stop: async () => {
      await killSessions();
      await stopListening();
      await account?.remove();
      await folder.remove();
    },
  };
}

function spawnSshd(command: readonly string[], onLog: (text: string) => void): Promise<ChildProcess> {
  const [program = '', ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    child.once('exit', lastWill(['kill', '-KILL', String(child.pid)]));
    let seen = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      onLog(text);
      seen += text;
      if (/^Server listening on /m.test(seen)) resolve(child);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`sshd ended with ${code}: ${seen}`)));
  });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

function killPid(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
