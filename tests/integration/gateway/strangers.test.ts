import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { userInfo } from 'node:os';
import { type Browser, chromium, type Page } from '@playwright/test';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ConnectionLog } from '../../../electron/connection/connection-log';
import { type Gateway, Gateways } from '../../../electron/gateway/gateway';
import { openProxy } from '../../../electron/gateway/open-proxy';
import { systemClock } from '../../../electron/system/clock';
import { MachineId } from '../../../shared/model/machine';
import { installedChromium } from '../../support/bench/hand';
import { FakeMachineLink } from '../../support/lab/fake-machine-link';
import { GatewayBrowser } from '../../support/lab/gateway-browser';
import { closed } from '../../support/lab/tcp-peer';

const machineId = MachineId.parse(randomUUID());

let gateways: Gateways;
let gateway: Gateway;
/** The far side; nothing of a stranger's may ever get there. */
let far: Server;
let askedFor: string[];

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

beforeEach(async () => {
  askedFor = [];
  far = createServer((request, response) => {
    askedFor.push(`${request.method} ${request.url}`);
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.end('secret of the machine');
  });
  const port = await listening(far);
  gateways = new Gateways({
    openProxy: (request) => openProxy(new FakeMachineLink(machineId), request, 0, (key) => `<${key}>`),
    randomSecret: () => 'correct-horse',
    log: new ConnectionLog(systemClock, () => undefined),
  });
  gateway = await gateways.open(machineId);
  const target = { kind: 'tcp', host: '127.0.0.1', port } as const;
  gateway.setRoute({ host: 'localhost:8888', target, authorization: 'token ours' });
});

afterEach(async () => {
  await gateways.closeAll();
  far.closeAllConnections();
  far.close();
});

describe('a gateway', () => {
  it('survives whatever bytes come, tells nothing but numbers, and lets nothing through', async () => {
    const line = fc.constantFrom(
      ...['GET http://localhost:8888/ HTTP/1.1', 'CONNECT localhost:8888 HTTP/1.1', 'POST / HTTP/1.1'],
      ...['GET http://localhost:8888/ HTTP/1.0', 'PRI * HTTP/2.0', 'OPTIONS * HTTP/1.1', 'GET //[ HTTP/1.1'],
    );
    const header = fc.constantFrom(
      ...[
        'Host: localhost:8888',
        'Proxy-Authorization: Basic',
        'Proxy-Authorization: Basic bnV2ZW06',
        'Upgrade: x',
      ],
      ...['Connection: Upgrade', 'Transfer-Encoding: chunked', 'Content-Length: 99999', 'Content-Length: -1'],
      ...['Expect: 100-continue', 'Expect: more', 'Proxy-Authorization: Bearer ours', ': empty', 'X: \u0000'],
    );
    const almostHttp = fc
      .tuple(line, fc.array(header, { maxLength: 5 }), fc.uint8Array({ maxLength: 200 }))
      .map(([first, headers, rest]) =>
        Buffer.concat([Buffer.from(`${[first, ...headers].join('\r\n')}\r\n\r\n`, 'latin1'), rest]),
      );
    const anything = fc.oneof(
      almostHttp,
      fc.uint8Array({ minLength: 1, maxLength: 600 }).map((bytes) => Buffer.from(bytes)),
    );
    await fc.assert(
      fc.asyncProperty(anything, async (sent) => {
        const socket = connect(gateway.port, '127.0.0.1');
        let answer = '';
        socket.setEncoding('latin1').on('data', (text: string) => {
          answer += text;
        });
        const over = closed(socket);
        socket.end(sent);
        await over;
        expect(answer).not.toContain('secret');
        for (const [, status] of answer.matchAll(/^HTTP\/1\.1 (\d+)/gm))
          expect(['400', '407', '408', '431']).toContain(status);
      }),
      { numRuns: 300 },
    );
    expect(askedFor).toEqual([]);
    const browser = new GatewayBrowser(gateway);
    expect((await browser.fetch('http://localhost:8888/')).status).toBe(200);
    browser.close();
  });
});

describe('a web page in a browser of this computer', () => {
  let browser: Browser | null = null;
  let page: Page;
  let site: Server;

  beforeAll(async () => {
    const executablePath = await installedChromium();
    if (executablePath === null) return;
    const sandbox = userInfo().uid === 0 ? ['--no-sandbox'] : [];
    // As an attacker's name server would answer (DNS rebinding).
    const args = [...sandbox, '--host-resolver-rules=MAP evil.example 127.0.0.1'];
    browser = await chromium.launch({ executablePath, args });
  });
  afterAll(() => browser?.close());
  beforeEach(async ({ skip }) => {
    if (browser === null) return skip('there is no Chromium here');
    site = createServer((_request, response) =>
      response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>evil</title>'),
    );
    page = await (await browser.newContext()).newPage();
  });
  afterEach(async () => {
    await page?.context().close();
    site?.closeAllConnections();
    site?.close();
  });

  it('gets nothing from a gateway by any means that pages have', async () => {
    await page.goto(`http://evil.example:${await listening(site)}/`);
    const outcomes = await page.evaluate(async (port) => {
      const settled = (start: (done: (outcome: string) => void) => void): Promise<string> =>
        new Promise((resolve) => {
          start(resolve);
          setTimeout(() => resolve('nothing'), 3000);
        });
      const tried: string[] = [];
      for (const host of ['127.0.0.1', 'localhost', 'evil.example']) {
        const url = `http://${host}:${port}/api/status`;
        for (const options of [
          {},
          { mode: 'no-cors' },
          { method: 'POST', body: 'x', mode: 'no-cors' },
          { headers: { 'Proxy-Authorization': 'Basic bnV2ZW06' } },
          { headers: { Authorization: 'token ours' }, credentials: 'include' },
        ] as const) {
          tried.push(
            await fetch(url, options as RequestInit).then(
              async (answer) => `answered ${answer.status} ${await answer.text()}`,
              () => 'nothing',
            ),
          );
        }
        tried.push(
          await settled((done) => {
            const socket = new WebSocket(`ws://${host}:${port}/api/kernels/x/channels`);
            socket.onopen = () => done('open');
            socket.onerror = () => done('nothing');
          }),
          await settled((done) => {
            const events = new EventSource(url);
            events.onmessage = () => done('message');
            events.onerror = () => done('nothing');
          }),
          await settled((done) => {
            const script = document.createElement('script');
            script.src = url;
            script.onload = () => done('script ran');
            script.onerror = () => done('nothing');
            document.head.append(script);
          }),
        );
      }
      return tried;
    }, gateway.port);
    expect(new Set(outcomes)).toEqual(new Set(['nothing']));
    expect(askedFor).toEqual([]);
  });

  it('does not get in by a name that leads to this computer', async () => {
    const answer = await page.goto(`http://evil.example:${gateway.port}/api/status`).catch(() => null);
    expect(answer === null || answer.status() === 407).toBe(true);
    expect(askedFor).toEqual([]);
  });

  it('does not get in by taking the gateway for its proxy without the secret', async () => {
    const context = await browser?.newContext({
      proxy: { server: `http://127.0.0.1:${gateway.port}`, bypass: '<-loopback>' },
    });
    const through = await context?.newPage();
    const answer = await through?.goto('http://localhost:8888/api/status').catch(() => null);
    expect(answer?.status() ?? 407).toBe(407);
    expect(askedFor).toEqual([]);
    await context?.close();
  });
});
