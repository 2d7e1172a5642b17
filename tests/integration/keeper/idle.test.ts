import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { IdleClient, type ToldIdle } from '../../../electron/jupyter/idle/idle-client';
import { askJupyter } from '../../../electron/jupyter/rest-request';
import type { IdlePolicy } from '../../../shared/model/idle-policy';
import { GatewayBrowser, LabKernel } from '../../support/lab/gateway-browser';
import {
  instanceFolders,
  type LabApp,
  type LabMachine,
  onlyServer,
  startLabMachine,
} from '../../support/lab/jupyter';
import { labPeer, type PeerName } from '../../support/setup/peers';

const authority = 'localhost:8888';
const secondsLong = (seconds: number): IdlePolicy => ({ kind: 'stop', afterHours: seconds / 3600 });

let lab: LabMachine;
let browser: GatewayBrowser | null;

beforeEach(() => {
  browser = null;
});

afterEach(async () => {
  browser?.close();
  await lab.stop();
});

async function openOn(peer: PeerName, idlePolicy: IdlePolicy = { kind: 'nothing' }): Promise<GatewayBrowser> {
  lab = await startLabMachine({ notebook: { kind: 'environment', path: labPeer(peer).folder }, idlePolicy });
  await lab.notebooks.openOrStart(lab.machineId);
  const gateway = lab.gateways.get(lab.machineId);
  if (gateway === undefined) throw new Error(`no gateway: ${JSON.stringify(lab.snapshot())}`);
  browser = new GatewayBrowser(gateway);
  return browser;
}

/** Asks the keeper of the one server, as the app that knows of it would. */
async function ask(what: (client: IdleClient) => Promise<ToldIdle>, app: LabApp = lab): Promise<ToldIdle> {
  const [server] = app.notebooks.idleServersOf(lab.machineId);
  if (!server?.keeper) throw new Error(`no keeper: ${JSON.stringify(app.snapshot())}`);
  const transport = await app.connection.pool.link(lab.machineId).whenReady();
  return what(new IdleClient(transport, server.running, server.keeper));
}

/** The exit code that the server's folder notes; null while it runs. */
async function exitCode(): Promise<string | null> {
  const [folder = ''] = await instanceFolders(lab.home);
  return readFile(join(folder, 'exit'), 'utf8').catch(() => null);
}

const untilEnded = (timeoutMs: number) =>
  vi.waitUntil(async () => (await exitCode()) !== null, { timeout: timeoutMs, interval: 200 });

describe.each(['jupyterlab4', 'classic6'] as const)('on %s', (peer) => {
  test('a server ends by itself once nothing has run for so long, however much an open page asks it, but not under a cell', async () => {
    const page = await openOn(peer);
    const kernel = await LabKernel.start(page, authority);
    await ask((client) => client.set(secondsLong(8)));
    // As an open JupyterLab does all the time, which keeps Jupyter's own `shutdown_no_activity_timeout` from coming.
    const polling = setInterval(
      () => void page.fetch(`http://${authority}/api/kernels`).catch(() => undefined),
      500,
    );
    try {
      expect(await kernel.run('import time; time.sleep(14); print("worked")')).toBe('worked\n');
      expect(await exitCode()).toBeNull();
      await untilEnded(60_000);
    } finally {
      clearInterval(polling);
    }
    await vi.waitUntil(() => lab.idleEnds.length > 0, { timeout: 30_000 });
    expect(lab.idleEnds).toMatchObject([{ folder: lab.home, afterMs: 8_000 }]);
    expect(lab.snapshot().activity).toEqual({ kind: 'idle' });
    expect(lab.snapshot().servers).toEqual([]);
  }, 150_000);
});

test('a server that was started to end when idle does so without Nuvem, which tells of it once when it is back', async () => {
  await openOn('jupyterlab4', { kind: 'stop', afterHours: 0.5 });
  expect((await ask((client) => client.look())).policy).toEqual({ kind: 'stop', afterHours: 0.5 });
  await ask((client) => client.set(secondsLong(10)));
  await lab.connection.close();
  await untilEnded(60_000);

  const again = await lab.startAnotherApp();
  await again.notebooks.find(lab.machineId);
  expect(again.idleEnds).toMatchObject([{ folder: lab.home, afterMs: 10_000 }]);
  await again.notebooks.find(lab.machineId);
  expect(again.idleEnds).toHaveLength(1);
}, 120_000);

test('keeping it, and a terminal that is used, let the time begin anew; another Nuvem sees and changes the rule', async () => {
  await openOn('jupyterlab4');
  await ask((client) => client.set({ kind: 'tell', afterHours: 1 }));
  await wait(3_000);
  const before = await ask((client) => client.look());
  expect(before.idleMs).toBeGreaterThan(2_900);
  expect((await ask((client) => client.keep())).idleMs).toBeLessThan(before.idleMs ?? 0);

  const [server] = lab.notebooks.idleServersOf(lab.machineId);
  if (!server?.keeper) throw new Error('no keeper');
  const transport = await lab.connection.pool.link(lab.machineId).whenReady();
  await wait(3_000);
  await askJupyter(transport, server.running, { method: 'POST', path: 'api/terminals' });
  expect((await ask((client) => client.look())).idleMs).toBeLessThan(2_500);

  const other = await lab.startAnotherApp();
  await other.notebooks.find(lab.machineId);
  expect(onlyServer(other).id).toBe(onlyServer(lab).id);
  expect((await ask((client) => client.look(), other)).policy).toEqual({ kind: 'tell', afterHours: 1 });
  await ask((client) => client.set({ kind: 'nothing' }), other);
  expect(await ask((client) => client.look())).toEqual({ policy: { kind: 'nothing' }, idleMs: null });
}, 120_000);

test('nobody without the token learns of the rule or changes it', async () => {
  await openOn('jupyterlab4');
  const [server] = lab.notebooks.idleServersOf(lab.machineId);
  if (!server?.keeper) throw new Error('no keeper');
  const transport = await lab.connection.pool.link(lab.machineId).whenReady();
  const stranger = new IdleClient(transport, { ...server.running, token: 'guessed' }, server.keeper);
  await expect(stranger.set(secondsLong(1))).rejects.toMatchObject({ code: 'notebook-token-unknown' });
  expect((await ask((client) => client.look())).policy).toEqual({ kind: 'nothing' });
}, 60_000);
