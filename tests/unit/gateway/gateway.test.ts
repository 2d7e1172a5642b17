import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ConnectionLog } from '../../../electron/connection/connection-log';
import { type Gateway, Gateways } from '../../../electron/gateway/gateway';
import { openProxy } from '../../../electron/gateway/open-proxy';
import { systemClock } from '../../../electron/system/clock';
import { AppError } from '../../../shared/errors/app-error';
import { MachineId } from '../../../shared/model/machine';
import { FakeMachineLink } from '../../support/lab/fake-machine-link';
import { GatewayBrowser } from '../../support/lab/gateway-browser';

const until = (isSo: () => boolean): Promise<boolean> => vi.waitUntil(isSo, { timeout: 10_000, interval: 5 });

const machineId = MachineId.parse(randomUUID());
const document = { Accept: 'text/html', 'Sec-Fetch-Dest': 'document' };

let link: FakeMachineLink;
let gateways: Gateways;
let gateway: Gateway;
let browser: GatewayBrowser;
/** Stands for the notebook server on the far side. */
let far: Server;
let farPort: number;
let seen: { url: string; headers: IncomingMessage['headers']; body: string }[];

beforeEach(async () => {
  seen = [];
  far = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      seen.push({ url: request.url ?? '', headers: request.headers, body });
      response.setHeader('Set-Cookie', ['a=1', 'b=2']);
      response.end(`far ${request.url}`);
    });
  });
  far.on('upgrade', (request, socket, head) => {
    seen.push({ url: request.url ?? '', headers: request.headers, body: '' });
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    socket.write(head);
    socket.pipe(socket);
  });
  far.listen(0, '127.0.0.1');
  await once(far, 'listening');
  farPort = (far.address() as AddressInfo).port;

  link = new FakeMachineLink(machineId);
  gateways = new Gateways({
    openProxy: (request) => openProxy(link, request, 0, (key) => `<${key}>`),
    randomSecret: () => 'correct-horse',
    log: new ConnectionLog(systemClock, () => undefined),
  });
  gateway = await gateways.open(machineId);
  gateway.setRoute({
    host: 'localhost:8888',
    target: { kind: 'tcp', host: '127.0.0.1', port: farPort },
    authorization: 'token ours',
  });
  browser = new GatewayBrowser(gateway);
});

afterEach(async () => {
  browser.close();
  await gateways.closeAll();
  far.closeAllConnections();
  far.close();
});

/** Sends raw bytes and resolves with all that comes back until the gateway hangs up. */
async function raw(bytes: string): Promise<string> {
  const socket = connect(gateway.port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('latin1').on('data', (text: string) => {
    answer += text;
  });
  socket.write(bytes);
  await once(socket, 'close');
  return answer;
}

async function parkedConnect(authority: string): Promise<Socket> {
  const socket = connect(gateway.port, '127.0.0.1');
  await once(socket, 'connect');
  const credentials = Buffer.from(`${gateway.username}:${gateway.password}`).toString('base64');
  socket.write(
    `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\nProxy-Authorization: Basic ${credentials}\r\n\r\n`,
  );
  await until(() => link.waiting > 0);
  return socket;
}

describe('a stranger', () => {
  const wrong = `Proxy-Authorization: Basic ${Buffer.from('nuvem:guess').toString('base64')}\r\n`;
  test.each([
    ['a page', 'GET http://localhost:8888/ HTTP/1.1\r\nHost: localhost:8888\r\n\r\n'],
    [
      'a page with a wrong secret',
      `GET http://localhost:8888/ HTTP/1.1\r\nHost: localhost:8888\r\n${wrong}\r\n`,
    ],
    ['a foreign host', 'GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n'],
    ['the gateway itself', 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'],
    ['a tunnel', 'CONNECT localhost:8888 HTTP/1.1\r\nHost: localhost:8888\r\n\r\n'],
    ['a tunnel with a wrong secret', `CONNECT localhost:22 HTTP/1.1\r\nHost: localhost:22\r\n${wrong}\r\n`],
    [
      'an upgrade',
      'GET http://localhost:8888/ HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    ],
    [
      'an upload',
      'POST http://localhost:8888/ HTTP/1.1\r\nHost: localhost:8888\r\nContent-Length: 3\r\n\r\nabc',
    ],
  ])('who asks for %s gets 407 and nothing else', async (_what, bytes) => {
    expect(await raw(bytes)).toMatch(
      /^HTTP\/1\.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="Nuvem", charset="UTF-8"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n$/,
    );
    expect(seen).toEqual([]);
    expect(link.transport.opened).toEqual([]);
  });

  test('who reaches the port by another address than loopback finds nobody', async () => {
    const socket = connect(gateway.port, '127.0.0.2');
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
  });
});

describe('a request with the secret', () => {
  const credentials = Buffer.from('nuvem:correct-horse').toString('base64');
  test.each([
    ['origin form', 'GET /lab HTTP/1.1\r\nHost: localhost:8888\r\n'],
    ['another scheme', 'GET ftp://localhost:8888/ HTTP/1.1\r\nHost: localhost:8888\r\n'],
    ['user information', 'GET http://me@localhost:8888/ HTTP/1.1\r\nHost: localhost:8888\r\n'],
    ['no port', 'CONNECT localhost HTTP/1.1\r\nHost: localhost\r\n'],
  ])('is refused when it is of %s', async (_what, head) => {
    expect(
      await raw(`${head}Proxy-Authorization: Basic ${credentials}\r\nConnection: close\r\n\r\n`),
    ).toMatch(/^HTTP\/1\.1 400 /);
    expect(seen).toEqual([]);
  });

  test('reaches its route with the token, whatever the page sent', async () => {
    const answer = await browser.fetch('http://localhost:8888/lab?x=%2F', {
      headers: { Authorization: 'token page', 'X-Kept': '1' },
    });
    expect(answer).toMatchObject({ status: 200, body: 'far /lab?x=%2F' });
    expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2']);
    expect(seen[0]?.headers).toMatchObject({
      authorization: 'token ours',
      host: 'localhost:8888',
      'x-kept': '1',
    });
    expect(seen[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  test.each([
    [
      'a page of the notebook itself',
      { Origin: 'http://localhost:8888', 'Sec-Fetch-Site': 'same-origin' },
      true,
    ],
    ['the user', { 'Sec-Fetch-Site': 'none', 'Sec-Fetch-Mode': 'navigate' }, true],
    [
      'another server of the machine',
      { Origin: 'http://localhost:6006', 'Sec-Fetch-Site': 'same-site' },
      false,
    ],
    [
      'an image on another server’s page',
      { 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'no-cors' },
      false,
    ],
    ['a sandboxed frame', { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' }, false],
  ])('from %s gets the token only if it may act for the user', async (_who, headers, isTrusted) => {
    await browser.fetch('http://localhost:8888/api/kernels', { headers });
    expect(seen[0]?.headers.authorization).toBe(isTrusted ? 'token ours' : undefined);
  });

  test('that follows a link to the notebook gets the token, a posted form does not', async () => {
    const headers = {
      'Sec-Fetch-Site': 'same-site',
      'Sec-Fetch-Mode': 'navigate',
      'Sec-Fetch-Dest': 'document',
    };
    await browser.fetch('http://localhost:8888/lab', { headers });
    await browser.fetch('http://localhost:8888/api', { method: 'POST', headers });
    expect(seen.map((request) => request.headers.authorization)).toEqual(['token ours', undefined]);
  });

  test('to any other name is resolved on the far side and gets no token', async () => {
    await browser.fetch(`http://127.0.0.1:${farPort}/`, { headers: { Authorization: 'Bearer page' } });
    await browser.fetch(`http://ip-10-0-0-1.ec2.internal:${farPort}/`);
    expect(seen.map(({ headers }) => [headers.host, headers.authorization])).toEqual([
      [`127.0.0.1:${farPort}`, 'Bearer page'],
      [`ip-10-0-0-1.ec2.internal:${farPort}`, undefined],
    ]);
    expect(link.transport.opened).toEqual([`127.0.0.1:${farPort}`, `ip-10-0-0-1.ec2.internal:${farPort}`]);
  });

  test('sends its body', async () => {
    await browser.fetch('http://localhost:8888/api', { method: 'POST', body: 'x'.repeat(1_000_000) });
    expect(seen[0]?.body).toHaveLength(1_000_000);
  });

  test('shares a channel with those before it, and leaves nothing on it', async () => {
    await browser.fetch('http://localhost:8888/first');
    const [channel] = link.transport.channels;
    const listeners = (): number[] =>
      (channel?.eventNames() ?? []).map((name) => channel?.listenerCount(name) ?? 0);
    const before = listeners();
    for (let request = 0; request < 20; request += 1) await browser.fetch('http://localhost:8888/next');
    expect(link.transport.opened).toHaveLength(1);
    expect(listeners()).toEqual(before);
  });

  test('is told when nobody listens there, in words if it is for a page', async () => {
    far.closeAllConnections();
    far.close();
    await once(far, 'close');
    expect((await browser.fetch('http://localhost:8888/api')).status).toBe(502);
    const page = await browser.fetch('http://localhost:8888/lab', { headers: document });
    expect(page.status).toBe(502);
    expect(page.body).toContain('&#60;errors:notebook-gone.what&#62;');
  });

  test('that its page gives up closes its channel', async () => {
    far.removeAllListeners('request');
    const asked = once(far, 'request');
    const socket = connect(gateway.port, '127.0.0.1');
    socket.write(
      `GET http://localhost:8888/ HTTP/1.1\r\nHost: x\r\nProxy-Authorization: Basic ${credentials}\r\n\r\n`,
    );
    await asked;
    expect(link.transport.channels.size).toBe(1);
    socket.destroy();
    await until(() => link.transport.channels.size === 0);
  });
});

describe('a tunnel', () => {
  test('to the route carries a web socket, with the token', async () => {
    const socket = await browser.webSocket('localhost:8888', '/api/kernels/1/channels', {
      Authorization: 'token page',
    });
    expect(seen[0]).toMatchObject({
      url: '/api/kernels/1/channels',
      headers: { authorization: 'token ours', host: 'localhost:8888', upgrade: 'websocket' },
    });
    socket.close();
    await until(() => link.transport.channels.size === 0);
  });

  test('to the route gives the token to no other host', async () => {
    for (const host of ['localhost:8889', '127.0.0.1:8888', 'evil.example']) {
      const socket = await browser.connect('localhost:8888');
      socket.write(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      const [answer] = (await once(socket, 'data')) as [Buffer];
      expect(answer.toString()).toMatch(/^HTTP\/1\.1 421 /);
      socket.destroy();
    }
    expect(seen).toEqual([]);
  });

  test('to any other address is a plain pipe', async () => {
    const socket = await browser.connect(`127.0.0.1:${farPort}`);
    socket.write('GET /x HTTP/1.1\r\nHost: whatever\r\nConnection: close\r\n\r\n');
    let answer = '';
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString();
    });
    await once(socket, 'end');
    expect(answer).toContain('far /x');
    expect(seen[0]?.headers).toMatchObject({ host: 'whatever' });
    expect(seen[0]?.headers).not.toHaveProperty('authorization');
  });

  test('to nobody gets 502', async () => {
    await expect(browser.connect('127.0.0.1:1')).rejects.toThrow('502');
  });
});

describe('while the connection is away', () => {
  beforeEach(() => link.lose());

  test('a request is held and completed when it is back', async () => {
    const answer = browser.fetch('http://localhost:8888/api', { method: 'POST', body: 'kept' });
    await until(() => link.waiting > 0);
    link.comeBack();
    expect((await answer).body).toBe('far /api');
    expect(seen[0]?.body).toBe('kept');
  });

  test('a web socket is held and opened when it is back', async () => {
    const socket = browser.webSocket('localhost:8888', '/channels');
    await until(() => link.waiting > 0);
    link.comeBack();
    (await socket).close();
    expect(seen[0]?.url).toBe('/channels');
  });

  test('a tunnel loses nothing of what was sent early', async () => {
    const socket = await parkedConnect(`127.0.0.1:${farPort}`);
    socket.write('GET /early HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    link.comeBack();
    let answer = '';
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString();
    });
    await once(socket, 'close');
    expect(answer).toMatch(/^HTTP\/1\.1 200 Connection Established\r\n\r\nHTTP\/1\.1 200 OK/);
    expect(answer).toContain('far /early');
  });

  test('a tunnel that its page gives up waits no longer', async () => {
    const socket = await parkedConnect(`127.0.0.1:${farPort}`);
    socket.end();
    await until(() => link.waiting === 0);
    link.comeBack();
    await browser.fetch('http://localhost:8888/after');
    expect(link.transport.opened).toEqual([`127.0.0.1:${farPort}`]);
    expect(seen.map(({ url }) => url)).toEqual(['/after']);
  });

  test('a page says so at once, and asks again by itself', async () => {
    const page = await browser.fetch('http://localhost:8888/lab', { headers: document });
    expect(page).toMatchObject({
      status: 503,
      headers: { 'x-nuvem-gateway': 'waiting', 'cache-control': 'no-store' },
    });
    expect(page.body).toContain('&#60;gateway.waitingText&#62;');
    expect(page.body).toContain('location.reload()');
  });
});

test('a request under way when the connection is lost is completed over the next one', async () => {
  far.removeAllListeners('request');
  let answers = 0;
  far.on('request', (_request, response) => {
    answers += 1;
    if (answers > 1) response.end('second');
  });
  const answer = browser.fetch('http://localhost:8888/api/status');
  await until(() => answers === 1);
  link.lose();
  link.comeBack();
  expect((await answer).body).toBe('second');
});

test('a request that changes something is not sent twice', async () => {
  far.removeAllListeners('request');
  let answers = 0;
  far.on('request', () => {
    answers += 1;
  });
  const answer = browser.fetch('http://localhost:8888/api/kernels', { method: 'POST', body: '{}' });
  await until(() => answers === 1);
  link.lose();
  link.comeBack();
  expect((await answer).status).toBe(502);
  expect(answers).toBe(1);
});

test.each([
  ['known', { 'Content-Length': '100' }],
  ['unknown', {}],
])('an answer of %s length that was cut is not taken for a whole one', async (_what, headers) => {
  far.removeAllListeners('request');
  far.on('request', (_request, response) => {
    response.writeHead(200, headers);
    response.write('half');
  });
  const socket = connect(gateway.port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk: Buffer) => {
    answer += chunk.toString();
  });
  const credentials = Buffer.from('nuvem:correct-horse').toString('base64');
  socket.write(
    `GET http://localhost:8888/ HTTP/1.1\r\nHost: x\r\nProxy-Authorization: Basic ${credentials}\r\n\r\n`,
  );
  await until(() => answer.includes('half'));
  link.lose();
  await once(socket, 'close');
  expect(answer.trimEnd()).toMatch(/half$/);
});

describe('when only the user can bring the connection back', () => {
  test.each([
    ['disconnected', () => link.disconnect()],
    ['failed', () => link.fail(new AppError('key-refused'))],
  ])('held requests and tunnels go on once the user has connected again: %s', async (_how, end) => {
    link.lose();
    const held = browser.fetch('http://localhost:8888/api');
    const tunnel = browser.connect(`127.0.0.1:${farPort}`);
    await until(() => link.waiting > 1);
    end();
    const later = browser.fetch('http://localhost:8888/api');
    await until(() => link.waiting > 2);
    link.comeBack();
    expect((await held).status).toBe(200);
    expect((await later).status).toBe(200);
    (await tunnel).destroy();
  });

  test('what a page has given up waiting for is forgotten', async () => {
    link.disconnect();
    const socket = connect(gateway.port, '127.0.0.1');
    const credentials = Buffer.from('nuvem:correct-horse').toString('base64');
    socket.write(
      `GET http://localhost:8888/api HTTP/1.1\r\nHost: x\r\nProxy-Authorization: Basic ${credentials}\r\n\r\n`,
    );
    await until(() => link.waiting === 1);
    socket.destroy();
    await until(() => link.waiting === 0);
  });

  test('a page says why in words', async () => {
    link.fail(new AppError('key-refused'));
    const page = await browser.fetch('http://localhost:8888/lab', { headers: document });
    expect(page).toMatchObject({ status: 503, headers: { 'x-nuvem-gateway': 'failed' } });
    expect(page.body).toContain('&#60;errors:key-refused.what&#62;');
    expect(page.body).toContain('&#60;errors:key-refused.todo&#62;');
  });
});

describe('gateways', () => {
  test('are one per machine, however often they are opened', async () => {
    const [one, other] = await Promise.all([gateways.open(machineId), gateways.open(machineId)]);
    expect(one).toBe(other);
    expect(gateways.get(machineId)).toBe(one);
  });

  test('give their credentials to their own port only', () => {
    expect(gateways.authorizationFor(gateway.port)).toEqual({ username: 'nuvem', password: 'correct-horse' });
    expect(gateways.authorizationFor(gateway.port + 1)).toBeUndefined();
  });

  test('are closed with all that waits in them', async () => {
    link.lose();
    const held = browser.fetch('http://localhost:8888/api');
    const broken = expect(held).rejects.toThrow();
    await until(() => link.waiting > 0);
    await gateways.close(machineId);
    await broken;
    expect(gateways.authorizationFor(gateway.port)).toBeUndefined();
    await until(() => link.waiting === 0);
  });
});
