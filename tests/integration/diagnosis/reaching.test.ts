import { appendFile, readFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Jump, Route } from '../../../shared/model/machine';
import { startDeafPort } from '../../support/lab/deaf-port';
import { startFaultProxy } from '../../support/lab/fault-proxy';
import { freePort } from '../../support/lab/free-port';
import { startHttpConnectProxy } from '../../support/lab/http-connect-proxy';
import {
  courseOf,
  findingIn,
  type LabDiagnosisOptions,
  makeLabDiagnosis,
  stepIn,
} from '../../support/lab/lab-diagnosis';
import { type LabSshd, type SshdOptions, startSshd } from '../../support/lab/sshd';

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function listen(made: Server): Promise<number> {
  const sockets = new Set<Socket>();
  made.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  cleanUps.push(
    () =>
      new Promise((resolve) => {
        made.close(resolve);
        for (const socket of sockets) socket.destroy();
      }),
  );
  const address = made.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function server(options: SshdOptions = {}): Promise<LabSshd> {
  const sshd = await startSshd(options);
  cleanUps.push(() => sshd.stop());
  return sshd;
}

/** Of a machine whose identity is never needed. */
async function run(route: Partial<Route>, options: Partial<LabDiagnosisOptions> = {}) {
  const made = await makeLabDiagnosis({
    route: { host: '127.0.0.1', port: 22, user: 'ana', ...route },
    identity: { kind: 'password' },
    ...options,
  });
  cleanUps.push(() => made.close());
  return made.run();
}

describe('the name', () => {
  it('that nobody knows: says whom it asked', async () => {
    const snapshot = await run({ host: 'no-such-machine.invalid' });
    expect(findingIn(snapshot, '0/name').code).toMatch(/^(name-unknown|resolver-silent)$/);
    expect(findingIn(snapshot, '0/name').params).toMatchObject({
      host: 'no-such-machine.invalid',
      resolvers: '192.0.2.53',
    });
  });

  it('that looks like a known one with a slip of the finger', async () => {
    const surroundings = { knownNames: ['gpu.example.invalid', 'etl.example.invalid'] };
    const snapshot = await run({ host: 'gpu.exmaple.invalid' }, { surroundings });
    expect(findingIn(snapshot, '0/name')).toMatchObject({
      code: 'name-misspelt',
      params: { similar: 'gpu.example.invalid' },
    });
  });

  it('while this computer has no network at all', async () => {
    const snapshot = await run({ host: 'no-such-machine.invalid' }, { surroundings: { isOffline: true } });
    expect(findingIn(snapshot, '0/name').code).toBe('offline');
  });
});

describe('the port', () => {
  it('that nothing listens on', async () => {
    const snapshot = await run({ port: await freePort() });
    expect(findingIn(snapshot, '0/reach').code).toBe('port-refused');
    expect(stepIn(snapshot, '0/greeting').state.kind).toBe('skipped');
    expect(snapshot.state).toMatchObject({ verdict: 'trouble' });
  });

  it('that swallows every packet', async () => {
    const deaf = await startDeafPort();
    cleanUps.push(() => deaf.stop());
    const snapshot = await run({ port: deaf.port }, { ssh: { connectTimeoutMs: 700 } });
    expect(findingIn(snapshot, '0/reach').code).toBe('port-filtered');
  });

  it('to which no network leads', async () => {
    // A multicast address: no TCP connection can go there, so no packet leaves this computer.
    expect(findingIn(await run({ host: '224.0.0.1' }), '0/reach').code).toBe('network-unreachable');
  });
});

describe('the greeting', () => {
  it('of a web server', async () => {
    const port = await listen(createHttpServer((_request, response) => response.end('hello')));
    const snapshot = await run({ port });
    expect(stepIn(snapshot, '0/reach').state.kind).toBe('passed');
    expect(findingIn(snapshot, '0/greeting')).toMatchObject({
      code: 'greeting-web-server',
      quotes: ['HTTP/1.1 400 Bad Request'],
    });
  });

  it('of a server that wants TLS', async () => {
    // What OpenSSL answers to something else than TLS: a fatal alert, protocol_version (RFC 8446, 6).
    const alert = Buffer.from([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46]);
    const port = await listen(createServer((socket) => socket.end(alert)));
    expect(findingIn(await run({ port }), '0/greeting').code).toBe('greeting-encrypted');
  });

  it('of a mail server', async () => {
    const port = await listen(createServer((socket) => socket.end('220 mail.example.org ESMTP\r\n')));
    expect(findingIn(await run({ port }), '0/greeting')).toMatchObject({
      code: 'greeting-other',
      quotes: ['220 mail.example.org ESMTP'],
    });
  });

  it('of OpenSSH that has too many guests, or had too many from here', async () => {
    const busy = await listen(createServer((socket) => socket.end('Exceeded MaxStartups\r\n')));
    expect(findingIn(await run({ port: busy }), '0/greeting').code).toBe('greeting-busy');
    const strict = await listen(createServer((socket) => socket.end('Not allowed at this time\r\n')));
    expect(findingIn(await run({ port: strict }), '0/greeting').code).toBe('greeting-penalty');
  });

  it('that never comes, or instead of which it hangs up', async () => {
    const sshd = await server();
    const hole = await startFaultProxy(sshd, { isBlackHole: true });
    cleanUps.push(() => hole.stop());
    const silent = await run({ port: hole.port }, { ssh: { stepTimeoutMs: 400 } });
    expect(findingIn(silent, '0/greeting').code).toBe('greeting-silent');
    const port = await listen(createServer((socket) => socket.end()));
    expect(findingIn(await run({ port }), '0/greeting').code).toBe('greeting-hung-up');
  });
});

describe('the algorithms', () => {
  it('of which none is common: says what each side has', async () => {
    const sshd = await server({ config: ['KexAlgorithms diffie-hellman-group14-sha1'] });
    const snapshot = await run({ port: sshd.port });
    expect(stepIn(snapshot, '0/greeting').state.kind).toBe('passed');
    expect(findingIn(snapshot, '0/algorithms')).toMatchObject({
      code: 'algorithms-only-old',
      params: {
        kind: 'kex',
        offered: expect.stringContaining('diffie-hellman-group14-sha1'),
        ours: expect.stringContaining('curve25519-sha256'),
      },
    });
  });

  it('while the network breaks', async () => {
    const sshd = await server();
    const proxy = await startFaultProxy(sshd, { cutAfterBytesDown: 300 });
    cleanUps.push(() => proxy.stop());
    expect(findingIn(await run({ port: proxy.port }), '0/algorithms').code).toBe('handshake-broken');
  });
});

describe('a proxy', () => {
  const through = (port: number, user = ''): Route['proxy'] => ({
    kind: 'http',
    host: '127.0.0.1',
    port,
    user,
  });

  it('that is not there', async () => {
    const snapshot = await run({ host: 'gpu.example.invalid', proxy: through(await freePort()) });
    expect(findingIn(snapshot, '0/proxy').code).toBe('proxy-unreachable');
    // It would have looked the name up itself.
    expect(courseOf(snapshot).some((line) => line.startsWith('0/name'))).toBe(false);
  });

  it.each([
    [407, 'proxy-sign-in-needed'],
    [403, 'proxy-forbids'],
    [502, 'proxy-cannot-reach'],
  ])('that answers %i', async (refusesWith, code) => {
    const proxy = await startHttpConnectProxy({ refusesWith });
    cleanUps.push(() => proxy.stop());
    const snapshot = await run({ host: 'gpu.example.invalid', proxy: through(proxy.port) });
    expect(findingIn(snapshot, '0/proxy').code).toBe(code);
  });

  it('that lets through is one step, and the rest is as without it', async () => {
    const sshd = await server();
    const proxy = await startHttpConnectProxy();
    cleanUps.push(() => proxy.stop());
    const snapshot = await run(
      { host: sshd.host, port: sshd.port, user: sshd.user, proxy: through(proxy.port) },
      { identity: { kind: 'keyFile', path: sshd.clientKeyPath }, knownHostsPath: sshd.knownHostsPath },
    );
    expect(stepIn(snapshot, '0/proxy').state.kind).toBe('passed');
    expect(stepIn(snapshot, '0/command').state.kind).toBe('passed');
  });
});

describe('jump hosts', () => {
  const jumpOver = ({ host, port, user, clientKeyPath }: LabSshd): Jump => ({
    kind: 'inline',
    host,
    port,
    user,
    identity: { kind: 'keyFile', path: clientKeyPath },
  });

  async function behind(first: LabSshd, target: LabSshd, port = target.port) {
    await appendFile(first.knownHostsPath, await readFile(target.knownHostsPath));
    return run(
      { host: target.host, port, user: target.user, jumps: [jumpOver(first)] },
      { identity: { kind: 'keyFile', path: target.clientKeyPath }, knownHostsPath: first.knownHostsPath },
    );
  }

  it('are looked at one by one, and the machine behind them as well', async () => {
    const snapshot = await behind(await server(), await server());
    expect(courseOf(snapshot).filter((line) => !/: (passed|skipped)$/.test(line))).toEqual([]);
    expect(snapshot.hops).toEqual(['127.0.0.1', 'Lab']);
    expect(stepIn(snapshot, '0/signIn').state.kind).toBe('passed');
    expect(stepIn(snapshot, '1/reach').state.kind).toBe('passed');
    expect(stepIn(snapshot, '1/command').state.kind).toBe('passed');
  });

  it('that forward nothing fail at the machine behind them', async () => {
    const snapshot = await behind(await server({ config: ['AllowTcpForwarding no'] }), await server());
    expect(stepIn(snapshot, '0/signIn').state.kind).toBe('passed');
    expect(findingIn(snapshot, '1/reach').code).toBe('jump-forbids-forwarding');
  });

  it('that can not reach the machine behind them', async () => {
    const snapshot = await behind(await server(), await server(), await freePort());
    expect(findingIn(snapshot, '1/reach').code).toBe('jump-cannot-reach');
  });

  it('that refuse the key are named', async () => {
    const first = await server();
    await first.authorize([]);
    const snapshot = await behind(first, await server());
    expect(findingIn(snapshot, '0/signIn').code).toBe('key-refused');
    expect(stepIn(snapshot, '1/reach').state.kind).toBe('skipped');
  });
});
