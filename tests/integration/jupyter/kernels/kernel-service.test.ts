import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Transport } from '../../../../electron/connection/transport';
import { KernelService } from '../../../../electron/jupyter/kernels/kernel-service';
import { listenToKernels } from '../../../../electron/jupyter/kernels/listen';
import type { PlacedIncident } from '../../../../electron/jupyter/kernels/machine-kernels';
import { systemClock } from '../../../../electron/system/clock';
import type { Kernel, KernelId, KernelState, KernelsSnapshot } from '../../../../shared/model/kernel';
import type { NotebookServer } from '../../../../shared/model/notebook';
import { GatewayBrowser, LabKernel } from '../../../support/lab/gateway-browser';
import { instanceFolders, type LabMachine, onlyServer, startLabMachine } from '../../../support/lab/jupyter';
import { runCommand } from '../../../support/lab/run-command';
import { labPeer, type PeerName } from '../../../support/setup/peers';

const host = 'localhost:8888';

let lab: LabMachine;
let browser: GatewayBrowser;
let kernels: KernelService;
let server: NotebookServer;
const incidents: PlacedIncident[] = [];

afterEach(async () => {
  kernels.stopAll();
  browser.close();
  incidents.length = 0;
  await lab.stop();
});

const until = <T>(look: () => T | undefined | false): Promise<T> =>
  vi.waitUntil(look, { timeout: 60_000, interval: 50 }) as Promise<T>;

/** `taken`: how many of sshd's sessions something else uses already. */
async function openNotebook(peer: PeerName, config: readonly string[] = [], taken = 0): Promise<void> {
  lab = await startLabMachine({ notebook: { kind: 'environment', path: labPeer(peer).folder }, config });
  await lab.notebooks.openOrStart(lab.machineId);
  server = onlyServer(lab);
  const gateway = lab.gateways.get(lab.machineId);
  if (gateway === undefined) throw new Error('no gateway was opened');
  browser = new GatewayBrowser(gateway);
  kernels = new KernelService({
    connections: lab.connection.pool,
    clock: systemClock,
    random: randomBytes,
    serversOf: (machineId) =>
      lab.notebooks.serversOf(machineId).map((known) => ({
        serverId: known.server.id,
        running: known.running,
        canOpen: known.server.canOpen,
      })),
    onChanged: () => undefined,
    onIncident: (incident) => incidents.push(incident),
  });
  const transport = await lab.connection.connect();
  // The keeper may still be at it in one of them.
  for (let one = 0; one < taken; one += 1)
    await vi.waitUntil(() => occupySession(transport), { timeout: 30_000, interval: 100 });
  kernels.serversChanged(lab.machineId);
}

/** True once one of sshd's sessions is in use, until the connection ends. */
async function occupySession(transport: Transport): Promise<boolean> {
  const stream = await transport.openCommand('exec cat').catch(() => null);
  stream?.on('error', () => undefined);
  return stream !== null;
}

/** A kernel that a notebook uses, as a page starts one. */
async function startKernel(path = 'work/train.ipynb'): Promise<LabKernel> {
  const kernel = await LabKernel.start(browser, host);
  const session = { name: '', path, type: 'notebook', kernel: { id: kernel.id } };
  const answer = await browser.fetch(`http://${host}/api/sessions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(session),
  });
  expect(answer.status).toBe(201);
  await until(() => seenKernel(kernel.id)?.sessions.length === 1);
  return kernel;
}

const seen = () => (kernels.snapshotOf(lab.machineId) as KernelsSnapshot).servers[0];
const seenKernel = (id: string): Kernel | undefined => seen()?.kernels.find((kernel) => kernel.id === id);
const inState = (id: string, state: KernelState) =>
  until(() => {
    const kernel = seenKernel(id);
    return kernel?.state === state && kernel;
  });

describe.each(['jupyterlab4', 'classic6'] as const)('the kernels of %s', (peer) => {
  test('are shown with their notebooks, and while they work', async () => {
    await openNotebook(peer);
    await until(() => seen()?.watch.kind === 'watching');
    expect(seen()?.kernels).toEqual([]);

    const kernel = await startKernel();
    expect(await inState(kernel.id, 'idle')).toMatchObject({
      displayName: 'Python 3 (ipykernel)',
      busySinceMs: null,
      connections: 1,
      sessions: [{ type: 'notebook', path: 'work/train.ipynb', name: 'train.ipynb' }],
    });

    await kernel.busyWith(kernel.send('import time; time.sleep(6)'));
    const busy = await inState(kernel.id, 'busy');
    expect(Math.abs((busy.busySinceMs ?? 0) - Date.now())).toBeLessThan(30_000);
    await inState(kernel.id, 'idle');
    const ended = await until(() => incidents[0]);
    expect(ended).toMatchObject({
      machineId: lab.machineId,
      serverId: server.id,
      incident: { kind: 'runEnded', kernel: { id: kernel.id }, outcome: 'ok' },
    });
  });

  test('are heard at once: the length and outcome of a cell, and a process that was killed', async () => {
    await openNotebook(peer);
    const kernel = await startKernel();
    await inState(kernel.id, 'idle');
    expect(seen()?.watch).toEqual({ kind: 'watching', by: 'events' });

    await expect(kernel.run('import time; time.sleep(3); 1/0')).rejects.toThrow('division by zero');
    const failed = await until(() => incidents[0]?.incident);
    expect(failed).toMatchObject({ kind: 'runEnded', outcome: 'failed' });
    expect(failed.kind === 'runEnded' && failed.durationMs).toBeGreaterThan(2_900);
    await kernel.run('import time; time.sleep(2)');
    expect(await until(() => incidents[1]?.incident)).toMatchObject({ kind: 'runEnded', outcome: 'ok' });

    incidents.length = 0;
    const pid = Number(await kernel.run('import os; print(os.getpid())'));
    await until(() => incidents.length === 1);
    kernel.send('import time; time.sleep(600)');
    await inState(kernel.id, 'busy');
    process.kill(pid, 'SIGKILL');
    expect((await until(() => incidents[1])).incident).toMatchObject({
      kind: 'restartedByItself',
      kernel: { id: kernel.id, sessions: [{ path: 'work/train.ipynb' }] },
    });
    expect(seenKernel(kernel.id)?.state).toBe('starting');
    expect(incidents).toHaveLength(2);
  }, 180_000);

  test('are told by asking alone where nothing can listen to them', async () => {
    await openNotebook(peer, ['MaxSessions 2'], 2);
    const kernel = await startKernel();
    await inState(kernel.id, 'idle');
    await kernel.busyWith(kernel.send('import time; time.sleep(8)'));
    await inState(kernel.id, 'busy');
    const { incident } = await until(() => incidents[0]);
    expect(incident).toMatchObject({ kind: 'runEnded', outcome: 'unknown' });
    expect(seen()?.watch).toEqual({ kind: 'watching', by: 'asking' });
  });

  test('leave no program of the watch behind on the machine', async () => {
    await openNotebook(peer);
    await until(() => seen()?.watch.kind === 'watching' && seen()?.watch);
    const listeners = async () =>
      (await runCommand('ps', ['-A', '-ww', '-o', 'args=']))
        .split('\n')
        .filter((line) => line.includes(`${lab.home}/`) && line.includes(' - nuvem'));
    await vi.waitUntil(async () => (await listeners()).length === 1, { timeout: 30_000 });
    await lab.sshd.stopListening();
    await lab.sshd.killSessions();
    await vi.waitUntil(async () => (await listeners()).length === 0, { timeout: 30_000 });
    await lab.sshd.restart();
    await vi.waitUntil(async () => (await listeners()).length === 1, { timeout: 30_000 });
    kernels.stopAll();
    await vi.waitUntil(async () => (await listeners()).length === 0, { timeout: 30_000 });
  });

  test('can be interrupted, restarted and shut down', async () => {
    await openNotebook(peer);
    const kernel = await startKernel();
    await inState(kernel.id, 'idle');
    const id = kernel.id as KernelId;

    const cell = kernel.send('kept = 1\nprint("begun", flush=True)\nimport time; time.sleep(600)');
    await kernel.printedUpTo(cell, 'begun');
    await inState(kernel.id, 'busy');
    await kernels.interrupt(lab.machineId, server.id, id);
    await inState(kernel.id, 'idle');
    // After an error, ipykernel 6 may still refuse ("abort") what comes in the moment after it has become idle.
    const printed = await vi.waitUntil(() => kernel.run('print(kept)'), { timeout: 30_000, interval: 200 });
    expect(printed).toBe('1\n');

    incidents.length = 0;
    const restarted = kernels.restart(lab.machineId, server.id, id);
    await inState(kernel.id, 'restarting');
    await restarted;
    await kernel.answers();
    await expect(kernel.run('print(kept)')).rejects.toThrow("name 'kept' is not defined");
    await inState(kernel.id, 'idle');

    const path = `http://${host}/api/kernels/${kernel.id}/restart`;
    expect((await browser.fetch(path, { method: 'POST' })).status).toBe(200);
    await kernel.answers();
    await inState(kernel.id, 'idle');

    await kernels.shutDown(lab.machineId, server.id, id);
    await until(() => seen()?.kernels.length === 0);
    expect(incidents.filter(({ incident }) => incident.kind !== 'runEnded')).toEqual([]);
    await expect(kernels.interrupt(lab.machineId, server.id, id)).rejects.toMatchObject({
      code: 'kernel-gone',
    });
  });

  test('lose nothing of what they print while the connection is away, and count no page that is not there', async () => {
    await openNotebook(peer);
    const kernel = await startKernel();
    await inState(kernel.id, 'idle');
    const id = kernel.send('import time\nfor n in range(8): print("line", n); time.sleep(1)');
    await kernel.printedUpTo(id, 'line 0');

    await lab.sshd.stopListening();
    await lab.sshd.killSessions();
    await until(() => seen()?.watch.kind === 'connectionDown');
    await lab.sshd.restart();
    await until(() => seen()?.watch.kind === 'watching');

    await inState(kernel.id, 'idle');
    expect(seenKernel(kernel.id)).toMatchObject({ connections: 1 });
    // A busy kernel may print several lines in one message, the first ones before the connection went.
    const printed = await kernel.printedUpTo(id, 'line 7');
    const numbers = [...printed.matchAll(/line (\d)/g)].map(([, number]) => Number(number));
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7].slice(-numbers.length));
  });

  test('are told to be gone with their server, and orders are refused while the connection is down', async () => {
    await openNotebook(peer);
    const kernel = await startKernel();
    const id = kernel.id as KernelId;
    await inState(kernel.id, 'idle');
    await lab.sshd.stopListening();
    await lab.sshd.killSessions();
    await until(() => seen()?.watch.kind === 'connectionDown');
    expect(seenKernel(kernel.id)).toBeDefined();
    await expect(kernels.restart(lab.machineId, server.id, id)).rejects.toMatchObject({
      code: 'not-connected',
    });
    await lab.sshd.restart();
    await until(() => seen()?.watch.kind === 'watching');

    const before = lab.notebooks.serversOf(lab.machineId)[0];
    process.kill(before?.running.pid ?? 0, 'SIGKILL');
    await until(() => seen()?.watch.kind === 'serverGone');
    await expect(kernels.restart(lab.machineId, server.id, id)).rejects.toMatchObject({
      code: 'notebook-gone',
    });
  });
});

test('kernels in a container are not looked for among the machine’s own processes, which have its numbers, too', async () => {
  await openNotebook('jupyterlab4');
  kernels.stopAll();
  const [folder = ''] = await instanceFolders(lab.home);
  await writeFile(join(folder, 'container'), 'a-container');
  const onListening = vi.fn();
  const transport = await lab.connection.pool.link(lab.machineId).whenReady();
  const pid = lab.notebooks.serversOf(lab.machineId)[0]?.running.pid ?? 0;
  const told = { onListening, onKernelsChanged: () => undefined, onNews: () => undefined };
  const ended = new AbortController();
  const deps = { random: randomBytes, nowMs: systemClock.nowMs, signal: ended.signal };
  onListening.mockImplementation(() => ended.abort());
  await listenToKernels(transport, pid, told, deps);
  expect(onListening).not.toHaveBeenCalled();
});
