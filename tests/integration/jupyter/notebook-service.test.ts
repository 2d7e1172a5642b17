import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { NotebookServer } from '../../../shared/model/notebook';
import { GatewayBrowser, LabKernel } from '../../support/lab/gateway-browser';
import {
  instanceFolders,
  type LabApp,
  type LabMachine,
  type LabMachineOptions,
  onlyServer,
  serverPid,
  startLabMachine,
} from '../../support/lab/jupyter';
import { runCommand } from '../../support/lab/run-command';
import { labPeer, type PeerName } from '../../support/setup/peers';

let lab: LabMachine;
const browsers: GatewayBrowser[] = [];

afterEach(async () => {
  for (const browser of browsers.splice(0)) browser.close();
  await lab.stop();
});

const machineWith = async (peer: PeerName, options: LabMachineOptions = {}): Promise<void> => {
  lab = await startLabMachine({ notebook: { kind: 'environment', path: labPeer(peer).folder }, ...options });
};

function browserOf(app: LabApp): GatewayBrowser {
  const gateway = app.gateways.get(lab.machineId);
  if (gateway === undefined) throw new Error('no gateway was opened');
  const browser = new GatewayBrowser(gateway);
  browsers.push(browser);
  return browser;
}

async function openNotebook(app: LabApp = lab): Promise<NotebookServer> {
  await app.notebooks.openOrStart(lab.machineId);
  expect(app.snapshot().activity).toEqual({ kind: 'idle' });
  return onlyServer(app);
}

const tokenOf = async (): Promise<string> =>
  readFile(join((await instanceFolders(lab.home))[0] ?? '', 'token'), 'utf8');

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe.each([
  { peer: 'jupyterlab4', kind: 'lab', page: '/lab', version: /^2\./ },
  { peer: 'classic6', kind: 'classic', page: '/tree', version: /^6\./ },
] as const)('the notebook of $peer', ({ peer, kind, page, version }) => {
  test('opens as localhost:8888 and runs a cell', async () => {
    await machineWith(peer);
    const server = await openNotebook();
    expect(server).toMatchObject({ origin: 'nuvem', interface: kind, folder: lab.home, canOpen: true });
    expect(server.version).toMatch(version);
    expect(server.startedAtMs).toBeGreaterThan(1e12);
    expect(lab.tabs).toEqual([
      expect.objectContaining({ serverId: server.id, url: `http://localhost:8888${page}` }),
    ]);

    const browser = browserOf(lab);
    expect((await browser.fetch('http://localhost:8888/api/status')).status).toBe(200);
    const shown = await browser.fetch(`http://localhost:8888${page}`, { headers: { Accept: 'text/html' } });
    expect(shown.status).toBe(200);
    const kernel = await LabKernel.start(browser, 'localhost:8888');
    expect(await kernel.run('print(6 * 7)')).toBe('42\n');
  });

  test('listens on a socket that only its user may use, and its token is seen nowhere', async () => {
    await machineWith(peer);
    const server = await openNotebook();
    const [folder = ''] = await instanceFolders(lab.home);
    expect(server.address).toBe(join(folder, 's'));
    expect(
      await runCommand('stat', [
        '-c',
        '%a',
        folder,
        join(folder, 's'),
        join(folder, 'token'),
        join(folder, 'log'),
      ]),
    ).toBe('700\n600\n600\n600\n');

    const kernel = await LabKernel.start(browserOf(lab), 'localhost:8888');
    const token = await tokenOf();
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    expect(await runCommand('ps', ['-A', '-ww', '-o', 'args='])).not.toContain(token);
    expect(await kernel.run('import os; print(dict(os.environ))')).not.toContain(token);
    expect(await readFile(join(folder, 'log'), 'utf8')).not.toContain(token);
    expect(JSON.stringify([lab.snapshots, lab.tabs, lab.log()])).not.toContain(token);
  });

  test('listens on a port of its loopback where sshd forwards no sockets', async () => {
    await machineWith(peer, { config: ['AllowStreamLocalForwarding no'] });
    const server = await openNotebook();
    expect(server.address).toMatch(/^port \d+$/);
    const port = server.address.slice('port '.length);
    expect(lab.tabs[0]?.url).toBe(`http://localhost:${port}${page}`);
    expect((await browserOf(lab).fetch(`http://localhost:${port}/api/status`)).status).toBe(200);
    expect(await instanceFolders(lab.home)).toHaveLength(1);
  });

  test('is gone after stop, with its files and its tab', async () => {
    await machineWith(peer);
    const server = await openNotebook();
    const [folder = ''] = await instanceFolders(lab.home);
    const pid = await serverPid(folder);
    expect(isRunning(pid)).toBe(true);
    await lab.notebooks.stop(lab.machineId, server.id);
    expect(lab.snapshot()).toMatchObject({ activity: { kind: 'idle' }, servers: [] });
    expect(isRunning(pid)).toBe(false);
    expect(await instanceFolders(lab.home)).toEqual([]);
    expect(lab.closedTabsOf).toEqual([server.id]);
    expect(lab.ended).toMatchObject([{ server: { id: server.id }, host: 'localhost:8888' }]);
  });

  test('goes on when the SSH session is killed under a running cell', async () => {
    await machineWith(peer);
    await openNotebook();
    const browser = browserOf(lab);
    const kernel = await LabKernel.start(browser, 'localhost:8888');
    await kernel.run('kept = 40');
    await kernel.busyWith(kernel.send('import time; time.sleep(1); kept += 2'));

    await lab.sshd.stopListening();
    await lab.sshd.killSessions();
    await lab.connection.reached('waitingToRetry');
    const parked = browser.fetch(`http://localhost:8888/api/kernels/${kernel.id}`);
    await lab.sshd.restart();

    expect((await parked).status).toBe(200);
    expect(await kernel.run('print(kept)')).toBe('42\n');
  });

  test('is found and opened again after Nuvem was killed', async () => {
    await machineWith(peer);
    const server = await openNotebook();
    const kernel = await LabKernel.start(browserOf(lab), 'localhost:8888');
    await kernel.run('kept = 42');
    await lab.sshd.killSessions();

    const next = await lab.startAnotherApp();
    expect((await openNotebook(next)).id).toBe(server.id);
    expect(next.tabs).toEqual([expect.objectContaining({ serverId: server.id })]);
    expect(await instanceFolders(lab.home)).toHaveLength(1);
    const kernels = await browserOf(next).fetch('http://localhost:8888/api/kernels');
    expect(JSON.parse(kernels.body)).toEqual([expect.objectContaining({ id: kernel.id })]);
  });
});
