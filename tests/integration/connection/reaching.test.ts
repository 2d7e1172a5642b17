import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Route } from '../../../shared/model/machine';
import { startFaultProxy } from '../../support/lab/fault-proxy';
import {
  type LabConnection,
  type LabConnectionOptions,
  makeLabConnection,
} from '../../support/lab/lab-connection';
import { startSshd } from '../../support/lab/sshd';

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUps.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        for (const socket of sockets) socket.destroy();
      }),
  );
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A machine whose identity is never needed: it is not reached. */
async function connection(
  route: Partial<Route>,
  options: Partial<LabConnectionOptions> = {},
): Promise<LabConnection> {
  const made = await makeLabConnection({
    route: { host: '127.0.0.1', port: 22, user: 'ana', ...route },
    identity: { kind: 'password' },
    ...options,
  });
  cleanUps.push(() => made.close());
  return made;
}

describe('a machine that cannot be reached', () => {
  it('because its name has no address', async () => {
    const lab = await connection({ host: 'no-such-machine.invalid' });
    expect(await lab.connectFails()).toMatchObject({
      code: 'host-not-found',
      params: { host: 'no-such-machine.invalid' },
    });
    expect(lab.logCodes()).toEqual(['connect-started', 'failed']);
  });

  it('because nothing listens on the port', async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const lab = await connection({ port });
    expect(await lab.connectFails()).toMatchObject({
      code: 'connection-refused',
      params: { host: '127.0.0.1', port },
    });
    expect(lab.logCodes()).not.toContain('tcp-connected');
  });

  it('because no network leads there', async () => {
    // A multicast address: no TCP connection can go there, so no packet leaves this computer.
    const lab = await connection({ host: '224.0.0.1' });
    expect(await lab.connectFails()).toMatchObject({
      code: 'network-unreachable',
      params: { host: '224.0.0.1' },
    });
  });

  it('because whoever listens never says a word', async () => {
    const port = await listen(createServer());
    const lab = await connection({ port }, { ssh: { stepTimeoutMs: 300 } });
    expect(await lab.connectFails()).toMatchObject({
      code: 'connection-timed-out',
      params: { host: '127.0.0.1', port },
    });
    expect(lab.logCodes()).toContain('tcp-connected');
  });

  it('because a web server listens there', async () => {
    const port = await listen(createHttpServer((_request, response) => response.end('hello')));
    const lab = await connection({ port });
    const error = await lab.connectFails();
    expect(error).toMatchObject({ code: 'not-an-ssh-server', params: { host: '127.0.0.1', port } });
    expect(error.details).toEqual(['HTTP/1.1 400 Bad Request']);
  });

  it('because a mail server listens there, which speaks first', async () => {
    const port = await listen(createServer((socket) => socket.end('220 mail.example.org ESMTP\r\n')));
    const lab = await connection({ port });
    expect(await lab.connectFails()).toMatchObject({
      code: 'not-an-ssh-server',
      details: ['220 mail.example.org ESMTP'],
    });
  });

  it('because the server hangs up at once', async () => {
    const port = await listen(createServer((socket) => socket.end()));
    const lab = await connection({ port });
    expect((await lab.connectFails()).code).toBe('connection-lost');
  });

  it('because it offers no algorithm that is known here; it says which', async () => {
    const sshd = await startSshd({ config: ['KexAlgorithms sntrup761x25519-sha512@openssh.com'] });
    cleanUps.push(() => sshd.stop());
    const lab = await connection({ port: sshd.port });
    expect(await lab.connectFails()).toMatchObject({
      code: 'no-common-algorithm',
      params: { kind: 'kex', offered: expect.stringContaining('sntrup761x25519-sha512') },
    });
  });

  it('because the network breaks in the middle of the key exchange', async () => {
    const sshd = await startSshd();
    const proxy = await startFaultProxy(sshd, { cutAfterBytesDown: 300 });
    cleanUps.push(
      () => sshd.stop(),
      () => proxy.stop(),
    );
    const lab = await connection({ port: proxy.port });
    expect((await lab.connectFails()).code).toBe('connection-lost');
  });
});

describe('a slow way', () => {
  it('of 150 ms each way still connects', async () => {
    const sshd = await startSshd();
    const proxy = await startFaultProxy(sshd, { delayMs: 150 });
    cleanUps.push(
      () => sshd.stop(),
      () => proxy.stop(),
    );
    const lab = await connection(
      { port: proxy.port, user: sshd.user },
      { identity: { kind: 'keyFile', path: sshd.clientKeyPath } },
    );
    const ready = lab.connect();
    const { promptId } = await lab.nextHostKeyPrompt();
    lab.pool.answer({ kind: 'hostKey', promptId, isAccepted: true });
    expect(await (await ready).ping()).toBeGreaterThanOrEqual(300);
  });
});

describe('the connection log', () => {
  it('tells each step in order, as ssh -v does', async () => {
    const sshd = await startSshd({ config: [`Banner ${import.meta.filename}`] });
    cleanUps.push(() => sshd.stop());
    const lab = await connection(
      { host: 'localhost', port: sshd.port, user: sshd.user },
      { identity: { kind: 'keyFile', path: sshd.clientKeyPath }, knownHostsPath: sshd.knownHostsPath },
    );
    await lab.connect();
    expect(lab.logCodes()).toEqual([
      ...[
        'connect-started',
        'key-loaded',
        'name-resolved',
        'tcp-connected',
        'server-version',
        'host-key-trusted',
      ],
      ...['algorithms-agreed', 'auth-trying-key', 'server-banner', 'auth-succeeded', 'ready'],
    ]);
    const params = (code: string) => lab.log().find((entry) => entry.code === code)?.params;
    expect(params('tcp-connected')).toEqual({ address: '127.0.0.1', port: sshd.port });
    expect(params('server-version')?.version).toMatch(/^OpenSSH_/);
    expect(params('host-key-trusted')).toMatchObject({
      fingerprint: sshd.hostKeys[0]?.fingerprint,
      file: sshd.knownHostsPath,
    });
    expect(params('algorithms-agreed')).toMatchObject({
      cipher: 'aes128-gcm@openssh.com',
      hostKey: 'ssh-ed25519',
    });
  });

  it('tells a refusal', async () => {
    const sshd = await startSshd();
    cleanUps.push(() => sshd.stop());
    await sshd.authorize([]);
    const lab = await connection(
      { port: sshd.port, user: sshd.user },
      { identity: { kind: 'keyFile', path: sshd.clientKeyPath }, knownHostsPath: sshd.knownHostsPath },
    );
    await lab.connectFails();
    expect(lab.logCodes().slice(-4)).toEqual([
      'auth-trying-key',
      'auth-refused',
      'auth-methods-offered',
      'failed',
    ]);
    expect(lab.log().at(-1)).toMatchObject({
      level: 'error',
      params: { errorCode: 'key-refused', user: sshd.user },
    });
  });
});
