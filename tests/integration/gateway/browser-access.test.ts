import { execFile } from 'node:child_process';
import { createHash, randomBytes, randomUUID, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request as startRequest } from 'node:http';
import { createServer as createSecureServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BrowserAccess } from '../../../electron/gateway/browser-access/browser-access';
import { clientUser } from '../../../electron/gateway/browser-access/client-user';
import { systemClock } from '../../../electron/system/clock';
import type { BrowserDoor, BrowserDoorId } from '../../../shared/model/browser-door';
import type { MachineId } from '../../../shared/model/machine';
import { type LabMachine, startLabMachine } from '../../support/lab/jupyter';
import { runCommand } from '../../support/lab/run-command';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';
import { labPeer } from '../../support/setup/peers';

/** A door to a real JupyterLab over real SSH, tried by clients that are no browsers and so can say what they like. */
let lab: LabMachine;
let access: BrowserAccess;
let opened: string[];
let pageUrl: string;
/** Fingerprints of certificates that the user let pass, by server. */
let trusted: ReadonlyMap<string, string> = new Map();

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
    trustedFingerprint: (_machineId, host) => trusted.get(host) ?? null,
    openInBrowser: async (url) => void opened.push(url),
    newId: () => randomUUID() as BrowserDoorId,
    randomSecret: () => randomBytes(32).toString('base64url'),
    clock: systemClock,
    hostnameFor: (label) => `${label}.localhost`,
    isOwnClient: async (client) => (await clientUser(client)) === userInfo().uid,
    refusalPage: () => 'not let in',
    certificatePage: () => 'not trusted',
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

test('a server that has ended is open to browsers no more, another one and that of another machine are', async () => {
  await newAddress();
  const [only] = access.list().doors;
  access.closeTo(lab.machineId, 'localhost:1');
  access.closeTo('another' as MachineId, only?.host ?? '');
  expect(access.list().doors).toEqual([only]);
  access.closeTo(lab.machineId, only?.host ?? '');
  expect(access.list().doors).toEqual([]);
});

describe('a server that speaks https, with a certificate that nobody vouches for', () => {
  let folder: TempFolder;
  let server: Server;
  let asked: { readonly url: string; readonly headers: IncomingHttpHeaders }[];

  const address = (): string => `localhost:${(server.address() as AddressInfo).port}`;
  const doorOfServer = (): BrowserDoor => {
    const found = access.list().doors.find(({ host }) => host === address());
    if (found === undefined) throw new Error('there is no door to it');
    return found;
  };
  const makeCertificate = async (): Promise<{ readonly key: Buffer; readonly cert: Buffer }> => {
    const [key = '', cert = ''] = ['key', 'cert'].map((name) => join(folder.path, name));
    const subject = ['-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=hub.internal'];
    await runCommand('openssl', ['req', '-x509', ...subject, '-keyout', key, '-out', cert]);
    return { key: await readFile(key), cert: await readFile(cert) };
  };
  const fingerprintOf = (cert: Buffer): string =>
    `sha256/${createHash('sha256').update(new X509Certificate(cert).raw).digest('base64')}`;
  const enterServer = async (): Promise<string> => {
    await access.open({ machineId: lab.machineId, url: `https://${address()}/hub?a=1`, title: 'Hub' });
    const { headers } = await ask(opened.at(-1) ?? '');
    expect(headers.location).toBe(`${doorOfServer().origin}/hub?a=1`);
    return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  };

  beforeEach(async () => {
    folder = await makeTempFolder('https');
    asked = [];
    const made = await makeCertificate();
    server = createSecureServer(made, ({ url = '', headers }, answer) => {
      asked.push({ url, headers });
      answer.writeHead(200, {
        'Set-Cookie': 'hub=1; Path=/; Secure; HttpOnly',
        'Strict-Transport-Security': 'max-age=1000',
      });
      answer.end(`this is ${url}`);
    });
    server.on('upgrade', ({ url = '', headers }, socket) => {
      asked.push({ url, headers });
      socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    trusted = new Map([[address(), fingerprintOf(made.cert)]]);
  });
  afterEach(async () => {
    access.close(doorOfServer().id);
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    await folder.remove();
  });

  test('that the user let pass is used by http from here, pages and web sockets', async () => {
    const cookie = await enterServer();
    const { origin } = doorOfServer();
    expect(origin).toMatch(/^http:/);
    const page = await ask(`${origin}/hub?a=1`, { Cookie: `${cookie}; hub=1`, Origin: origin });
    expect(page).toMatchObject({ status: 200, body: 'this is /hub?a=1' });
    expect(page.headers['set-cookie']).toEqual(['hub=1; Path=/; HttpOnly']);
    expect(page.headers).not.toHaveProperty('strict-transport-security');
    const upgrade = { Connection: 'Upgrade', Upgrade: 'websocket', Cookie: cookie, Origin: origin };
    expect((await ask(`${origin}/socket`, upgrade)).status).toBe(101);
    expect(asked).toMatchObject([
      { url: '/hub?a=1', headers: { host: address(), origin: `https://${address()}`, cookie: 'hub=1' } },
      { url: '/socket', headers: { host: address(), origin: `https://${address()}` } },
    ]);
    expect(JSON.stringify(asked)).not.toContain('nuvem');
    expect(JSON.stringify(asked)).not.toContain('proxy-authorization');
  });

  test('that is another one than the user let pass gets no request, and the browser is told why', async () => {
    const other = await makeCertificate();
    server.setSecureContext(other);
    const cookie = await enterServer();
    const { origin } = doorOfServer();
    const page = await ask(`${origin}/hub`, { Cookie: cookie });
    expect(page).toMatchObject({ status: 502, body: 'not trusted' });
    const upgrade = { Connection: 'Upgrade', Upgrade: 'websocket', Cookie: cookie, Origin: origin };
    expect((await ask(`${origin}/socket`, upgrade)).status).toBe(502);
    expect(asked).toEqual([]);
    trusted = new Map([[address(), fingerprintOf(other.cert)]]);
    expect((await ask(`${origin}/hub`, { Cookie: cookie })).status).toBe(200);
  });

  test('lets no browser in without the door’s cookie either', async () => {
    await enterServer();
    const answer = await ask(`${doorOfServer().origin}/hub`);
    expect(answer).toMatchObject({ status: 403, body: 'not let in' });
    expect(asked).toEqual([]);
  });
});
