import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DemoServer, startDemoServer } from '../../../electron/ssh/demo-server';
import { generateEd25519KeyPair } from '../../../electron/ssh/ed25519-key-pair';

const user = userInfo().username;
let folder: string;
let server: DemoServer;
const hostPair = generateEd25519KeyPair('host');
const clientPair = generateEd25519KeyPair('client');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nuvem-demo-server-'));
  await writeFile(join(folder, 'key'), clientPair.privateKey, { mode: 0o600 });
  await writeFile(join(folder, 'other-key'), generateEd25519KeyPair('x').privateKey, { mode: 0o600 });
  server = await startServer(0);
  const hostKey = hostPair.publicKey.split(' ').slice(0, 2).join(' ');
  await writeFile(join(folder, 'known_hosts'), `[127.0.0.1]:${server.port} ${hostKey}\n`);
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

function startServer(preferredPort: number): Promise<DemoServer> {
  return startDemoServer({
    preferredPort,
    hostKey: hostPair.privateKey,
    authorizedKey: clientPair.publicKey,
    user,
    shell: {
      path: '/bin/sh',
      environment: { PATH: process.env.PATH ?? '', HOME: folder, MARK: 'own environment' },
      homeFolder: folder,
    },
  });
}

interface SshOptions {
  readonly key?: string;
  readonly user?: string;
  readonly port?: number;
  readonly options?: readonly string[];
}

function sshArgs(options: SshOptions = {}): string[] {
  return [
    ...['-F', 'none', '-p', String(options.port ?? server.port), '-l', options.user ?? user],
    ...['-i', join(folder, options.key ?? 'key'), '-o', 'IdentitiesOnly=yes', '-o', 'IdentityAgent=none'],
    ...['-o', 'BatchMode=yes', '-o', `UserKnownHostsFile=${join(folder, 'known_hosts')}`],
    ...['-o', 'StrictHostKeyChecking=yes', '-o', 'ExitOnForwardFailure=yes', ...(options.options ?? [])],
    '127.0.0.1',
  ];
}

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function ssh(command: readonly string[], options: SshOptions = {}, input = ''): Promise<Outcome> {
  const child = spawn('ssh', [...sshArgs(options), ...command]);
  // A client that is through before it was given everything is part of what is tested.
  child.stdin.on('error', () => child.stdin.destroy());
  child.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((next) => setTimeout(next, 20));
}

describe('commands', () => {
  test('output, errors and exit code arrive apart', async () => {
    const outcome = await ssh(['echo out; echo err >&2; exit 7']);
    expect(outcome).toEqual({ code: 7, stdout: 'out\n', stderr: 'err\n' });
  });

  test('input reaches the command and its end is seen', async () => {
    expect(await ssh(['sort'], {}, 'b\na\n')).toMatchObject({ code: 0, stdout: 'a\nb\n' });
  });

  test('the environment is the given one and nothing of the app', async () => {
    const { stdout } = await ssh(['env']);
    expect(stdout).toContain('MARK=own environment');
    expect(stdout).not.toContain('VITEST');
  });

  test('20 MB pass unharmed through a slow reader in both directions', async () => {
    const input = 'x'.repeat(1023).concat('\n').repeat(20_000);
    const outcome = await ssh(['cat; sleep 0.2; echo done >&2'], {}, input);
    expect(outcome.stdout.length).toBe(input.length);
    expect(outcome.stdout === input).toBe(true);
    expect(outcome.stderr).toBe('done\n');
  });

  test('a command that does not read its input ends all the same', async () => {
    expect(await ssh(['exit 3'], {}, 'x'.repeat(5_000_000))).toMatchObject({ code: 3 });
  });

  test('a command ended by a signal is reported as such', async () => {
    const child = spawn('ssh', ['-v', ...sshArgs(), 'kill -TERM $$']);
    const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
    expect(code).toBe(255);
    expect(stderr).toContain('exit-signal');
  });

  test('a login shell without a terminal reads commands from its input', async () => {
    expect(await ssh([], {}, 'echo from the shell\nexit 5\n')).toMatchObject({
      code: 5,
      stdout: 'from the shell\n',
    });
  });

  test('a terminal is refused', async () => {
    const outcome = await ssh(['echo here'], { options: ['-tt'] });
    expect(outcome.stderr).toContain('PTY allocation request failed');
  });

  test('a detached process outlives the command, which ends at once', async () => {
    const pidFile = join(folder, 'detached-pid');
    const outcome = await ssh([
      `setsid -f sh -c 'echo $$ > ${pidFile}; exec sleep 300' >/dev/null 2>&1 </dev/null; echo started`,
    ]);
    expect(outcome).toMatchObject({ code: 0, stdout: 'started\n' });
    await until(() => exists(pidFile));
    const { stdout } = await ssh([`kill -0 $(cat ${pidFile}) && echo alive; kill $(cat ${pidFile})`]);
    expect(stdout).toBe('alive\n');
  });

  test('a command whose client vanishes gets a hang-up', async () => {
    const [started, hungUp] = [join(folder, 'started'), join(folder, 'hung-up')];
    const client = spawn('ssh', [
      ...sshArgs(),
      `trap 'touch ${hungUp}; exit' HUP; touch ${started}; sleep 300 & wait`,
    ]);
    await until(() => exists(started));
    client.kill('SIGKILL');
    await until(() => exists(hungUp));
    expect(await exists(hungUp)).toBe(true);
  });
});

describe('who gets in', () => {
  test('another key is refused', async () => {
    const outcome = await ssh(['true'], { key: 'other-key' });
    expect(outcome.code).toBe(255);
    expect(outcome.stderr).toContain('Permission denied (publickey)');
  });

  test('another user name is refused', async () => {
    expect((await ssh(['true'], { user: 'somebody' })).stderr).toContain('Permission denied (publickey)');
  });

  test('a key agreed to be good is worth nothing without its signature', async () => {
    // The public half alone: ssh offers it, the server says it would do, and the signature cannot be made.
    await writeFile(join(folder, 'public-only.pub'), clientPair.publicKey);
    const outcome = await ssh(['true'], { key: 'public-only.pub' });
    expect(outcome.code).toBe(255);
  });

  test('it listens on loopback only', async () => {
    const { stdout } = await run('ss', ['-Hltn', `sport = :${server.port}`]);
    expect(stdout.trim().split(/\s+/)[3]).toBe(`127.0.0.1:${server.port}`);
  });
});

describe('forwards', () => {
  let echo: Server;
  let unixEcho: Server;

  beforeAll(async () => {
    echo = createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
    unixEcho = createServer((socket) => socket.pipe(socket)).listen(join(folder, 'echo.sock'));
    await Promise.all([once(echo, 'listening'), once(unixEcho, 'listening')]);
  });

  afterAll(() => {
    echo.close();
    unixEcho.close();
  });

  test('to a TCP port: a megabyte comes back as it went', async () => {
    expect(await echoedThrough(`localhost:${(echo.address() as AddressInfo).port}`)).toBe(true);
  });

  test('to a unix socket: a megabyte comes back as it went', async () => {
    expect(await echoedThrough(join(folder, 'echo.sock'))).toBe(true);
  });

  test('to an address beyond loopback is refused', async () => {
    const outcome = await ssh([], {
      options: ['-W', '192.0.2.1:80'],
    });
    expect(outcome.code).toBe(255);
    expect(outcome.stderr).toContain('stdio forwarding failed');
  });

  test('to a port where nobody listens is refused', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    const outcome = await ssh([], { options: ['-W', `127.0.0.1:${port}`] });
    expect(outcome.stderr).toContain('stdio forwarding failed');
  });

  async function echoedThrough(target: string): Promise<boolean> {
    const local = join(folder, `forward-${Date.now()}.sock`);
    const client = spawn('ssh', ['-N', ...sshArgs({ options: ['-L', `${local}:${target}`] })]);
    try {
      await until(() => exists(local));
      const payload = Buffer.alloc(1_000_000, 'nuvem ');
      const socket = connect({ path: local, allowHalfOpen: true });
      const answer = receive(socket, payload.length);
      socket.write(payload);
      return (await answer).equals(payload);
    } finally {
      await ended(client);
    }
  }
});

describe('keeping on', () => {
  test('a keepalive is answered', async () => {
    const options = ['-o', 'ServerAliveInterval=1', '-o', 'ServerAliveCountMax=1'];
    expect(await ssh(['sleep 3.5; echo kept'], { options })).toMatchObject({ code: 0, stdout: 'kept\n' });
  });

  test('a taken port gives another one, and a free one is used', async () => {
    const other = await startServer(server.port);
    expect(other.port).not.toBe(server.port);
    const { port } = other;
    await other.close();
    const again = await startServer(port);
    expect(again.port).toBe(port);
    await again.close();
  });

  test('closing the server ends its connections and commands', async () => {
    const other = await startServer(0);
    const client = spawn('ssh', [
      ...sshArgs({ port: other.port, options: ['-o', `HostKeyAlias=[127.0.0.1]:${server.port}`] }),
      'echo in; sleep 300',
    ]);
    await once(client.stdout, 'data');
    const [[code]] = await Promise.all([once(client, 'close'), other.close()]);
    expect(code).not.toBe(0);
  });
});

function run(file: string, args: readonly string[]): Promise<{ stdout: string }> {
  return new Promise((done, fail) => {
    execFile(file, args, (error, stdout) => (error ? fail(error) : done({ stdout })));
  });
}

async function receive(socket: ReturnType<typeof connect>, sizeBytes: number): Promise<Buffer> {
  let receivedBytes = 0;
  socket.on('data', (chunk) => {
    receivedBytes += chunk.length;
    if (receivedBytes >= sizeBytes) socket.end();
  });
  return buffer(socket);
}

async function ended(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close');
  child.kill();
  await closed;
}
