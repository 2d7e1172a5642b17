import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { NotebookChoice } from '../../../shared/model/machine';
import { GatewayBrowser, LabKernel } from '../../support/lab/gateway-browser';
import {
  instanceFolders,
  type LabMachine,
  onlyServer,
  serverPid,
  startLabMachine,
} from '../../support/lab/jupyter';
import { startJupyterByHand } from '../../support/lab/jupyter-by-hand';
import { runCommand } from '../../support/lab/run-command';
import { labPeer, type PeerName } from '../../support/setup/peers';

const environment = (): NotebookChoice => ({ kind: 'environment', path: labPeer('jupyterlab4').folder });

let lab: LabMachine;
let byHand: ChildProcess[];

beforeEach(async () => {
  byHand = [];
  lab = await startLabMachine({ notebook: environment() });
});

afterEach(async () => {
  for (const child of byHand) child.kill('SIGKILL');
  await lab.stop();
});

/** Starts Jupyter as the user would in a terminal of the machine; resolves once it listens. */
async function startByHand(peer: PeerName, args: readonly string[]): Promise<ChildProcess> {
  const { child } = await startJupyterByHand({ home: lab.home, peer, args });
  byHand.push(child);
  return child;
}

test.each([
  ['jupyterlab4', 'lab', '/lab'],
  ['notebook7', 'notebook', '/tree'],
  ['classic6', 'classic', '/tree'],
] as const)('a %s that the user started by hand is found, opened and stopped', async (peer, kind, page) => {
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  const child = await startByHand(peer, [`--port=${port}`]);
  await lab.notebooks.find(lab.machineId);
  const server = onlyServer(lab);
  expect(server).toMatchObject({
    origin: 'found',
    interface: kind,
    detachedBy: 'user',
    canOpen: true,
    folder: lab.home,
  });
  const realPort = server.address.slice('port '.length);

  await lab.notebooks.open(lab.machineId, server.id);
  expect(lab.tabs[0]?.url).toBe(`http://localhost:${realPort}${page}`);
  const gateway = lab.gateways.get(lab.machineId);
  if (gateway === undefined) throw new Error('no gateway was opened');
  const browser = new GatewayBrowser(gateway);
  expect((await browser.fetch(`http://localhost:${realPort}/api/status`)).status).toBe(200);
  browser.close();

  const ended = once(child, 'exit');
  await lab.notebooks.stop(lab.machineId, server.id);
  await ended;
  expect(lab.snapshot()).toMatchObject({ activity: { kind: 'idle' }, servers: [] });
});

test('a server with a certificate that it signed itself is opened as if it had none', async () => {
  const key = join(lab.home, 'key.pem');
  const certificate = join(lab.home, 'cert.pem');
  const subject = [
    '-subj',
    '/CN=lab',
    '-days',
    '1',
    '-nodes',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
  ];
  await runCommand('openssl', ['req', '-x509', ...subject, '-keyout', key, '-out', certificate]);
  await startByHand('jupyterlab4', [`--certfile=${certificate}`, `--keyfile=${key}`]);
  await lab.notebooks.find(lab.machineId);
  const server = onlyServer(lab);
  expect(server).toMatchObject({ interface: 'lab', canOpen: true });
  await lab.notebooks.open(lab.machineId, server.id);
  const gateway = lab.gateways.get(lab.machineId);
  if (gateway === undefined) throw new Error('no gateway was opened');
  const browser = new GatewayBrowser(gateway);
  const { host } = new URL(lab.tabs[0]?.url ?? '');
  const kernel = await LabKernel.start(browser, host);
  expect(await kernel.run('print(6 * 7)')).toBe('42\n');
  browser.close();
});

test('what a killed server left behind is not taken for a server', async () => {
  const child = await startByHand('jupyterlab4', []);
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  expect(await readdir(join(lab.home, '.local/share/jupyter/runtime'))).toContain(
    `jpserver-${child.pid}.json`,
  );
  await lab.notebooks.find(lab.machineId);
  expect(lab.snapshot().servers).toEqual([]);
  expect(lab.log().at(-1)).toMatchObject({ code: 'notebook-none-found' });
});

test('a server that dies under its tab is told of, and the next one takes its place', async () => {
  await lab.notebooks.openOrStart(lab.machineId);
  const server = onlyServer(lab);
  const [folder = ''] = await instanceFolders(lab.home);
  process.kill(await serverPid(folder), 'SIGKILL');
  await vi.waitUntil(() => lab.snapshot().activity.kind === 'failed', { timeout: 20_000 });
  expect(lab.snapshot()).toMatchObject({ activity: { error: { code: 'notebook-gone' } }, servers: [] });
  expect(lab.closedTabsOf).toEqual([]);

  await lab.notebooks.openOrStart(lab.machineId);
  expect(onlyServer(lab).id).not.toBe(server.id);
  expect(lab.tabs.map(({ url }) => url)).toEqual(['http://localhost:8888/lab', 'http://localhost:8888/lab']);
});

test('a process that got the number of a dead server is not touched', async () => {
  await lab.notebooks.openOrStart(lab.machineId);
  const server = onlyServer(lab);
  const [folder = ''] = await instanceFolders(lab.home);
  const bystander = spawn('sleep', ['600'], { stdio: 'ignore' });
  byHand.push(bystander);
  const pids = [await serverPid(folder), Number(await readFile(join(folder, 'pid'), 'utf8'))];
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  await writeFile(join(folder, 'pid'), `${bystander.pid}\n`);

  await lab.notebooks.find(lab.machineId);
  expect(lab.snapshot().servers).toEqual([]);
  await lab.notebooks.stop(lab.machineId, server.id);
  expect(lab.snapshot().activity).toEqual({ kind: 'idle' });
  expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
});
