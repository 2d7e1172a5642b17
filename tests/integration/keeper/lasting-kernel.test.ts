import { readdir, readFile, readlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { GatewayBrowser, LabKernel } from '../../support/lab/gateway-browser';
import {
  keeperFolders,
  type LabMachine,
  type LabMachineOptions,
  onlyServer,
  startLabMachine,
} from '../../support/lab/jupyter';
import { makeTempFolder } from '../../support/lab/temp-folder';
import { labPeer, type PeerName } from '../../support/setup/peers';

const authority = 'localhost:8888';

let lab: LabMachine;
let browser: GatewayBrowser;

afterEach(async () => {
  browser.close();
  await lab.stop();
});

async function openOn(peer: PeerName, options: LabMachineOptions = {}): Promise<void> {
  lab = await startLabMachine({
    notebook: { kind: 'environment', path: labPeer(peer).folder },
    isFaulty: true,
    ...options,
  });
  await lab.notebooks.openOrStart(lab.machineId);
  const gateway = lab.gateways.get(lab.machineId);
  if (gateway === undefined) throw new Error(`no gateway: ${JSON.stringify(lab.snapshot())}`);
  browser = new GatewayBrowser(gateway);
}

/** Prints a number every `pauseMs`. */
const counting = (count: number, pauseMs: number): string =>
  `import time\nfor i in range(${count}):\n    print(i, flush=True)\n    time.sleep(${pauseMs / 1000})`;
const numbers = (count: number): string => Array.from({ length: count }, (_, index) => `${index}\n`).join('');

async function comesBack(): Promise<void> {
  await lab.connection.reached('waitingToRetry');
  await heal();
}

async function heal(): Promise<void> {
  lab.faults?.setFaults({});
  const retry = setInterval(() => lab.connection.pool.retryNow(lab.machineId), 500);
  try {
    await lab.connection.reached('ready');
  } finally {
    clearInterval(retry);
  }
}

async function keeperPid(): Promise<number> {
  const [folder = ''] = await keeperFolders(lab.home);
  return Number(await readFile(join(folder, 'pid'), 'utf8'));
}

/** What the keeper has open: names of files, pipes and sockets. */
async function openOfKeeper(): Promise<readonly string[]> {
  const folder = `/proc/${await keeperPid()}/fd`;
  return Promise.all(
    (await readdir(folder)).map((name) => readlink(join(folder, name)).catch(() => 'closed')),
  );
}

async function keeperEnds(pid: number): Promise<void> {
  const runs = (): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  await vi.waitUntil(() => !runs(), { timeout: 60_000, interval: 100 });
}

describe.each(['jupyterlab4', 'classic6'] as const)('a cell that prints all the time, on %s', (peer) => {
  test('shows every line once and in order, after the network has swallowed everything for a minute', async () => {
    await openOn(peer);
    const kernel = await LabKernel.start(browser, authority);
    const printed = kernel.run(counting(75, 1000));
    await wait(5_000);
    lab.faults?.setFaults({ isBlackHole: true });
    await wait(60_000);
    await heal();
    expect(await printed).toBe(numbers(75));
    expect(await kernel.run('print("still here")')).toBe('still here\n');
  }, 180_000);
});

test('many kernels at once lose and double no line, whatever happens to the network', async () => {
  await openOn('jupyterlab4');
  const kernels = await Promise.all(Array.from({ length: 4 }, () => LabKernel.start(browser, authority)));
  const printed = kernels.map((kernel) => kernel.run(counting(3000, 10)));
  await wait(2_000);
  lab.faults?.cutAll();
  await comesBack();
  await wait(1_500);
  await lab.sshd.killSessions();
  await comesBack();
  await wait(1_000);
  lab.faults?.setFaults({ cutAfterBytesDown: 120_000 });
  lab.faults?.cutAll();
  await wait(6_000);
  await heal();
  await wait(1_000);
  lab.faults?.setFaults({ isBlackHole: true });
  await comesBack();
  for (const one of printed) expect(await one).toBe(numbers(3000));
}, 240_000);

test('what the page says while the connection is away reaches the kernel once', async () => {
  await openOn('jupyterlab4');
  const kernel = await LabKernel.start(browser, authority);
  await kernel.run('said = []');
  lab.faults?.setFaults({ isBlackHole: true });
  for (let number = 0; number < 20; number += 1) kernel.send(`said.append(${number})`);
  await wait(1_000);
  lab.faults?.cutAll();
  for (let number = 20; number < 40; number += 1) kernel.send(`said.append(${number})`);
  await comesBack();
  expect(await kernel.run('print(said == list(range(40)), len(said))')).toBe('True 40\n');
}, 120_000);

test('more than may be kept leaves an honest gap, and the kernel goes on', async () => {
  await openOn('jupyterlab4', {
    limits: { streamBytes: 200_000, executionBytes: 200_000, allBytes: 400_000 },
  });
  const kernel = await LabKernel.start(browser, authority);
  const printed = kernel.run(
    'import time; time.sleep(3)\nfor i in range(100):\n    print(str(i) + "x" * 10_000, flush=True)\n    time.sleep(0.05)\nprint("end")',
  );
  await lab.sshd.stopListening();
  await lab.sshd.killSessions();
  await wait(12_000);
  await lab.sshd.restart();
  await heal();
  const text = await printed;
  expect(text).toContain(`0${'x'.repeat(10_000)}\n1${'x'.repeat(10_000)}\n2x`);
  expect(text).toMatch(/\n\d+ lost\n/);
  expect(text.length).toBeLessThan(400_000);
  expect(await kernel.run('print(6*7)')).toBe('42\n');
}, 120_000);

test('a megabyte of text that was printed meanwhile is there, every line once and in order', async () => {
  await openOn('jupyterlab4');
  const kernel = await LabKernel.start(browser, authority);
  const printed = kernel.run(
    'import time; time.sleep(3)\nfor i in range(1000):\n    print(str(i) + "x" * 1_000, flush=True)\n    time.sleep(0.003)',
  );
  await lab.sshd.stopListening();
  await lab.sshd.killSessions();
  await wait(12_000);
  await lab.sshd.restart();
  await heal();
  const lines = (await printed).split('\n').filter((line) => line !== '');
  expect(lines.map((line) => Number.parseInt(line, 10))).toEqual(Array.from({ length: 1000 }, (_, at) => at));
}, 120_000);

test('a progress bar of an hour takes little room, and its last state is there', async () => {
  await openOn('jupyterlab4', {
    limits: { streamBytes: 200_000, executionBytes: 200_000, allBytes: 400_000 },
  });
  const kernel = await LabKernel.start(browser, authority);
  const printed = kernel.run(
    'import time; time.sleep(3)\nfor i in range(2000):\n    print("\\r" + str(i) + "%" * 500, end="", flush=True)\n    time.sleep(0.003)\nprint("\\nend")',
  );
  await lab.sshd.stopListening();
  await lab.sshd.killSessions();
  await wait(14_000);
  await lab.sshd.restart();
  await heal();
  expect(await printed).toContain(`1999${'%'.repeat(500)}\nend\n`);
}, 120_000);

test('when the keeper ends, the page is told, and its next socket goes to the server itself', async () => {
  await openOn('jupyterlab4');
  expect(onlyServer(lab).keeping).toEqual({ kind: 'kept', isRestored: true });
  const kernel = await LabKernel.start(browser, authority);
  await kernel.run('kept = 41');
  process.kill(await keeperPid(), 'SIGKILL');
  await kernel.disconnected();
  await kernel.reconnect();
  expect(await kernel.run('print(kept + 1)')).toBe('42\n');
});

test('when the server is stopped, the page sees its kernel’s socket end, and the keeper ends too', async () => {
  await openOn('jupyterlab4');
  const kernel = await LabKernel.start(browser, authority);
  const pid = await keeperPid();
  await lab.notebooks.stop(lab.machineId, onlyServer(lab).id);
  const stoppedAt = performance.now();
  await kernel.disconnected();
  await keeperEnds(pid);
  expect(performance.now() - stoppedAt).toBeLessThan(20_000);
}, 120_000);

test('when the server is killed, the keeper ends soon', async () => {
  await openOn('jupyterlab4');
  const pid = await keeperPid();
  const [server] = lab.notebooks.serversOf(lab.machineId);
  process.kill(server?.running.pid ?? 0, 'SIGKILL');
  const killedAt = performance.now();
  await keeperEnds(pid);
  expect(performance.now() - killedAt).toBeLessThan(20_000);
}, 120_000);

test('the keeper holds nothing open of whoever started it', async () => {
  const held = await makeTempFolder('held');
  const inherit = `exec 42>>${held.path}/pipe 7>>${held.path}/log; eval "$SSH_ORIGINAL_COMMAND"`;
  await writeFile(join(held.path, 'inherit'), inherit);
  try {
    await openOn('jupyterlab4', { config: [`ForceCommand bash ${held.path}/inherit`] });
    const shown = await openOfKeeper();
    expect(shown.filter((name) => name.startsWith(held.path))).toEqual([]);
    // Its input and log, the event loop's own, and the socket it listens on.
    expect(shown.length).toBeGreaterThan(4);
  } finally {
    await held.remove();
  }
});

test('a notebook that is opened once more has the same keeper; a page that leaves ends its stream', async () => {
  await openOn('jupyterlab4');
  const pid = await keeperPid();
  const kernel = await LabKernel.start(browser, authority);
  await kernel.run('print(1)');
  kernel.leave();
  await lab.notebooks.openOrStart(lab.machineId);
  expect(await keeperFolders(lab.home)).toHaveLength(1);
  expect(await keeperPid()).toBe(pid);
  const connections = async (): Promise<number> => {
    const answer = await browser.fetch(`http://${authority}/api/kernels/${kernel.id}`);
    return (JSON.parse(answer.body) as { connections: number }).connections;
  };
  await vi.waitUntil(async () => (await connections()) === 0, { timeout: 20_000, interval: 100 });
});

test('only who has the server’s token is told what was kept', async () => {
  await openOn('jupyterlab4');
  const kernel = await LabKernel.start(browser, authority);
  const path = `/nuvem-kept/kernels/${kernel.id}`;
  await kernel.run('print("secret")');
  const [folder = ''] = await keeperFolders(lab.home);
  const statusFor = (headers: Record<string, string>): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      request({ socketPath: join(folder, 's'), path, headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .once('error', reject)
        .end();
    });
  expect(await statusFor({})).toBe(403);
  expect(await statusFor({ Authorization: 'token 0123' })).toBe(403);
  const own = await browser.fetch(`http://${authority}${path}`);
  expect(JSON.parse(own.body)).toEqual([
    expect.objectContaining({ code: 'print("secret")', isRunning: false }),
  ]);
  const foreign = await browser.fetch(`http://${authority}${path}`, {
    headers: { Origin: 'http://evil.example' },
  });
  expect(foreign.status).toBe(403);
});
