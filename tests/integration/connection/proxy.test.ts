import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ProxyServer } from '../../../shared/model/machine';
import { freePort } from '../../support/lab/free-port';
import { type HttpConnectProxyOptions, startHttpConnectProxy } from '../../support/lab/http-connect-proxy';
import { type LabConnection, makeLabConnection } from '../../support/lab/lab-connection';
import { startSocksProxy } from '../../support/lab/socks-proxy';
import { startSocksServer } from '../../support/lab/socks-server';
import { type LabSshd, startSshd } from '../../support/lab/sshd';

let sshd: LabSshd;
let cleanUps: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  sshd = await startSshd();
});
afterAll(() => sshd.stop());
afterEach(async () => {
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  cleanUps = [];
});

async function behind(
  proxy: Omit<ProxyServer, 'user'> & Partial<ProxyServer>,
  target: { host?: string; port?: number } = {},
): Promise<LabConnection> {
  const lab = await makeLabConnection({
    route: {
      ...{ host: sshd.host, port: sshd.port, user: sshd.user, ...target },
      proxy: { user: '', ...proxy },
    },
    identity: { kind: 'keyFile', path: sshd.clientKeyPath },
  });
  cleanUps.push(lab.close);
  await writeFile(lab.knownHostsPath, await readFile(sshd.knownHostsPath));
  return lab;
}

async function httpProxy(options: HttpConnectProxyOptions = {}) {
  const proxy = await startHttpConnectProxy(options);
  cleanUps.push(proxy.stop);
  return proxy;
}

describe('a SOCKS 5 proxy (OpenSSH’s own)', () => {
  const socks = async () => {
    const gate = await startSshd();
    cleanUps.push(gate.stop);
    const proxy = await startSocksProxy(gate);
    cleanUps.push(proxy.stop);
    return { gate, host: proxy.host, port: proxy.port };
  };

  it('lets the machine be reached by its address, and carries much data', async () => {
    const { host, port } = await socks();
    const lab = await behind({ kind: 'socks5', host, port });
    const transport = await lab.connect();
    expect((await transport.exec('cat', { stdin: 'x'.repeat(1_000_000) })).stdout).toHaveLength(1_000_000);
    expect(lab.logCodes()).toContain('proxy-connected');
    expect(lab.logCodes()).not.toContain('name-resolved');
  });

  it('resolves the name of the machine on its side', async () => {
    const { host, port, gate } = await socks();
    const lab = await behind({ kind: 'socks5', host, port }, { host: 'localhost' });
    await lab.connect();
    expect(lab.logCodes()).not.toContain('name-resolved');
    expect(gate.log()).toContain('Accepted publickey');
  });

  it('that can’t reach the machine is said to', async () => {
    const { host, port } = await socks();
    const nobody = await freePort();
    expect(
      await (await behind({ kind: 'socks5', host, port }, { port: nobody })).connectFails(),
    ).toMatchObject({
      code: 'proxy-cannot-reach',
      params: { proxy: `${host}:${port}`, host: sshd.host, port: nobody },
    });
  });
});

describe('a SOCKS 5 proxy that wants a password', () => {
  it('gets the one that the user enters, asks again when it was wrong, and never sees it unasked', async () => {
    const proxy = await startSocksServer({ user: 'ana', password: 'right one' });
    cleanUps.push(proxy.stop);
    const lab = await behind({ kind: 'socks5', host: proxy.host, port: proxy.port, user: 'ana' });
    const ready = lab.connect();
    const hop = `${proxy.host}:${proxy.port}`;
    expect(await lab.giveSecret('wrong')).toMatchObject({
      kind: 'password',
      user: 'ana',
      hop,
      wasWrong: false,
    });
    expect(await lab.giveSecret('right one')).toMatchObject({ hop, wasWrong: true });
    expect((await (await ready).exec('echo in')).stdout).toBe('in\n');
  });

  it('is named when the machine has no user for it', async () => {
    const proxy = await startSocksServer({ user: 'ana', password: 'x' });
    cleanUps.push(proxy.stop);
    const lab = await behind({ kind: 'socks5', host: proxy.host, port: proxy.port });
    expect((await lab.connectFails()).code).toBe('proxy-sign-in-needed');
  });
});

describe('an HTTP proxy', () => {
  it('lets the machine be reached, and resolves its name', async () => {
    const { host, port, asked } = await httpProxy();
    const lab = await behind({ kind: 'http', host, port }, { host: 'localhost' });
    expect((await (await lab.connect()).exec('echo through')).stdout).toBe('through\n');
    expect(asked).toEqual([`localhost:${sshd.port}`]);
  });

  it('that wants a password gets the one that the user enters', async () => {
    const { host, port } = await httpProxy({ account: 'ana:open sesame' });
    const lab = await behind({ kind: 'http', host, port, user: 'ana' });
    const ready = lab.connect();
    await lab.giveSecret('wrong');
    expect(await lab.giveSecret('open sesame')).toMatchObject({ wasWrong: true });
    await ready;
  });

  it.each([
    [{ account: 'ana:x' }, 'proxy-sign-in-needed', 'HTTP/1.1 407 Proxy Authentication Required'],
    [{ refusesWith: 403 }, 'proxy-forbids', 'HTTP/1.1 403 Refused by the lab'],
    [{ refusesWith: 504 }, 'proxy-cannot-reach', 'HTTP/1.1 504 Refused by the lab'],
  ])('of the kind %o is told as %s, with what it said', async (options, code, said) => {
    const { host, port } = await httpProxy(options);
    expect(await (await behind({ kind: 'http', host, port })).connectFails()).toMatchObject({
      code,
      details: [said],
    });
  });
});

describe('what is no proxy', () => {
  it('because nothing listens there, is said to be unreachable', async () => {
    const port = await freePort();
    expect(await (await behind({ kind: 'http', host: '127.0.0.1', port })).connectFails()).toMatchObject({
      code: 'proxy-unreachable',
      params: { proxy: `127.0.0.1:${port}` },
    });
  });

  it.each(['socks5', 'http'] as const)('because an SSH server answers instead of %s', async (kind) => {
    const lab = await behind({ kind, host: sshd.host, port: sshd.port });
    expect((await lab.connectFails()).code).toBe('proxy-not-understood');
  });

  it.each(['socks5', 'http'] as const)('because it hangs up on %s', async (kind) => {
    const server = createServer((socket) => socket.on('error', () => undefined).end());
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    cleanUps.push(async () => server.close());
    const { port } = server.address() as { port: number };
    expect((await (await behind({ kind, host: '127.0.0.1', port })).connectFails()).code).toBe(
      'proxy-cannot-reach',
    );
  });
});
