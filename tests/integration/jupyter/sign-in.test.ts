import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { GatewayBrowser, LabKernel } from '../../support/lab/gateway-browser';
import { type LabMachine, onlyServer, startLabMachine } from '../../support/lab/jupyter';
import { setJupyterPassword, startJupyterByHand } from '../../support/lab/jupyter-by-hand';
import { ordersOf } from '../../support/lab/page-orders';

const password = 'correct horse; battery=staple';
const wrong = { secret: 'wrong', isRemembered: false };

let lab: LabMachine;
let byHand: ChildProcess[];
let browsers: GatewayBrowser[];

beforeEach(async () => {
  byHand = [];
  browsers = [];
  lab = await startLabMachine();
});

afterEach(async () => {
  for (const browser of browsers) browser.close();
  for (const child of byHand) child.kill('SIGKILL');
  await lab.stop();
});

function tab(): GatewayBrowser {
  const gateway = lab.gateways.get(lab.machineId);
  if (gateway === undefined) throw new Error('no gateway was opened');
  const browser = new GatewayBrowser(gateway);
  browsers.push(browser);
  return browser;
}

async function start(options: Omit<Parameters<typeof startJupyterByHand>[0], 'home'>) {
  const jupyter = await startJupyterByHand({ home: lab.home, ...options });
  byHand.push(jupyter.child);
  return jupyter;
}

describe.each([
  { peer: 'jupyterlab4', page: '/lab', kind: 'lab' },
  { peer: 'classic6', page: '/tree', kind: 'classic' },
] as const)('a $peer with a password', ({ peer, page, kind }) => {
  test('opens with that password and runs a cell; a wrong one is refused; only its own pages get in', async () => {
    await setJupyterPassword(lab.home, peer, password);
    const { port, child } = await start({ peer });
    await lab.notebooks.find(lab.machineId);
    const { id, canOpen, asks } = onlyServer(lab);
    expect({ canOpen, asks }).toEqual({
      canOpen: false,
      asks: { what: 'password', canBeRemembered: true },
    });
    await expect(lab.notebooks.signIn(lab.machineId, id, wrong)).rejects.toMatchObject({
      code: 'notebook-secret-wrong',
    });
    expect(onlyServer(lab).canOpen).toBe(false);

    await lab.notebooks.signIn(lab.machineId, id, { secret: password, isRemembered: false });
    expect(onlyServer(lab)).toMatchObject({ canOpen: true, interface: kind });
    await lab.notebooks.open(lab.machineId, id);
    const authority = `localhost:${port}`;
    expect(lab.tabs.map(({ url }) => url)).toEqual([`http://${authority}${page}`]);
    const browser = tab();
    const own = await ordersOf(browser, `http://${authority}${page}`);
    const kernel = await LabKernel.start(browser, authority, '', own);
    expect(await kernel.run('print(6 * 7)')).toBe('42\n');

    const kernels = (headers: Readonly<Record<string, string>>) =>
      browser.fetch(`http://${authority}/api/kernels`, { headers });
    expect((await kernels({})).status).toBe(200);
    expect([403, 404]).toContain((await kernels({ Origin: 'http://localhost:9999' })).status);
    expect((await kernels({ 'Sec-Fetch-Site': 'same-site' })).status).toBe(403);
    const orders = { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } };
    expect((await browser.fetch(`http://${authority}/api/kernels`, orders)).status).toBe(403);

    expect(JSON.stringify([lab.snapshots, lab.tabs, lab.log()])).not.toMatch(
      /correct horse|username-localhost/,
    );
    const ended = once(child, 'exit');
    await lab.notebooks.stop(lab.machineId, id);
    await ended;
    expect(lab.snapshot()).toMatchObject({ activity: { kind: 'idle' }, servers: [] });
  });
});

test('a remembered password lets in without a question, until the server has another one', async () => {
  await setJupyterPassword(lab.home, 'jupyterlab4', password);
  const first = await start({ peer: 'jupyterlab4', args: ['--port=28411'] });
  await lab.notebooks.find(lab.machineId);
  await lab.notebooks.signIn(lab.machineId, onlyServer(lab).id, { secret: password, isRemembered: true });
  const ended = once(first.child, 'exit');
  first.child.kill('SIGKILL');
  await ended;

  const second = await start({ peer: 'jupyterlab4', args: [`--port=${first.port}`] });
  await lab.notebooks.find(lab.machineId);
  expect(onlyServer(lab).canOpen).toBe(true);
  const endedToo = once(second.child, 'exit');
  second.child.kill('SIGKILL');
  await endedToo;

  await setJupyterPassword(lab.home, 'jupyterlab4', 'changed meanwhile');
  await start({ peer: 'jupyterlab4', args: [`--port=${first.port}`] });
  await lab.notebooks.find(lab.machineId);
  expect(onlyServer(lab).canOpen).toBe(false);
});

test.each(['jupyterlab4', 'classic6'] as const)(
  'a %s that tells nobody of itself opens by its address and token',
  async (peer) => {
    const { port, token } = await start({ peer, runtimeFolder: join(lab.home, 'elsewhere') });
    await lab.notebooks.find(lab.machineId);
    expect(lab.snapshot().servers).toEqual([]);
    const address = { host: '127.0.0.1', port, isTls: false, baseUrl: '/' };
    await expect(lab.notebooks.addAddress(lab.machineId, address, 'wrong')).rejects.toMatchObject({
      code: 'notebook-secret-wrong',
    });
    expect(onlyServer(lab)).toMatchObject({
      canOpen: false,
      asks: { what: 'tokenOrPassword', canBeRemembered: false },
    });
    const id = await lab.notebooks.addAddress(lab.machineId, address, token);
    await lab.notebooks.open(lab.machineId, id);
    expect(lab.snapshot().activity).toEqual({ kind: 'idle' });
    const kernel = await LabKernel.start(tab(), `localhost:${port}`);
    expect(await kernel.run('print(6 * 7)')).toBe('42\n');
    expect(JSON.stringify([lab.snapshots, lab.tabs, lab.log()])).not.toContain(token);

    await lab.notebooks.find(lab.machineId);
    expect(onlyServer(lab)).toMatchObject({ id, canOpen: true });
    await lab.notebooks.stop(lab.machineId, id);
    expect(lab.snapshot()).toMatchObject({ activity: { kind: 'idle' }, servers: [] });
  },
);

test('an address at which no Jupyter answers is said to be one', async () => {
  const address = { host: '127.0.0.1', port: lab.sshd.port, isTls: false, baseUrl: '/' };
  await expect(lab.notebooks.addAddress(lab.machineId, address, '')).rejects.toMatchObject({
    code: 'notebook-not-there',
    params: { address: `127.0.0.1:${lab.sshd.port}/` },
  });
});
