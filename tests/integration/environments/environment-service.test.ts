import { randomBytes } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { EnvironmentService } from '../../../electron/environments/environment-service';
import type { EnvironmentsSnapshot } from '../../../shared/model/environment';
import { type LabMachine, type LabMachineOptions, startLabMachine } from '../../support/lab/jupyter';
import { makeVenv } from '../../support/lab/python-home';

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
