import { randomBytes } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { KernelService } from '../../../electron/jupyter/kernels/kernel-service';
import { systemClock } from '../../../electron/system/clock';
import { GatewayBrowser, LabKernel } from '../../support/lab/gateway-browser';
import { type LabMachine, onlyServer, startLabMachine } from '../../support/lab/jupyter';
import { choiceOf } from '../../support/lab/notebook-choice';
import { makeCondaLike } from '../../support/lab/python-home';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';
import { labPeer } from '../../support/setup/peers';

let lab: LabMachine;
let kernels: KernelService;
let browser: GatewayBrowser;
let folder: TempFolder | null = null;

afterEach(async () => {
  kernels.stopAll();
  browser.close();
  await lab.stop();
  await folder?.remove();
  folder = null;
});

const until = <T>(look: () => T | undefined | false): Promise<T> =>
  vi.waitUntil(look, { timeout: 60_000, interval: 50 }) as Promise<T>;

function watchKernels(): KernelService {
  return new KernelService({
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
    onIncident: () => undefined,
  });
}

describe.each([
  { peer: 'jupyterlab4', ui: 'lab', page: '/lab' },
  { peer: 'notebook7', ui: 'notebook', page: '/tree' },
  { peer: 'classic6', ui: 'classic', page: '/tree' },
] as const)('$peer', ({ peer, ui, page }) => {
  test.each(['a virtual environment', 'an environment of conda'] as const)(
    'in %s is started, opened, watched, kept through a cut, found and stopped',
    async (layout) => {
      folder = await makeTempFolder('conda');
      const { requirementsFile } = labPeer(peer);
      const environment =
        layout === 'a virtual environment'
          ? labPeer(peer).folder
          : await makeCondaLike(folder.path, 'miniforge3/envs/work', ['--requirement', requirementsFile]);
      lab = await startLabMachine({ notebook: choiceOf(peer, environment), isFaulty: true });
      await lab.notebooks.openOrStart(lab.machineId);
      expect(lab.snapshot().activity).toEqual({ kind: 'idle' });
      const server = onlyServer(lab);
      expect(server).toMatchObject({
        interface: ui,
        canOpen: true,
        keeping: { kind: 'kept', isRestored: true },
      });
      expect(lab.tabs[0]?.url).toBe(`http://localhost:8888${page}`);
      const gateway = lab.gateways.get(lab.machineId);
      if (gateway === undefined) throw new Error('no gateway was opened');
      browser = new GatewayBrowser(gateway);
      const shown = await browser.fetch(`http://localhost:8888${page}`, { headers: { Accept: 'text/html' } });
      expect(shown.status).toBe(200);

      kernels = watchKernels();
      kernels.serversChanged(lab.machineId);
      const kernel = await LabKernel.start(browser, 'localhost:8888');
      const seen = () =>
        kernels.snapshotOf(lab.machineId)?.servers[0]?.kernels.find(({ id }) => id === kernel.id);
      await until(() => seen()?.state === 'idle');
      expect(await kernel.run('import os, sys; print(os.path.realpath(sys.prefix))')).toBe(
        `${await realpath(environment)}\n`,
      );

      const printed = kernel.run(
        'import time\nfor i in range(12):\n    print(i, flush=True)\n    time.sleep(0.5)',
      );
      await until(() => seen()?.state === 'busy');
      lab.faults?.cutAll();
      await lab.connection.reached('waitingToRetry');
      lab.connection.pool.retryNow(lab.machineId);
      await lab.connection.reached('ready');
      expect(await printed).toBe(Array.from({ length: 12 }, (_, line) => `${line}\n`).join(''));
      await until(() => seen()?.state === 'idle');

      const later = await lab.startAnotherApp();
      await later.notebooks.find(lab.machineId);
      expect(onlyServer(later)).toMatchObject({ id: server.id, interface: ui, version: server.version });
      await lab.notebooks.stop(lab.machineId, server.id);
      expect(lab.snapshot()).toMatchObject({ activity: { kind: 'idle' }, servers: [] });
    },
    240_000,
  );
});
