import { chmod, mkdir, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { findCommand } from '../../../../build/system/packages';
import { exists } from '../../../../build/user-cache';
import { IdleClient } from '../../../../electron/jupyter/idle/idle-client';
import type { ImageChoice } from '../../../../shared/model/notebook-image';
import {
  bareImage,
  type EngineName,
  jupyterImage,
  type LabEngine,
  startEngine,
  whyNoEngine,
} from '../../../support/lab/container-engine';
import { GatewayBrowser, LabKernel } from '../../../support/lab/gateway-browser';
import { type LabRegistry, startRegistry } from '../../../support/lab/image-registry';
import { instanceFolders, type LabMachine, onlyServer, startLabMachine } from '../../../support/lab/jupyter';

const engines: readonly EngineName[] = ['docker', 'podman'];
const reasons = new Map<EngineName, string>();
for (const name of engines) {
  const reason = await whyNoEngine(name);
  if (reason !== null) reasons.set(name, reason);
}

const choice = (changed: Partial<ImageChoice> = {}): ImageChoice => ({
  kind: 'image',
  engine: 'auto',
  image: jupyterImage,
  volumes: [],
  usesGpus: false,
  options: [],
  ...changed,
});

let lab: LabMachine;

function failure() {
  const { activity } = lab.snapshot();
  if (activity.kind !== 'failed') throw new Error(`it did not fail: ${JSON.stringify(activity)}`);
  return activity.error;
}

function browse(): GatewayBrowser {
  const gateway = lab.gateways.get(lab.machineId);
  if (gateway === undefined) throw new Error(`no gateway was opened: ${JSON.stringify(lab.snapshot())}`);
  return new GatewayBrowser(gateway);
}

describe.each(engines)('a notebook in a container of %s', (name) => {
  const reason = reasons.get(name);
  if (reason !== undefined) {
    test.skip(`can't be tried: ${reason}`, () => undefined);
    return;
  }
  let engine: LabEngine;

  beforeAll(async () => {
    engine = await startEngine(name);
  }, 120_000);
  afterAll(() => engine.stop());
  afterEach(() => lab.stop());

  const machineWith = async (changed: Partial<ImageChoice> = {}, workingFolder = ''): Promise<void> => {
    lab = await startLabMachine({
      notebook: choice({ engine: name, ...changed }),
      workingFolder,
      environment: {
        ...engine.environment,
        PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      },
    });
  };
  const containers = async (): Promise<readonly string[]> =>
    (await engine.run('ps', '--all', '--quiet', '--filter', 'label=nuvem.notebook'))
      .split('\n')
      .filter(Boolean);

  test('is opened, reads and writes the working folder as the user, outlives the app and is stopped', async () => {
    const folder = `it's "my", $HOME: x`;
    await machineWith({ volumes: ['~/data:/data:ro'] }, `~/${folder}`);
    await mkdir(join(lab.home, folder));
    await mkdir(join(lab.home, 'data'));
    await writeFile(join(lab.home, 'data', 'table.csv'), 'a,b\n');
    await lab.notebooks.openOrStart(lab.machineId);
    expect(lab.snapshot().activity).toEqual({ kind: 'idle' });
    const server = onlyServer(lab);
    expect(server).toMatchObject({
      detachedBy: name,
      image: jupyterImage,
      folder: join(lab.home, folder),
      interface: 'lab',
      canOpen: true,
      address: expect.stringMatching(/\/s$/),
    });
    const browser = browse();
    const kernel = await LabKernel.start(browser, 'localhost:8888');
    expect(await kernel.run("print(open('/data/table.csv').read()); open('made', 'w').close()")).toBe(
      'a,b\n\n',
    );
    expect((await stat(join(lab.home, folder, 'made'))).uid).toBe(process.getuid?.());
    expect(await kernel.run("open('/data/no', 'w')").catch(String)).toContain('Read-only');
    browser.close();
    const processes = await engine.run('inspect', ...(await containers()));
    expect(processes).not.toMatch(/"[0-9a-f]{64}"[^:]*token/i);

    const later = await lab.startAnotherApp();
    await later.notebooks.find(lab.machineId);
    expect(onlyServer(later)).toMatchObject({ ...server, keeping: { kind: 'unknown' } });
    await later.notebooks.stop(lab.machineId, server.id);
    expect(later.snapshot()).toMatchObject({ activity: { kind: 'idle' }, servers: [] });
    expect(await containers()).toEqual([]);
    expect(await instanceFolders(lab.home)).toEqual([]);
  });

  test('shows what its cell printed while the connection was away, and ends once nobody uses it', async () => {
    await machineWith();
    await lab.notebooks.openOrStart(lab.machineId);
    const browser = browse();
    const kernel = await LabKernel.start(browser, 'localhost:8888');
    const printed = kernel.run(`import os, time
open('begun', 'w').close()
while not os.path.exists('go'): time.sleep(0.1)
for i in range(5): print(i, flush=True)
open('done', 'w').close()`);
    const appears = (name: string) => vi.waitUntil(() => exists(join(lab.home, name)), { timeout: 60_000 });
    await appears('begun');
    await lab.sshd.stopListening();
    await lab.sshd.killSessions();
    await lab.connection.reached('waitingToRetry');
    await writeFile(join(lab.home, 'go'), '');
    await appears('done');
    await lab.sshd.restart();
    const retrying = setInterval(() => lab.connection.pool.retryNow(lab.machineId), 500);
    await lab.connection.reached('ready').finally(() => clearInterval(retrying));
    expect(await printed).toBe('0\n1\n2\n3\n4\n');
    expect(onlyServer(lab).keeping).toEqual({ kind: 'kept', isRestored: true });
    browser.close();

    const [kept] = lab.notebooks.idleServersOf(lab.machineId);
    if (!kept?.keeper) throw new Error(`no keeper: ${JSON.stringify(lab.snapshot())}`);
    const transport = await lab.connection.pool.link(lab.machineId).whenReady();
    const client = new IdleClient(transport, kept.running, kept.keeper);
    await client.set({ kind: 'stop', afterHours: 6 / 3600 });
    await vi.waitUntil(() => lab.idleEnds.length > 0, { timeout: 90_000 });
    expect(lab.idleEnds).toMatchObject([{ folder: lab.home, afterMs: 6_000 }]);
    await vi.waitUntil(() => lab.snapshot().servers?.length === 0, { timeout: 30_000 });
    expect(await engine.run('ps', '--quiet')).toBe('');
    // What has ended is kept for who may just be starting it, but not for ever.
    const [folder = ''] = await instanceFolders(lab.home);
    await utimes(folder, 0, 0);
    await lab.notebooks.find(lab.machineId);
    expect(await containers()).toEqual([]);
    expect(await instanceFolders(lab.home)).toEqual([]);
  }, 180_000);

  test('without Jupyter fails and says so, and nothing is left behind', async () => {
    await machineWith({ image: bareImage });
    await lab.notebooks.openOrStart(lab.machineId);
    expect(failure()).toMatchObject({ code: 'image-without-jupyter', params: { image: bareImage } });
    expect(await containers()).toEqual([]);
    expect(await instanceFolders(lab.home)).toEqual([]);
  });

  test('that nobody has is told of, with what the registry or the engine said', async () => {
    await machineWith({ image: 'localhost:1/no/such:image' });
    await lab.notebooks.openOrStart(lab.machineId);
    expect(failure()).toMatchObject({
      code: 'image-not-fetched',
      details: expect.arrayContaining([expect.stringContaining('localhost:1')]),
    });
    expect(await instanceFolders(lab.home)).toEqual([]);
  });

  test('with GPUs, on a machine that has none for containers, says what is missing', async () => {
    await machineWith({ usesGpus: true });
    await lab.notebooks.openOrStart(lab.machineId);
    expect(failure()).toMatchObject({ code: 'container-gpu-missing' });
    expect(failure().details).not.toEqual([]);
    expect(await containers()).toEqual([]);
  });

  test('with an option that it does not know says so in its own words', async () => {
    await machineWith({ options: ['--no-such-option=1'] });
    await lab.notebooks.openOrStart(lab.machineId);
    expect(failure()).toMatchObject({
      code: 'container-not-started',
      details: expect.arrayContaining([expect.stringContaining('no-such-option')]),
    });
  });

  test('that ended by itself is told of with its last lines', async () => {
    await machineWith({ options: ['--env=PATH=/nowhere', '--entrypoint=/bin/ls'] });
    await lab.notebooks.openOrStart(lab.machineId);
    expect(failure().details.join('\n')).toContain('/bin/ls');
    expect(await containers()).toEqual([]);
  });
});

const docker = reasons.get('docker');

describe.skipIf(docker !== undefined)(`an image of docker (${docker ?? 'it runs here'})`, () => {
  let engine: LabEngine;
  let registry: LabRegistry;

  beforeAll(async () => {
    engine = await startEngine('docker', []);
    registry = await startRegistry();
  }, 120_000);
  afterAll(async () => {
    await registry.stop();
    await engine.stop();
  });
  afterEach(() => lab.stop());

  const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

  test('shows how it comes in, and is called off', async () => {
    lab = await startLabMachine({
      notebook: choice({ image: registry.image }),
      environment: { ...engine.environment, PATH: path },
    });
    const opened = lab.notebooks.openOrStart(lab.machineId);
    await registry.whenAsked();
    await vi.waitUntil(() => lab.snapshot().activity.kind === 'fetchingImage', { timeout: 20_000 });
    await vi.waitUntil(
      () => {
        const { activity } = lab.snapshot();
        return activity.kind === 'fetchingImage' && activity.layers === 1;
      },
      { timeout: 20_000 },
    );
    expect(lab.snapshot().activity).toMatchObject({ image: registry.image, layersArrived: 0 });
    lab.notebooks.cancelStart(lab.machineId);
    await opened;
    expect(lab.snapshot().activity).toEqual({ kind: 'idle' });
    expect(await instanceFolders(lab.home)).toEqual([]);
  });

  test('comes in although the connection is lost meanwhile', async () => {
    lab = await startLabMachine({
      notebook: choice({ image: registry.image }),
      environment: { ...engine.environment, PATH: path },
    });
    const opened = lab.notebooks.openOrStart(lab.machineId);
    await vi.waitUntil(() => lab.snapshot().activity.kind === 'fetchingImage', { timeout: 20_000 });
    await lab.sshd.killSessions();
    registry.letGo();
    await opened;
    expect(failure()).toMatchObject({ code: 'image-without-jupyter' });
    expect(await engine.run('images', '--quiet', registry.image)).not.toBe('');
  });

  test('is not asked for where the daemon does not run', async () => {
    lab = await startLabMachine({
      notebook: choice({ engine: 'docker' }),
      environment: { DOCKER_HOST: 'unix:///nowhere/docker.sock', PATH: path },
    });
    await lab.notebooks.openOrStart(lab.machineId);
    expect(failure()).toMatchObject({ code: 'container-engine-not-running', params: { engine: 'docker' } });
    expect(await instanceFolders(lab.home)).toEqual([]);
  });

  test('is not asked for where the user may not use the socket', async () => {
    const socket = engine.environment.DOCKER_HOST?.slice('unix://'.length) ?? '';
    await chmod(dirname(socket), 0o755);
    lab = await startLabMachine({
      notebook: choice({ engine: 'docker' }),
      environment: { ...engine.environment, PATH: path },
      passwordAccount: 'password',
    });
    await lab.notebooks.openOrStart(lab.machineId);
    expect(failure()).toMatchObject({ code: 'container-engine-forbidden', params: { socket } });
  });
});

test('a machine without docker and podman says so', async () => {
  lab = await startLabMachine({ notebook: choice() });
  await mkdir(join(lab.home, 'bin'));
  await symlink('/bin/sh', join(lab.home, 'bin', 'sh'));
  await writeFile(join(lab.home, '.profile'), 'PATH=$HOME/bin\n');
  try {
    await lab.notebooks.openOrStart(lab.machineId);
    const hasLocal = (await findCommand('docker'))?.startsWith('/usr/local/bin/') ?? false;
    expect(failure().code).toBe(hasLocal ? 'container-engine-not-running' : 'container-engine-missing');
  } finally {
    await lab.stop();
  }
});
