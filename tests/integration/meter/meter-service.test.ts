import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, statfs } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MeterService } from '../../../electron/meter/meter-service';
import { systemClock } from '../../../electron/system/clock';
import type { MeterSample, MeterState } from '../../../shared/model/meter';
import { startFaultProxy } from '../../support/lab/fault-proxy';
import { type LabMachine, startLabMachine } from '../../support/lab/jupyter';
import { makeLabConnection } from '../../support/lab/lab-connection';
import { installNvidiaSmi } from '../../support/lab/nvidia-smi';
import { processesAtHome } from '../../support/lab/owned-processes';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';

let programs: TempFolder;
let lab: LabMachine;
let states: MeterState[];
let meters: MeterService;

const patience = { timeout: 40_000, interval: 20 };

beforeEach(async () => {
  programs = await makeTempFolder('programs');
  lab = await startLabMachine({
    environment: { PATH: `${programs.path}:/usr/local/bin:/usr/bin:/bin` },
  });
  meters = metersOver((machineId) => lab.connection.pool.link(machineId));
});

afterEach(async () => {
  meters.look([]);
  await lab.stop();
  await programs.remove();
});

function metersOver(linkOf: ConstructorParameters<typeof MeterService>[0]['linkOf']): MeterService {
  states = [];
  return new MeterService({
    linkOf,
    clock: systemClock,
    random: randomBytes,
    folderOf: () => '~/work',
    onChanged: ({ state }) => states.push(state),
  });
}

const samples = (): readonly MeterSample[] =>
  states.flatMap((state) => (state.kind === 'measuring' ? [state.sample] : []));

/** The next sample that is so. */
const sampleWhere = (isSo: (sample: MeterSample) => boolean): Promise<MeterSample> => {
  const seen = samples().length;
  return vi.waitUntil(() => samples().slice(seen).find(isSo), patience);
};

/** Nothing of ours runs on the machine any more. */
const untilNothingRuns = () =>
  vi.waitUntil(async () => (await processesAtHome(lab.home)).length === 0, patience);

test('shows what this very machine is doing', async () => {
  await mkdir(join(lab.home, 'work'));
  await installNvidiaSmi(programs.path, ['0, NVIDIA A100-SXM4-40GB, 37, 10240, 40960, 51']);
  await lab.connection.connect();
  meters.look([lab.machineId]);
  const sample = await sampleWhere(({ cpu }) => typeof cpu?.busyShare === 'number');
  const first = samples()[0];

  expect(first?.cpu?.busyShare).toBeNull();
  expect(sample.cpu?.coreCount).toBeLessThanOrEqual(cpus().length);
  expect(sample.memory?.totalBytes).toBeLessThanOrEqual(totalmem());
  expect(sample.memory?.usedBytes).toBeGreaterThan(10_000_000);
  expect(sample.load).toHaveLength(3);
  // Home and working folder are on the same disk.
  const { blocks, bsize } = await statfs(lab.home);
  expect(sample.disks).toHaveLength(1);
  const [disk] = sample.disks;
  expect((disk?.usedBytes ?? 0) + (disk?.availableBytes ?? 0)).toBeLessThanOrEqual(blocks * bsize);
  expect(disk?.availableBytes).toBeGreaterThan(0);
  expect(sample.gpus).toEqual([
    {
      index: 0,
      name: 'NVIDIA A100-SXM4-40GB',
      busyShare: 0.37,
      memory: { usedBytes: 10_240 * 1024 * 1024, totalBytes: 40_960 * 1024 * 1024 },
      temperatureCelsius: 51,
    },
  ]);
});

test('tells the memory of a kernel by its process, whoever started it, until it ends', async () => {
  const id = randomUUID();
  const file = join(lab.home, 'runtime', `kernel-${id}.json`);
  const kernel = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)', file]);
  const memoryIn = ({ kernels }: MeterSample) => kernels.find(({ kernelId }) => kernelId === id)?.memoryBytes;
  try {
    await lab.connection.connect();
    meters.look([lab.machineId]);
    const sample = await sampleWhere((each) => memoryIn(each) !== undefined);
    expect(memoryIn(sample)).toBeGreaterThan(5e6);
    kernel.kill();
    await sampleWhere((each) => memoryIn(each) === undefined);
  } finally {
    kernel.kill();
  }
}, 90_000);

test('measures only while somebody wants it, and leaves nothing behind then', async () => {
  await lab.connection.connect();
  expect(states).toEqual([]);
  meters.look([lab.machineId]);
  const stopWatching = meters.want(lab.machineId, 60_000, () => undefined);
  await sampleWhere(() => true);
  expect(await processesAtHome(lab.home)).not.toEqual([]);

  meters.look([]);
  expect(await processesAtHome(lab.home)).not.toEqual([]);
  stopWatching();
  expect(meters.snapshots().map(({ state }) => state.kind)).toEqual(['off']);
  await untilNothingRuns();
  expect(lab.connection.state().kind).toBe('ready');
}, 120_000);

test('never connects by itself, begins with the connection and ends with it', async () => {
  meters.look([lab.machineId]);
  expect(states).toEqual([]);
  expect(lab.connection.seen).toEqual([]);
  await lab.connection.connect();
  await sampleWhere(() => true);
  lab.connection.pool.disconnect(lab.machineId);
  await vi.waitUntil(() => states.at(-1)?.kind === 'off', patience);
  await untilNothingRuns();
});

test('after a connection that was cut nothing is left on the machine, and it measures again', async () => {
  const proxy = await startFaultProxy({ host: lab.sshd.host, port: lab.sshd.port });
  const connection = await makeLabConnection({
    route: { host: proxy.host, port: proxy.port, user: lab.sshd.user },
    identity: { kind: 'keyFile', path: lab.sshd.clientKeyPath },
  });
  try {
    meters = metersOver((machineId) => connection.pool.link(machineId));
    const connecting = connection.connect();
    const prompt = await connection.nextHostKeyPrompt();
    connection.pool.answer({ kind: 'hostKey', promptId: prompt.promptId, isAccepted: true });
    await connecting;
    meters.look([connection.machineId]);
    await sampleWhere(() => true);
    const [before] = await processesAtHome(lab.home);
    proxy.cutAll();
    await vi.waitUntil(() => states.at(-1)?.kind === 'off', patience);
    await vi.waitUntil(async () => !(await processesAtHome(lab.home)).includes(before ?? 0), patience);
    connection.pool.retryNow(connection.machineId);
    await sampleWhere(() => true);
  } finally {
    meters.look([]);
    await connection.close();
    await proxy.stop();
  }
});

test('a GPU driver that hangs does not hide the rest', async () => {
  await installNvidiaSmi(programs.path, 'hangs');
  await lab.connection.connect();
  meters.look([lab.machineId]);
  const sample = await sampleWhere(() => true);
  expect(sample).toMatchObject({ gpus: [], memory: expect.anything(), disks: [expect.anything()] });
  meters.look([]);
  await untilNothingRuns();
});
