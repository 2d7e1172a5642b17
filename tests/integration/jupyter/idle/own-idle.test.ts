import { once } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { IdleService } from '../../../../electron/jupyter/idle/idle-service';
import { askJupyter } from '../../../../electron/jupyter/rest-request';
import { systemClock } from '../../../../electron/system/clock';
import { GatewayBrowser, LabKernel } from '../../../support/lab/gateway-browser';
import { type LabMachine, onlyServer, startLabMachine } from '../../../support/lab/jupyter';
import {
  type JupyterByHand,
  setJupyterPassword,
  startJupyterByHand,
} from '../../../support/lab/jupyter-by-hand';
import { ordersOf } from '../../../support/lab/page-orders';

const secret = 'correct horse; battery=staple';

let lab: LabMachine;
let jupyter: JupyterByHand;
let idle: IdleService;
let browser: GatewayBrowser;

afterEach(async () => {
  idle.stopAll();
  browser.close();
  jupyter.child.kill('SIGKILL');
  await lab.stop();
});

test.each([
  ['jupyterlab4', '/lab'],
  ['classic6', '/tree'],
] as const)(
  'a %s with a password, which has no keeper to count, is ended by Nuvem once nothing runs any more; its tabs stay',
  async (peer, page) => {
    lab = await startLabMachine();
    await setJupyterPassword(lab.home, peer, secret);
    jupyter = await startJupyterByHand({ home: lab.home, peer });
    const { machineId } = lab;
    await lab.notebooks.find(machineId);
    const { id, folder } = onlyServer(lab);
    await lab.notebooks.signIn(machineId, id, { secret, isRemembered: false });
    await lab.notebooks.open(machineId, id);
    const gateway = lab.gateways.get(machineId);
    if (gateway === undefined) throw new Error(`no gateway was opened: ${JSON.stringify(lab.snapshot())}`);
    browser = new GatewayBrowser(gateway);
    const authority = `localhost:${jupyter.port}`;
    const own = await ordersOf(browser, `http://${authority}${page}`);
    const kernel = await LabKernel.start(browser, authority, '', own);
    const cell = kernel.send(
      'import time; print("begun", flush=True); time.sleep(8); print("later", flush=True); time.sleep(600)',
    );
    await kernel.printedUpTo(cell, 'begun');

    idle = new IdleService({
      connections: lab.connection.pool,
      clock: systemClock,
      serversOf: (of) => lab.notebooks.idleServersOf(of),
      endServer: (of, serverId, over) => lab.notebooks.endIdle(of, serverId, over),
      onChanged: () => undefined,
      onNews: () => undefined,
    });
    idle.serversChanged(machineId);
    await idle.set(machineId, id, { kind: 'stop', afterHours: 4 / 3600 });
    expect(idle.snapshots()[0]?.servers).toMatchObject([{ countedBy: 'nuvem', idleSinceMs: null }]);
    await kernel.printedUpTo(cell, 'later');
    expect(jupyter.child.exitCode).toBeNull();

    const exit = once(jupyter.child, 'exit');
    const [known] = lab.notebooks.serversOf(machineId);
    const transport = await lab.connection.connect();
    if (known !== undefined)
      await askJupyter(transport, known.running, {
        method: 'POST',
        path: `api/kernels/${kernel.id}/interrupt`,
      });
    await exit;
    await vi.waitUntil(() => lab.idleEnds.length > 0, { timeout: 60_000 });
    expect(lab.idleEnds).toMatchObject([{ folder }]);
    await vi.waitUntil(() => lab.snapshot().activity.kind === 'idle', { timeout: 60_000 });
    expect(lab.snapshot().servers).toEqual([]);
    expect(lab.closedTabsOf).toEqual([]);
  },
  180_000,
);
