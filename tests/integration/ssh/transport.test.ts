import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Transport } from '../../../electron/connection/transport';
import { type LabConnection, makeLabConnection } from '../../support/lab/lab-connection';
import { type LabSshd, startSshd } from '../../support/lab/sshd';

/** Nothing here takes long, but the computer may be busy with other tests. */
const patience = { timeout: 20_000 };

let sshd: LabSshd;
let lab: LabConnection;
let transport: Transport;

const canHaveAccount = process.getuid?.() === 0;

async function connect(server: LabSshd): Promise<LabConnection> {
  return makeLabConnection({
    route: { host: server.host, port: server.port, user: server.user },
    identity: { kind: 'keyFile', path: server.clientKeyPath },
    knownHostsPath: server.knownHostsPath,
  });
}

beforeAll(async () => {
  sshd = await startSshd();
  lab = await connect(sshd);
  transport = await lab.connect();
});
afterAll(async () => {
  await lab.close();
  await sshd.stop();
});

const servers: Server[] = [];
const sockets = new Set<Socket>();
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});
async function listen(where: string | 0, onSocket: (socket: Socket) => void): Promise<number> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket.once('close', () => sockets.delete(socket)));
    socket.on('error', () => socket.destroy());
    onSocket(socket);
  });
  servers.push(server);
  await new Promise<void>((resolve) => {
    if (typeof where === 'string') server.listen(where, resolve);
    else server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
/** Unlike `for await`, this leaves the other direction of the stream open. */
function textOf(stream: Duplex): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.once('end', () => resolve(Buffer.concat(chunks).toString()));
    stream.once('error', reject);
  });
}

describe('running a command', () => {
  it('gives both outputs and the exit code', async () => {
    expect(await transport.exec('echo out; echo err >&2; exit 3')).toEqual({
      exitCode: 3,
      stdout: 'out\n',
      stderr: 'err\n',
    });
  });

  it('feeds its standard input, binary too, and closes it', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    const { stdout } = await transport.exec('sha256sum', { stdin: bytes });
    expect(stdout.split(' ')[0]).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect((await transport.exec('cat')).stdout).toBe('');
  });

  it('keeps characters whole over packet borders, megabytes long', async () => {
    const text = 'ção → 雲\n'.repeat(100_000);
    expect((await transport.exec('cat', { stdin: text })).stdout).toBe(text);
  });

  it('that a signal ended has no exit code', async () => {
    expect(await transport.exec('kill -9 $$')).toMatchObject({ exitCode: null });
  });

  it.runIf(canHaveAccount)('that takes too long, or is called off, is ended on the machine too', async () => {
    // For root itself sshd forwards no signals.
    const server = await startSshd({ passwordAccount: 'password' });
    const user = await connect(server);
    const open = await user.connect();
    const sleeping = async () => (await open.exec('pgrep -x -u "$(id -u)" sleep | wc -l')).stdout.trim();
    await expect(open.exec('exec sleep 31.4', { timeoutMs: 300 })).rejects.toMatchObject({
      code: 'remote-command-failed',
      params: { reason: 'timed-out' },
    });
    const stop = new AbortController();
    const cancelled = expect(open.exec('exec sleep 27.1', { signal: stop.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
    await expect.poll(sleeping, patience).toBe('1');
    stop.abort();
    await cancelled;
    await expect.poll(sleeping, patience).toBe('0');
    await user.close();
    await server.stop();
  });

  it('is not even begun when it was called off before', async () => {
    await expect(transport.exec('true', { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('runs many at once', async () => {
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, index) => transport.exec(`echo ${index}`)),
    );
    expect(results.map(({ stdout }) => stdout)).toEqual([
      '0\n',
      '1\n',
      '2\n',
      '3\n',
      '4\n',
      '5\n',
      '6\n',
      '7\n',
    ]);
  });

  it('beyond what the server allows at once is refused, and possible again later', async () => {
    const strict = await startSshd({ config: ['MaxSessions 1'] });
    const narrow = await connect(strict);
    const open = await narrow.connect();
    const first = open.exec('read line; echo "$line"', { stdin: 'x\n' });
    const second = open.exec('echo second');
    expect((await Promise.allSettled([first, second])).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
    ]);
    await expect(second).rejects.toMatchObject({ code: 'channel-refused' });
    // The server frees the place of the first one a moment after its end.
    const third = () =>
      open.exec('echo third').then(
        ({ stdout }) => stdout,
        ({ code }) => code,
      );
    await expect.poll(third, patience).toBe('third\n');
    await narrow.close();
    await strict.stop();
  });
});

describe('a stream to a port', () => {
  it('carries bytes both ways and ends each way by itself', async () => {
    const port = await listen(0, (socket) => {
      void textOf(socket).then((text) => socket.end(`heard ${text}`));
    });
    const stream = await transport.openTcp('127.0.0.1', port);
    stream.end('hello');
    expect(await textOf(stream)).toBe('heard hello');
    await expect.poll(() => stream.destroyed, patience).toBe(true);
  });

  it('brings 64 MB through whole in both directions at once', { timeout: 120_000 }, async () => {
    const path = join(sshd.folder, 'bulk');
    const chunk = Buffer.from(Array.from({ length: 1_000_003 }, (_, index) => (index * 31) % 251));
    const bulk = Buffer.concat(Array.from({ length: 64 }, () => chunk));
    await writeFile(path, bulk);
    const port = await listen(0, (socket) => void pipeline(socket, socket));
    const stream = await transport.openTcp('127.0.0.1', port);
    const hash = createHash('sha256');
    await Promise.all([pipeline(createReadStream(path), stream), textlessHash(stream, hash)]);
    expect(hash.digest('hex')).toBe(createHash('sha256').update(bulk).digest('hex'));
  });

  it('holds a sender back that the far side does not read', async () => {
    const port = await listen(0, (socket) => socket.pause());
    const stream = await transport.openTcp('127.0.0.1', port);
    let acceptedBytes = 0;
    const chunk = Buffer.alloc(1024 * 1024);
    for (let full = false; !full && acceptedBytes < 200_000_000; ) {
      const written = new Promise<boolean>((resolve) => stream.write(chunk, () => resolve(false)));
      full = await Promise.race([written, new Promise<boolean>((resolve) => setTimeout(resolve, 500, true))]);
      if (!full) acceptedBytes += chunk.length;
    }
    expect(acceptedBytes).toBeLessThan(32_000_000);
    expect((await transport.exec('echo meanwhile')).stdout).toBe('meanwhile\n');
    stream.destroy();
  });

  it('holds the far side back when nobody reads here', async () => {
    let sentBytes = 0;
    const port = await listen(0, (socket) => {
      const chunk = Buffer.alloc(64 * 1024);
      const send = () => {
        while (socket.writable && sentBytes < 200_000_000) {
          sentBytes += chunk.length;
          if (!socket.write(chunk)) return void socket.once('drain', send);
        }
      };
      socket.on('error', () => socket.destroy());
      send();
    });
    const stream = await transport.openTcp('127.0.0.1', port);
    let before = -1;
    await expect
      .poll(
        () => {
          const isStill = sentBytes === before;
          before = sentBytes;
          return isStill;
        },
        { interval: 500, timeout: 20_000 },
      )
      .toBe(true);
    expect(sentBytes).toBeLessThan(32_000_000);
    stream.destroy();
  });

  it('that nobody listens on is refused', async () => {
    const port = await listen(0, () => undefined);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    await expect(transport.openTcp('127.0.0.1', port)).rejects.toMatchObject({
      code: 'channel-refused',
      params: { host: sshd.host, target: `127.0.0.1:${port}` },
    });
  });

  it('destroyed here is closed there', async () => {
    let closed: Promise<unknown> = Promise.resolve();
    const port = await listen(0, (socket) => {
      closed = new Promise((resolve) => socket.once('close', resolve));
      socket.on('end', () => socket.end()).resume();
    });
    const stream = await transport.openTcp('127.0.0.1', port);
    stream.write('x');
    stream.destroy();
    await closed;
    expect(stream.destroyed).toBe(true);
  });

  it('whose far end breaks off ends here, and a write after that fails instead of hanging', async () => {
    const port = await listen(0, (socket) => socket.once('data', () => socket.resetAndDestroy()));
    const stream = await transport.openTcp('127.0.0.1', port);
    const closed = new Promise((resolve) => stream.once('close', resolve));
    stream.on('error', () => undefined).resume();
    stream.once('end', () => stream.write('too late'));
    stream.write('x');
    await closed;
    expect(await new Promise((resolve) => stream.write('y', resolve))).toBeInstanceOf(Error);
  });
});

describe('a stream to a unix socket', () => {
  it('carries bytes both ways', async () => {
    const path = join(sshd.folder, 'echo.sock');
    await listen(path, (socket) => void pipeline(socket, socket));
    const stream = await transport.openUnixSocket(path);
    stream.end('over a socket');
    expect(await textOf(stream)).toBe('over a socket');
  });

  it('that is not there is refused', async () => {
    await expect(transport.openUnixSocket('/nowhere/a.sock')).rejects.toMatchObject({
      code: 'channel-refused',
      params: { target: '/nowhere/a.sock' },
    });
  });
});

describe('a server that forbids forwarding', () => {
  it('is told apart from a port that refuses', async () => {
    const strict = await startSshd({ config: ['AllowTcpForwarding no', 'AllowStreamLocalForwarding no'] });
    const narrow = await connect(strict);
    const open = await narrow.connect();
    const port = await listen(0, () => undefined);
    await expect(open.openTcp('127.0.0.1', port)).rejects.toMatchObject({ code: 'forwarding-refused' });
    expect((await open.exec('echo still')).stdout).toBe('still\n');
    await narrow.close();
    await strict.stop();
  });
});

describe('the end of a transport', () => {
  it('ends its streams with an error, fails what waits, and tells listeners once, late ones too', async () => {
    const own = await startSshd();
    const owner = await connect(own);
    const open = await owner.connect();
    const port = await listen(0, (socket) => socket.on('error', () => socket.destroy()).resume());
    const stream = await open.openTcp('127.0.0.1', port);
    const failed = new Promise((resolve) => stream.once('error', resolve));
    stream.resume();
    const told: unknown[] = [];
    open.onClosed((error) => told.push(error?.code));
    await own.killSessions();
    expect(await failed).toMatchObject({ code: 'connection-lost' });
    await expect(open.exec('true')).rejects.toMatchObject({ code: 'connection-lost' });
    await expect(open.openTcp('127.0.0.1', port)).rejects.toMatchObject({ code: 'connection-lost' });
    await expect(open.ping()).rejects.toMatchObject({ code: 'connection-lost' });
    open.onClosed((error) => told.push(error?.code));
    expect(told).toEqual(['connection-lost', 'connection-lost']);
    await owner.close();
    await own.stop();
  });

  it('by its owner is no error', async () => {
    const owner = await connect(sshd);
    const open = await owner.connect();
    const told = new Promise((resolve) => open.onClosed(resolve));
    open.close();
    open.close();
    expect(await told).toBeNull();
    await owner.close();
  });
});

describe('a ping', () => {
  it('is answered and measured', async () => {
    const rttMs = await transport.ping();
    expect(rttMs).toBeGreaterThan(0);
    expect(rttMs).toBeLessThan(1000);
  });
});

async function textlessHash(
  stream: AsyncIterable<Buffer>,
  hash: ReturnType<typeof createHash>,
): Promise<void> {
  for await (const chunk of stream) hash.update(chunk);
}
