import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { userInfo } from 'node:os';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Gateway } from '../../../electron/gateway/gateway';
import { GatewayBrowser } from '../../support/lab/gateway-browser';
import { type LabMachine, onlyServer, startLabMachine } from '../../support/lab/jupyter';
import { labPeer } from '../../support/setup/peers';

let lab: LabMachine;
let gateway: Gateway;
let browser: GatewayBrowser;

beforeAll(async () => {
  lab = await startLabMachine({ notebook: { kind: 'environment', path: labPeer('jupyterlab4').folder } });
  await lab.notebooks.openOrStart(lab.machineId);
  const opened = lab.gateways.get(lab.machineId);
  if (opened === undefined) throw new Error('no gateway was opened');
  gateway = opened;
  browser = new GatewayBrowser(gateway);
});

afterAll(async () => {
  browser.close();
  await lab.stop();
});

/** What `curl` prints when another user of this computer runs it: the status, or nothing when it got none. */
function curlAsAnotherUser(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { uid: 65_534, gid: 65_534, env: { PATH: '/usr/bin:/bin' }, cwd: '/' };
    execFile(
      'curl',
      ['-sS', '-m', '5', '-w', '%{http_code} %{size_download}', ...args],
      options,
      (error, output) => {
        if (error !== null && typeof error.code !== 'number') reject(error);
        else resolve(output);
      },
    );
  });
}

describe.skipIf(userInfo().uid !== 0)('another user of this computer (needs root, to become one)', () => {
  const proxy = (): string => `http://127.0.0.1:${gateway.port}`;

  test('gets 407 and no byte from the gateway, with or without a guess', async () => {
    const page = 'http://localhost:8888/api/status';
    expect(await curlAsAnotherUser(['--noproxy', '', '-x', proxy(), page])).toBe('407 0');
    expect(await curlAsAnotherUser(['--noproxy', '', '-x', proxy(), '-U', 'nuvem:guess', page])).toBe(
      '407 0',
    );
    expect(await curlAsAnotherUser([`${proxy()}/api/status`])).toBe('407 0');
  });

  test('cannot use the notebook’s socket', async () => {
    const socket = onlyServer(lab).address;
    expect(await curlAsAnotherUser(['--unix-socket', socket, 'http://localhost/api/status'])).toBe('000 0');
  });
});

describe('over real SSH', () => {
  let far: Server;
  let farPort: number;

  beforeAll(async () => {
    far = createServer((request, response) => {
      if (request.url === '/large') response.end(Buffer.alloc(32 * 1024 * 1024, 'x'));
      else if (request.url === '/endless') response.write(Buffer.alloc(8 * 1024 * 1024));
      else request.pipe(response);
    }).listen(0, '127.0.0.1');
    await once(far, 'listening');
    farPort = (far.address() as AddressInfo).port;
  });

  afterAll(() => {
    far.closeAllConnections();
    far.close();
  });

  test('a large page and a large upload arrive whole', async () => {
    const large = await browser.fetch(`http://127.0.0.1:${farPort}/large`);
    expect(large.body).toHaveLength(32 * 1024 * 1024);
    const body = 'y'.repeat(16 * 1024 * 1024);
    const echoed = await browser.fetch(`http://127.0.0.1:${farPort}/echo`, { method: 'POST', body });
    expect(echoed.body === body).toBe(true);
  });

  test('many requests at once are all answered', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        browser.fetch(`http://127.0.0.1:${farPort}/`, { method: 'POST', body: `${index}` }),
      ),
    );
    expect(answers.map(({ body }) => Number(body))).toEqual(Array.from({ length: 200 }, (_, index) => index));
  });

  test('clients that leave early leave nothing open', async () => {
    const openFiles = (): number => readdirSync('/proc/self/fd').length;
    const farConnections = (): Promise<number> =>
      new Promise((resolve) => far.getConnections((_error, count) => resolve(count)));
    await browser.fetch(`http://127.0.0.1:${farPort}/`);
    const before = openFiles();
    for (let round = 0; round < 30; round += 1) {
      const socket = await browser.connect(`127.0.0.1:${farPort}`);
      socket.write('GET /endless HTTP/1.1\r\nHost: x\r\n\r\n');
      await once(socket, 'data');
      socket.destroy();
    }
    await vi.waitUntil(async () => (await farConnections()) <= 1, { timeout: 10_000 });
    await vi.waitUntil(() => openFiles() <= before + 2, { timeout: 10_000 });
  });

  test('an address that nobody listens on is said to refuse', async () => {
    const page = await browser.fetch('http://localhost:1/', { headers: { Accept: 'text/html' } });
    expect(page.status).toBe(502);
    expect(page.body).toContain('errors:channel-refused.what');
  });
});

test('where sshd forwards nothing, a page says so', async () => {
  const closed = await startLabMachine({ config: ['AllowTcpForwarding no'] });
  closed.connection.pool.connect(closed.machineId);
  await closed.connection.reached('ready');
  const other = new GatewayBrowser(await closed.gateways.open(closed.machineId));
  const page = await other.fetch('http://localhost:8888/', { headers: { Accept: 'text/html' } });
  expect(page.status).toBe(502);
  expect(page.body).toMatch(/errors:(forwarding|channel)-refused\.what/);
  other.close();
  await closed.stop();
});
