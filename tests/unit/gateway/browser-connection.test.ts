import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, createServer as createHttpServer, request } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ConnectionLog } from '../../../electron/connection/connection-log';
import { type Gateway, Gateways } from '../../../electron/gateway/gateway';
import { openProxy } from '../../../electron/gateway/open-proxy';
import { systemClock } from '../../../electron/system/clock';
import { MachineId } from '../../../shared/model/machine';
import { FakeMachineLink } from '../../support/lab/fake-machine-link';

const until = (isSo: () => boolean): Promise<boolean> => vi.waitUntil(isSo, { timeout: 10_000, interval: 5 });
const machineId = MachineId.parse(randomUUID());
const credentials = `Proxy-Authorization: Basic ${Buffer.from('nuvem:correct-horse').toString('base64')}\r\n`;

let link: FakeMachineLink;
let gateways: Gateways;
let gateway: Gateway;
/** The far side: what it gets of each connection, and how it answers. */
let far: Server;
let farSockets: Socket[];
let received: string[];
let answer: (socket: Socket, connection: number) => void;

beforeEach(async () => {
  farSockets = [];
  received = [];
  far = createServer((socket) => {
    const connection = farSockets.push(socket) - 1;
    received[connection] = '';
    socket.on('error', () => socket.destroy());
    socket.on('data', (data: Buffer) => {
      received[connection] += data.toString('latin1');
      if (data.toString('latin1').endsWith('\r\n\r\n')) answer(socket, connection);
    });
  });
  await new Promise<void>((resolve) => far.listen(0, '127.0.0.1', resolve));
  link = new FakeMachineLink(machineId);
  gateways = new Gateways({
    openProxy: (request) => openProxy(link, request, 0, (key) => key),
    randomSecret: () => 'correct-horse',
    log: new ConnectionLog(systemClock, () => undefined),
  });
  gateway = await gateways.open(machineId);
  route((far.address() as AddressInfo).port);
});

afterEach(async () => {
  await gateways.closeAll();
  for (const socket of farSockets) socket.destroy();
  far.close();
});

function route(port: number): void {
  const target = { kind: 'tcp', host: '127.0.0.1', port } as const;
  gateway.setRoute({ host: 'localhost:8888', target, authorization: 'token ours' });
}

const head = (method: string, path: string, fields = ''): string =>
  `${method} http://localhost:8888${path} HTTP/1.1\r\nHost: localhost:8888\r\n${credentials}${fields}\r\n`;

/** A connection to the gateway, and all that came on it. */
function browser(): { readonly socket: Socket; text: string; isOver: boolean } {
  const socket = connect({ port: gateway.port, host: '127.0.0.1', noDelay: true });
  const seen = { socket, text: '', isOver: false };
  socket.on('data', (data: Buffer) => {
    seen.text += data.toString('latin1');
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    seen.isOver = true;
  });
  return seen;
}

const plain = (body: string): string => `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const answers = (text: string): number => text.match(/HTTP\/1\.1 \d/g)?.length ?? 0;

describe('requests one after the other', () => {
  interface Answer {
    readonly kind: 'length' | 'chunked' | 'untilEnd' | 'empty';
    readonly body: string;
    readonly pieceBytes: number;
  }
  function written({ kind, body }: Answer): string {
    if (kind === 'empty') return 'HTTP/1.1 204 No Content\r\n\r\n';
    if (kind === 'length') return `HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${plain(body)}`;
    if (kind === 'untilEnd') return `HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n${body}`;
    const middle = Math.floor(body.length / 2);
    const chunks = [body.slice(0, middle), body.slice(middle)].filter((chunk) => chunk !== '');
    const lines = chunks.map((chunk) => `${chunk.length.toString(16)};x\r\n${chunk}\r\n`).join('');
    return `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${lines}0\r\nDigest: x\r\n\r\n`;
  }

  test('each get their own answer, whatever its form and however it was cut', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const one = fc.record<Answer>({
      kind: fc.constantFrom('length', 'chunked', 'untilEnd', 'empty'),
      body: fc.string({ maxLength: 3000, unit: 'binary-ascii' }),
      pieceBytes: fc.integer({ min: 1, max: 2000 }),
    });
    const ask = (path: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const url = `http://localhost:8888${path}`;
        const headers = { host: 'localhost:8888', 'proxy-authorization': credentials.slice(21).trim() };
        request({ agent, port: gateway.port, host: '127.0.0.1', path: url, headers }, (response) => {
          let body = '';
          response.setEncoding('latin1').on('data', (text: string) => {
            body += text;
          });
          response.on('end', () => resolve(body)).on('error', reject);
        })
          .on('error', reject)
          .end();
      });
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 5 }), async (wanted) => {
        let next = 0;
        answer = (socket) => {
          const current = wanted[next++] as Answer;
          const text = written(current);
          socket.setNoDelay(true);
          for (let at = 0; at < text.length; at += current.pieceBytes)
            socket.write(text.slice(at, at + current.pieceBytes), 'latin1');
          if (current.kind === 'untilEnd') socket.end();
        };
        for (const [index, { kind, body }] of wanted.entries())
          expect(await ask(`/${index}`)).toBe(kind === 'empty' ? '' : body);
      }),
      { numRuns: 60 },
    );
    agent.destroy();
  });

  test('that come before they may are answered in their order', async () => {
    answer = (socket) =>
      setImmediate(() =>
        socket.write(
          plain(
            `${received
              .join('')
              .match(/\/\d+ /g)
              ?.at(-1)}`,
          ),
        ),
      );
    const page = browser();
    page.socket.write(`${head('GET', '/1')}${head('GET', '/2')}${head('GET', '/3')}`);
    await until(() => answers(page.text) === 3);
    expect(page.text.match(/\/\d /g)).toEqual(['/1 ', '/2 ', '/3 ']);
    page.socket.destroy();
  });

  test('with bodies keep them apart', async () => {
    answer = () => undefined;
    const page = browser();
    const body = 'x'.repeat(200_000);
    page.socket.write(`${head('POST', '/a', 'Content-Length: 200000\r\n')}${body}${head('GET', '/b')}`);
    await until(() => received[0]?.endsWith('x') === true && received[0].length > 200_000);
    expect(received[0]).not.toContain('/b');
    farSockets[0]?.write(plain('a'));
    await until(() => received[0]?.includes('GET /b ') === true);
    farSockets[0]?.write(plain('b'));
    await until(() => answers(page.text) === 2);
    page.socket.destroy();
  });

  test('go on behind one that was answered before all of it had been sent', async () => {
    answer = (socket) => socket.write(plain('too large'));
    const page = browser();
    page.socket.write(head('PUT', '/file', 'Content-Length: 100000\r\n'));
    await until(() => page.text.endsWith('too large'));
    page.socket.write('x'.repeat(100_000));
    answer = (socket) => socket.write(plain('next'));
    page.socket.write(head('GET', '/next'));
    await until(() => page.text.endsWith('next'));
    expect(received.join('')).not.toContain('xxx');
    page.socket.destroy();
  });
});

describe('a server that says more than it was asked', () => {
  const forged = plain('forged');
  test.each([
    ['at once', (socket: Socket) => socket.write(plain('first') + forged)],
    [
      'later',
      (socket: Socket) => socket.write(plain('first'), () => setImmediate(() => socket.write(forged))),
    ],
    [
      'behind its chunks',
      (socket: Socket) =>
        socket.write(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n0\r\n\r\n${forged}`),
    ],
    [
      'behind an answer that has no body',
      (socket: Socket) => socket.write(`HTTP/1.1 204 No Content\r\nX: first\r\n\r\n${forged}`),
    ],
  ])('answers for nobody else: %s', async (_when, first) => {
    answer = (socket, connection) => {
      if (connection === 0) first(socket);
      else socket.write(plain('second'));
    };
    const page = browser();
    page.socket.write(head('GET', '/1'));
    await until(() => page.text.includes('first') && farSockets[0]?.destroyed === true);
    page.socket.write(head('GET', '/2'));
    await until(() => page.text.endsWith('second'));
    expect(page.text).not.toContain('forged');
    page.socket.destroy();
  });

  test.each([
    ['two lengths', 'Content-Length: 4\r\nContent-Length: 40\r\n\r\nabcd'],
    ['a length and chunks', 'Content-Length: 40\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n'],
    ['a line within a field', 'X: a\nContent-Length: 40\r\n\r\nabcd'],
  ])('or leaves its length in doubt by %s is not believed', async (_how, lines) => {
    answer = (socket) => socket.write(`HTTP/1.1 200 OK\r\n${lines}`);
    const page = browser();
    page.socket.write(head('POST', '/', 'Content-Length: 0\r\n'));
    await until(() => page.isOver);
    expect(page.text).toMatch(/^HTTP\/1\.1 502 /);
    expect(page.text).not.toContain('abcd');
  });
});

test('what a page that may use the gateway sends is one request to the server, or none', async () => {
  const seen: string[] = [];
  const strict = createHttpServer((incoming, response) => {
    seen.push(incoming.url ?? '');
    if (incoming.headers['proxy-authorization'] !== undefined) seen.push('/smuggled');
    incoming.resume().on('end', () => response.end());
  }).listen(0, '127.0.0.1');
  await once(strict, 'listening');
  route((strict.address() as AddressInfo).port);
  const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n';
  const { length } = smuggled;
  const lengths = [`${length}`, '0', `+${length}`, `${length}, ${length}`, `0${length}`];
  const field = fc.constantFrom(
    ...lengths.map((text) => `Content-Length: ${text}`),
    ...[
      `Content-Length : ${length}`,
      `X: a\nContent-Length: ${length}`,
      `X: a\r\n Content-Length: ${length}`,
    ],
    ...['Transfer-Encoding: chunked', 'Transfer-Encoding:\tchunked', 'Transfer-Encoding : chunked'],
    ...['transfer-encoding: x', 'X: a\rY: b', 'X:\0', 'X-A: 1', 'Expect: 100-continue', 'Te: trailers'],
    ...['Connection: keep-alive, X-A', 'Connection: Content-Length', 'Connection: Transfer-Encoding, Host'],
    ...['Host: other', ': none'],
  );
  const chunk = `${length.toString(16)}\r\n${smuggled}\r\n0\r\n\r\n`;
  const what = fc.record({
    body: fc.constantFrom(smuggled, chunk),
    method: fc.constantFrom('GET', 'POST', 'DELETE'),
    fields: fc.array(field, { maxLength: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(what, async ({ method, fields, body }) => {
      const page = browser();
      const lines = fields.map((line) => `${line}\r\n`).join('');
      page.socket.write(head(method, '/asked', lines) + body, 'latin1');
      await until(() => page.isOver || answers(page.text) > 0);
      page.socket.destroy();
      // What came behind the first request brought no credentials, and was none of its own to the server.
      expect(seen).not.toContain('/smuggled');
    }),
    { numRuns: 500 },
  );
  expect(seen).toContain('/asked');
  expect(seen).not.toContain('/smuggled');
  strict.closeAllConnections();
  strict.close();
});

test.each([
  [
    'in chunks',
    'Transfer-Encoding: chunked\r\n',
    (body: string) => `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
  ],
  [
    'whose length is called one of this hop',
    'Connection: Content-Length\r\nContent-Length: 28\r\n',
    (body: string) => body,
  ],
])('the body of a DELETE %s stays its body', async (_how, fields, written) => {
  const bodies: string[] = [];
  const strict = createHttpServer(async (incoming, response) => {
    let body = '';
    for await (const data of incoming) body += data;
    bodies.push(`${incoming.url} ${body}`);
    response.end();
  }).listen(0, '127.0.0.1');
  await once(strict, 'listening');
  route((strict.address() as AddressInfo).port);
  const body = 'GET /b HTTP/1.1\r\nHost: x\r\n\r\n';
  const page = browser();
  page.socket.write(head('DELETE', '/a', fields) + written(body));
  await until(() => answers(page.text) === 1);
  page.socket.destroy();
  strict.close();
  await once(strict, 'close');
  expect(bodies).toEqual([`/a ${body}`]);
});

describe('a slow side holds up the other one:', () => {
  const megabyte = Buffer.alloc(1024 * 1024, 'x');

  test('a page that reads nothing', async () => {
    let isHeldUp = false;
    answer = (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 209715200\r\n\r\n');
      const pour = (): void => {
        while (socket.bytesWritten < 209_715_200 && socket.write(megabyte));
      };
      socket.on('drain', pour);
      pour();
    };
    const page = browser();
    page.socket.pause();
    page.socket.write(head('GET', '/large'));
    await until(() => farSockets.length === 1);
    let before = -1;
    await vi.waitUntil(
      () => {
        const now = farSockets[0]?.bytesWritten ?? 0;
        isHeldUp = now > 0 && now === before;
        before = now;
        return isHeldUp;
      },
      { timeout: 10_000, interval: 300 },
    );
    expect(before).toBeLessThan(100_000_000);
    page.socket.destroy();
    await until(() => farSockets[0]?.destroyed === true);
  });

  test('a server that reads nothing yet', async () => {
    const length = 48 * megabyte.length;
    answer = (socket) => socket.pause();
    const page = browser();
    page.socket.write(head('POST', '/', `Content-Length: ${length}\r\n`));
    await until(() => farSockets[0]?.isPaused() === true);
    const headBytes = received[0]?.length ?? 0;
    for (let at = 0; at < length; at += megabyte.length) page.socket.write(megabyte);
    let before = -1;
    await vi.waitUntil(
      () => {
        const now = page.socket.writableLength;
        const isHeldUp = now === before;
        before = now;
        return isHeldUp;
      },
      { timeout: 10_000, interval: 300 },
    );
    expect(before).toBeGreaterThan(10 * megabyte.length);
    farSockets[0]?.resume();
    await until(() => received[0]?.length === headBytes + length);
    page.socket.destroy();
    await until(() => link.transport.channels.size === 0);
  });
});

test('a page that waits for its answer when the connection goes away says so', async () => {
  answer = () => undefined;
  const page = browser();
  page.socket.write(head('GET', '/lab', 'Accept: text/html\r\nSec-Fetch-Dest: document\r\n'));
  await until(() => received[0] !== undefined && received[0] !== '');
  link.lose();
  await until(() => page.text.includes('gateway.waitingText'));
  expect(page.text).toMatch(/^HTTP\/1\.1 503 /);
  page.socket.destroy();
  await until(() => link.waiting === 0);
});
