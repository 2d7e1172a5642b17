import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { EnvironmentService } from '../../../electron/environments/environment-service';
import type { EnvironmentsSnapshot } from '../../../shared/model/environment';
import { type LabMachine, type LabMachineOptions, startLabMachine } from '../../support/lab/jupyter';
import { makeVenv } from '../../support/lab/python-home';
import { runCommand } from '../../support/lab/run-command';

// Packages are really installed, on a machine that may have other things to do.
vi.setConfig({ testTimeout: 300_000 });

let lab: LabMachine;
let service: EnvironmentService;
let snapshots: EnvironmentsSnapshot[];

afterEach(() => lab.stop());

async function start(options: LabMachineOptions = {}): Promise<void> {
  lab = await startLabMachine(options);
  snapshots = [];
  service = new EnvironmentService({
    connections: lab.connection.pool,
    machineOf: () => lab.connection.machine,
    random: randomBytes,
    onChanged: (snapshot) => snapshots.push(snapshot),
  });
}

test('looking connects, tells that it looks, and shows what is there; later it shows what is there then', async () => {
  await start();
  const { machineId } = lab;
  await Promise.all([service.find(machineId), service.find(machineId)]);
  expect(snapshots.map(({ search }) => search.kind)).toEqual(['looking', 'idle']);
  const names = () => service.snapshots()[0]?.found?.environments.map(({ name }) => name);
  expect(names()).not.toContain('new');
  await makeVenv(lab.home, '.venvs/new');
  await service.find(machineId);
  expect(names()).toContain('new');
});

test('a machine that takes no commands says why', async () => {
  await start({ config: ['ForceCommand echo Welcome to the router'] });
  await service.find(lab.machineId);
  expect(snapshots.at(-1)).toMatchObject({
    search: { kind: 'failed', error: { code: 'remote-shell-unsupported' } },
    found: null,
  });
});

test('a kernel whose Python is gone is told apart, and removed on wish; others stay', async () => {
  await start();
  const { machineId, home } = lab;
  const path = await makeVenv(home, '.venvs/etl', ['ipykernel']);
  const env = { ...process.env, HOME: home, XDG_DATA_HOME: join(home, '.local/share') };
  const install = ['-m', 'ipykernel', 'install', '--user', '--name'];
  for (const name of ['etl', 'gone']) await runCommand(join(path, 'bin/python'), [...install, name], { env });
  const kernels = join(home, '.local/share/jupyter/kernels');
  const file = join(kernels, 'gone/kernel.json');
  await writeFile(file, (await readFile(file, 'utf8')).replaceAll(path, join(home, 'removed')));
  await mkdir(join(kernels, 'torn'));
  await writeFile(join(kernels, 'torn/kernel.json'), '{"argv": [');

  const brokenByName = () =>
    Object.fromEntries(
      (service.foundOn(machineId)?.kernels ?? [])
        .filter(({ isRemovable }) => isRemovable)
        .map(({ name, isBroken }) => [name, isBroken]),
    );
  await service.find(machineId);
  expect(brokenByName()).toEqual({ etl: false, gone: true, torn: true });
  await service.removeKernel(machineId, join(kernels, 'gone'));
  expect(brokenByName()).toEqual({ etl: false, torn: true });
  await expect(service.removeKernel(machineId, home)).rejects.toMatchObject({
    code: 'environment-not-found',
  });
  expect((await readdir(kernels)).sort()).toEqual(['etl', 'torn']);
});
