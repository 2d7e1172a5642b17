import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lastWill } from './last-will';
import { makeKeyPair } from './ssh-keys';
import { makeTempFolder } from './temp-folder';

export interface AskingServerOptions {
  /** What `keyboard-interactive` asks, round by round, and the answers that it wants. */
  readonly rounds?: readonly {
    readonly title: string;
    readonly instructions: string;
    readonly prompts: readonly (readonly [text: string, isEchoed: boolean])[];
    readonly answers: readonly string[];
  }[];
  /** Of the `password` method. */
  readonly password?: string;
  /** The password has expired, and this is the only other one that is accepted. */
  readonly newPassword?: string;
}

/** An SSH server that is not OpenSSH, on loopback: it lets in who answers right, runs nothing and is a jump host. */
export interface AskingServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** A line of known_hosts that trusts it. */
  readonly knownHosts: string;
  stop(): Promise<void>;
}

/** Starts AsyncSSH's server with the system's own Python. */
export async function startAskingServer(options: AskingServerOptions): Promise<AskingServer> {
  const folder = await makeTempFolder('asking');
  const hostKey = await makeKeyPair(join(folder.path, 'host_key'));
  const script = fileURLToPath(new URL('./asking-server.py', import.meta.url));
  const told = JSON.stringify({
    ...{ rounds: [], password: '', newPassword: '', ...options },
    hostKeyPath: hostKey.path,
  });
  const child = spawn('/usr/bin/python3', [script, told], { stdio: ['ignore', 'pipe', 'ignore'] });
  child.once('exit', lastWill(['kill', '-KILL', String(child.pid)]));
  const port = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the asking server ended with ${code}`)));
    child.stdout.once('data', (text: Buffer) => resolve(Number(text.toString('utf8'))));
  });
  return {
    ...{ host: '127.0.0.1', port, user: 'ana' },
    knownHosts: `[127.0.0.1]:${port},[localhost]:${port} ${hostKey.publicKey}\n`,
    stop: async () => {
      const exited = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await exited;
      await folder.remove();
    },
  };
}
