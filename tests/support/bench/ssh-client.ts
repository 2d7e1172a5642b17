import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { freePort } from '../lab/free-port';
import type { LabSshd } from '../lab/sshd';

type Server = Pick<LabSshd, 'host' | 'port' | 'user' | 'clientKeyPath' | 'knownHostsPath'>;

/** The arguments with which `ssh` reaches a server of the lab and nothing of this user's own settings. */
export function sshArguments(server: Server): readonly string[] {
  return [
    ...['-F', 'none', '-o', `UserKnownHostsFile=${server.knownHostsPath}`, '-o', 'BatchMode=yes'],
    ...['-o', 'IdentitiesOnly=yes', '-o', 'IdentityAgent=none', '-i', server.clientKeyPath],
    ...['-p', String(server.port), '-l', server.user],
  ];
}

/** `ssh -N` with local forwards: what the product is compared with. */
export class SshForwards {
  private constructor(
    private readonly child: ChildProcess,
    /** Local ports, in the order of the targets. */
    readonly ports: readonly number[],
  ) {}

  /** Resolves once all ports accept. */
  static async open(
    server: Server,
    targets: readonly number[],
    options: readonly string[] = [],
  ): Promise<SshForwards> {
    const ports: number[] = [];
    const forwards: string[] = [];
    for (const target of targets) {
      const port = await freePort();
      ports.push(port);
      forwards.push('-L', `127.0.0.1:${port}:127.0.0.1:${target}`);
    }
    const child = spawn('ssh', ['-N', ...forwards, ...options, ...sshArguments(server), server.host], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    for (const port of ports) await accepted(port, child);
    return new SshForwards(child, ports);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  async close(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.kill();
    await exited;
  }
}

/** Milliseconds until `ssh` has signed in and run `true`. */
export async function timeSshTrue(server: Server): Promise<number> {
  const startedMs = performance.now();
  const child = spawn('ssh', [...sshArguments(server), server.host, 'true'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`ssh ended with code ${code}`);
  return performance.now() - startedMs;
}

/** Milliseconds until `ssh -W` to `port` has given the first byte that answers `request`. */
export async function timeSshFirstByte(server: Server, port: number, request: Buffer): Promise<number> {
  const startedMs = performance.now();
  const child = spawn('ssh', ['-W', `127.0.0.1:${port}`, ...sshArguments(server), server.host], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.write(request);
  await once(child.stdout, 'data');
  const milliseconds = performance.now() - startedMs;
  const exited = once(child, 'exit');
  child.kill();
  await exited;
  return milliseconds;
}

async function accepted(port: number, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await new Promise<boolean>((done) => {
      socket.once('connect', () => done(true));
      socket.once('error', () => done(false));
    });
    socket.destroy();
    if (isOpen) return;
    await new Promise((next) => setTimeout(next, 10));
  }
  throw new Error(`ssh ended with code ${child.exitCode}`);
}
