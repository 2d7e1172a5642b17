import { afterEach, describe, expect, test, vi } from 'vitest';
import { KernelService } from '../../../../electron/jupyter/kernels/kernel-service';
import type { PlacedIncident } from '../../../../electron/jupyter/kernels/machine-kernels';
import { systemClock } from '../../../../electron/system/clock';
import type { Kernel, KernelId, KernelState, KernelsSnapshot } from '../../../../shared/model/kernel';
import type { NotebookServer } from '../../../../shared/model/notebook';
import { GatewayBrowser, LabKernel } from '../../../support/lab/gateway-browser';
import { type LabMachine, onlyServer, startLabMachine } from '../../../support/lab/jupyter';
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

async function openNotebook(peer: PeerName): Promise<void> {
  lab = await startLabMachine({ notebook: { kind: 'environment', path: labPeer(peer).folder } });
  await lab.notebooks.openOrStart(lab.machineId);
  server = onlyServer(lab);
  const gateway = lab.gateways.get(lab.machineId);
  if (gateway === undefined) throw new Error('no gateway was opened');
  browser = new GatewayBrowser(gateway);
  kernels = new KernelService({
    connections: lab.connection.pool,
    clock: systemClock,
    serversOf: (machineId) =>
      lab.notebooks.serversOf(machineId).map((known) => ({
        serverId: known.server.id,
        running: known.running,
        canOpen: known.server.canOpen,
      })),
    onChanged: () => undefined,
    onIncident: (incident) => incidents.push(incident),
  });
  kernels.serversChanged(lab.machineId);
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
      incident: { kind: 'runEnded', kernel: { id: kernel.id } },
    });
  });

  test('can be interrupted, restarted and shut down', async () => {
    await openNotebook(peer);
    const kernel = await startKernel();
    await inState(kernel.id, 'idle');
    const id = kernel.id as KernelId;

    await kernel.busyWith(kernel.send('kept = 1\nimport time; time.sleep(600)'));
    await inState(kernel.id, 'busy');
    await kernels.interrupt(lab.machineId, server.id, id);
    await inState(kernel.id, 'idle');
    expect(await kernel.run('print(kept)')).toBe('1\n');

    incidents.length = 0;
    await kernels.restart(lab.machineId, server.id, id);
    await expect(kernel.run('print(kept)')).rejects.toThrow("name 'kept' is not defined");
    await inState(kernel.id, 'idle');

    await kernels.shutDown(lab.machineId, server.id, id);
    await until(() => seen()?.kernels.length === 0);
    expect(incidents.filter(({ incident }) => incident.kind !== 'runEnded')).toEqual([]);
    await expect(kernels.interrupt(lab.machineId, server.id, id)).rejects.toMatchObject({
      code: 'kernel-gone',
    });
  });

  test('keep for a page that is away what they print, and count no page that is not there', async () => {
    await openNotebook(peer);
    const kernel = await startKernel();
    await inState(kernel.id, 'idle');
    const id = kernel.send('import time\nfor n in range(8): print("line", n); time.sleep(1)');
    await kernel.shows(id, 'line 0');

    await lab.sshd.stopListening();
    await lab.sshd.killSessions();
    await kernel.disconnected();
    await until(() => seen()?.watch.kind === 'connectionDown');
    await lab.sshd.restart();
    await until(() => seen()?.watch.kind === 'watching');

    expect(await until(() => seenKernel(kernel.id))).toMatchObject({ connections: 0 });
    await inState(kernel.id, 'idle');
    await kernel.reconnect();
    for (let line = 2; line < 8; line += 1) await kernel.shows(id, `line ${line}`);
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
