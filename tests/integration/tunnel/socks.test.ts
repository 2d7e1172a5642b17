import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Tunnel } from '../../../shared/model/tunnel';
import { type LabSshd, startSshd } from '../../support/lab/sshd';
import { connected, received } from '../../support/lab/tcp-peer';
import { makeTunnelLab, type TunnelLab, tcpListen } from '../../support/lab/tunnel-lab';

const run = promisify(execFile);

let sshd: LabSshd;
let lab: TunnelLab;
let web: Server;
let webPort: number;
let listen: Awaited<ReturnType<typeof tcpListen>>;
let tunnel: Tunnel;
beforeEach(async () => {
  sshd = await startSshd();
  lab = await makeTunnelLab(sshd);
  web = createServer((request, response) => response.end(`${request.headers.host} ${request.url}`));
  web.listen(0, '127.0.0.1');
  await once(web, 'listening');
  webPort = (web.address() as AddressInfo).port;
  listen = await tcpListen();
  tunnel = await lab.open({ kind: 'dynamic', listen });
});
afterEach(async () => {
  await lab.close();
  web.closeAllConnections();
  web.close();
  await sshd.stop();
});

const url = () => `http://localhost:${webPort}/data`;
const curl = async (...args: string[]) =>
  (await run('curl', ['--silent', '--max-time', '20', ...args])).stdout;

describe('a SOCKS tunnel', () => {
  it.each(['--socks5-hostname', '--socks5', '--socks4a', '--socks4'])('serves curl %s', async (option) => {
    expect(await curl(option, `127.0.0.1:${listen.port}`, '--ipv4', url())).toBe(
      `localhost:${webPort} /data`,
    );
  });

  it('asks the machine for names, which this computer may not know', async () => {
    const failed = lab.measured(tunnel, ({ lastError }) => lastError !== null);
    const proxy = `127.0.0.1:${listen.port}`;
    // 97: the proxy refused.
    await expect(curl('--socks5-hostname', proxy, 'http://nowhere.invalid/')).rejects.toMatchObject({
      code: 97,
    });
    expect((await failed).lastError).toMatchObject({
      code: 'tunnel-target-unreachable',
      params: { target: 'nowhere.invalid:80' },
    });
  });

  it('serves a client that sends everything at once', async () => {
    const socket = await connected(listen);
    const host = Buffer.from('localhost');
    const port = Buffer.alloc(2);
    port.writeUInt16BE(webPort);
    socket.end(
      Buffer.concat([
        Buffer.from([5, 1, 0, 5, 1, 0, 3, host.length]),
        host,
        port,
        Buffer.from('GET /early HTTP/1.0\r\nHost: early\r\n\r\n'),
      ]),
    );
    const answer = await received(socket);
    expect([...answer.subarray(0, 4)]).toEqual([5, 0, 5, 0]);
    expect(answer.subarray(12).toString()).toContain('early /early');
  });

  it('turns web pages away that post to its port', async () => {
    await expect(curl(`http://127.0.0.1:${listen.port}/`)).rejects.toMatchObject({ code: 52 });
    const { lastError } = await lab.measured(tunnel, (activity) => activity.lastError !== null);
    expect(lastError?.code).toBe('socks-request-invalid');
  });

  it('lets clients wait while the machine is away', async () => {
    await sshd.stopListening();
    await sshd.killSessions();
    await lab.reached(tunnel, 'waiting');
    const answer = curl('--socks5-hostname', `127.0.0.1:${listen.port}`, url());
    await lab.measured(tunnel, ({ waitingConnections }) => waitingConnections === 1);
    await sshd.restart();
    lab.connection.pool.retryNow(lab.connection.machineId);
    expect(await answer).toBe(`localhost:${webPort} /data`);
  });

  it('survives whatever bytes come to its port, and closes on them', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 600 }),
      fc.uint8Array({ maxLength: 300 }).map((rest) => Uint8Array.from([5, 1, 0, 5, ...rest])),
      fc.uint8Array({ maxLength: 600 }).map((rest) => Uint8Array.from([4, 1, ...rest])),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (sent) => {
        const socket = await connected(listen);
        socket.on('error', () => undefined);
        const closed = once(socket, 'close');
        socket.resume();
        socket.end(sent);
        await closed;
      }),
      { numRuns: 60 },
    );
    expect(await curl('--socks5-hostname', `127.0.0.1:${listen.port}`, url())).toContain('/data');
  });
});
