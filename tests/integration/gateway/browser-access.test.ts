import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { type IncomingHttpHeaders, request as startRequest } from 'node:http';
import { userInfo } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BrowserAccess } from '../../../electron/gateway/browser-access/browser-access';
import { clientUser } from '../../../electron/gateway/browser-access/client-user';
import { systemClock } from '../../../electron/system/clock';
import type { BrowserDoor, BrowserDoorId } from '../../../shared/model/browser-door';
import { type LabMachine, startLabMachine } from '../../support/lab/jupyter';
import { labPeer } from '../../support/setup/peers';

/** A door to a real JupyterLab over real SSH, tried by clients that are no browsers and so can say what they like. */
let lab: LabMachine;
let access: BrowserAccess;
let opened: string[];
let pageUrl: string;

beforeAll(async () => {
  lab = await startLabMachine({ notebook: { kind: 'environment', path: labPeer('jupyterlab4').folder } });
  await lab.notebooks.openOrStart(lab.machineId);
  const gateway = lab.gateways.get(lab.machineId);
  const [route] = gateway?.routes() ?? [];
  if (route === undefined) throw new Error('there is no route to the notebook');
  pageUrl = `http://${route.host}/lab/tree/a%20b.ipynb?reset#top`;
  opened = [];
  access = new BrowserAccess({
    openGateway: (machineId) => lab.gateways.open(machineId),
    openInBrowser: async (url) => void opened.push(url),
    newId: () => randomUUID() as BrowserDoorId,
    randomSecret: () => randomBytes(32).toString('base64url'),
    clock: systemClock,
    hostnameFor: (label) => `${label}.localhost`,
    isOwnClient: async (client) => (await clientUser(client)) === userInfo().uid,
    refusalPage: () => 'not let in',
    onChanged: () => undefined,
  });
});

afterAll(async () => {
  access.closeAll();
  await lab.stop();
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function ask(url: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Answer> {
  const { port, host, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const request = startRequest(
      {
        host: '127.0.0.1',
        port,
        method,
        path: `${pathname}${search}`,
        headers: { Host: host, ...headers },
        agent: false,
      },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          body += chunk;
        });
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
        response.once('error', reject);
      },
    );
    request.once('error', reject);
    request.once('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: '' });
    });
    request.end();
  });
}

const door = (): BrowserDoor => {
  const [only] = access.list().doors;
  if (only === undefined) throw new Error('there is no door');
  return only;
};
/** Opens the page anew and answers with the address that the browser was given. */
async function newAddress(): Promise<string> {
  await access.open({ machineId: lab.machineId, url: pageUrl, title: 'JupyterLab' });
  return opened.at(-1) ?? '';
}
/** The cookie of a browser that was let in. */
async function enter(): Promise<string> {
  const { headers } = await ask(await newAddress());
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}
const statusUrl = () => `${door().origin}/api/status`;

test('the address works once, leads to the page, and leaves a cookie that no page can read', async () => {
  const address = await newAddress();
  const entered = await ask(address, { 'Sec-Fetch-Site': 'none' });
  expect(entered.status).toBe(303);
  expect(entered.headers.location).toBe(`${door().origin}/lab/tree/a%20b.ipynb?reset#top`);
  expect(entered.headers['set-cookie']?.[0]).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
  expect(door().browserCount).toBe(1);
  expect((await ask(address)).status).toBe(403);
});

test('with the cookie Jupyter answers, who without its token would not', async () => {
  const cookie = await enter();
  const answer = await ask(statusUrl(), { Cookie: cookie });
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body)).toHaveProperty('kernels');
});

test('the token is in no address, no answer and no list', async () => {
  const token =
    lab.gateways
      .get(lab.machineId)
      ?.routes()[0]
      ?.authorization?.replace(/^token /, '') ?? '';
  expect(token.length).toBeGreaterThan(20);
  const cookie = await enter();
  const page = await ask(`${door().origin}/lab`, { Cookie: cookie, Accept: 'text/html' });
  expect(page.status).toBe(200);
  expect(JSON.stringify([opened, access.list(), page.headers])).not.toContain(token);
});

describe('who is refused, with nothing said of what is behind', () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ['without a cookie', {}],
    ['with a made-up cookie', { Cookie: 'nuvem-door=guess; nuvem-door-1=guess' }],
  ])('%s', async (_what, headers) => {
    await enter();
    expect(await ask(statusUrl(), headers)).toMatchObject({ status: 403, body: 'not let in' });
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ['by another name that leads here', { Host: 'evil.example:23456' }],
    ['by this computer’s own name', { Host: 'localhost' }],
    ['from a page of another origin', { Origin: 'https://evil.example' }],
    ['from a page of another port', { Origin: 'http://localhost:3000', 'Sec-Fetch-Site': 'same-site' }],
    ['from a page without an origin', { Origin: 'null' }],
    ['from a foreign page’s image', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' }],
    [
      'in a foreign page’s frame',
      {
        'Sec-Fetch-Site': 'same-site',
        'Sec-Fetch-Mode': 'navigate',
        'Sec-Fetch-Dest': 'iframe',
      },
    ],
  ])('with the cookie, but %s', async (_what, headers) => {
    const cookie = await enter();
    expect((await ask(statusUrl(), { Cookie: cookie, ...headers })).status).toBe(403);
  });

  test('a ticket that is shown by a page, for another name, or in another way', async () => {
    const tries: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
      [{ 'Sec-Fetch-Site': 'cross-site' }, 'GET'],
      [{ Origin: 'https://evil.example' }, 'GET'],
      [{ Host: 'evil.example' }, 'GET'],
      [{}, 'POST'],
      [{}, 'HEAD'],
    ];
    for (const [headers, method] of tries)
      expect((await ask(await newAddress(), headers, method)).status).toBe(403);
  });

  test('a web socket without the cookie or from elsewhere, while the page’s own opens', async () => {
    const cookie = await enter();
    const upgrade = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    };
    const url = `${door().origin}/api/events/subscribe`;
    const { origin } = door();
    expect((await ask(url, { ...upgrade, Origin: origin })).status).toBe(403);
    expect((await ask(url, { ...upgrade, Cookie: cookie })).status).toBe(403);
    expect((await ask(url, { ...upgrade, Cookie: cookie, Origin: 'https://evil.example' })).status).toBe(403);
    expect((await ask(url, { ...upgrade, Cookie: cookie, Origin: origin })).status).toBe(101);
  });

  test.skipIf(userInfo().uid !== 0)(
    'another user of this computer who has seen the address in a list of programs',
    async () => {
      const address = new URL(await newAddress());
      const { port, hostname } = address;
      const status = await new Promise<string>((resolve, reject) => {
        execFile(
          'curl',
          [
            '-sS',
            '-o',
            '/dev/null',
            '-w',
            '%{http_code}',
            '--resolve',
            `${hostname}:${port}:127.0.0.1`,
            address.href,
          ],
          { uid: 65_534, gid: 65_534, env: { PATH: '/usr/bin:/bin' }, cwd: '/' },
          (error, output) => (error === null ? resolve(output) : reject(error)),
        );
      });
      expect(status).toBe('403');
      expect((await ask(address.href)).status).toBe(303);
    },
  );
});

test('a closed door lets nobody in, and the next one is at the same address with other keys', async () => {
  const cookie = await enter();
  const before = door();
  access.close(before.id);
  expect(access.list().doors).toEqual([]);
  await expect(ask(`${before.origin}/api/status`, { Cookie: cookie })).rejects.toThrow('ECONNREFUSED');
  await newAddress();
  expect(door().origin).toBe(before.origin);
  expect((await ask(statusUrl(), { Cookie: cookie })).status).toBe(403);
});

test('a page that is asked for by https is refused in words', async () => {
  const page = { machineId: lab.machineId, url: 'https://localhost:9443/', title: '' };
  await expect(access.open(page)).rejects.toMatchObject({ code: 'browser-page-secure' });
});
