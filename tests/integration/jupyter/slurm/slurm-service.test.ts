import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { SlurmService } from '../../../../electron/jupyter/slurm/slurm-service';
import { systemClock } from '../../../../electron/system/clock';
import { ServerId } from '../../../../shared/model/notebook';
import {
  defaultSlurmRequest,
  type JobId,
  type JobState,
  type SlurmJob,
  type SlurmRequest,
  type SlurmSnapshot,
  serverIdOfJob,
} from '../../../../shared/model/slurm';
import { freePort } from '../../../support/lab/free-port';
import { GatewayBrowser, LabKernel } from '../../../support/lab/gateway-browser';
import { type LabApp, type LabMachine, startLabMachine } from '../../../support/lab/jupyter';
import { runCommand } from '../../../support/lab/run-command';
import { type SlurmCluster, startSlurmCluster, whyNoSlurm } from '../../../support/lab/slurm-cluster';
import { makeTempFolder } from '../../../support/lab/temp-folder';
import { labPeer } from '../../../support/setup/peers';

const reason = await whyNoSlurm();
if (reason !== null) test.skip(`Slurm can't be tried: ${reason}`, () => undefined);

/** Fits one node once. */
const request: SlurmRequest = { ...defaultSlurmRequest, minutes: 30, partition: 'short', memory: '1500M' };
const soonMs = 60_000;

interface Told {
  readonly serving: string[];
  readonly endsSoon: string[];
}

let cluster: SlurmCluster;
let lab: LabMachine;
let services: SlurmService[];

function serviceOf(app: LabApp, told: Told = { serving: [], endsSoon: [] }): SlurmService {
  const made = new SlurmService({
    connections: app.connection.pool,
    machineOf: () => ({
      ...app.connection.machine,
      notebook: { kind: 'environment', path: labPeer('jupyterlab4').folder },
    }),
    clock: systemClock,
    random: randomBytes,
    onServing: (_machine, { number }) => void told.serving.push(number),
    onEndsSoon: (_machine, { number }) => void told.endsSoon.push(number),
    onLookFailed: () => undefined,
    onChanged: () => undefined,
  });
  services.push(made);
  return made;
}

const snapshotOf = (slurm: SlurmService): SlurmSnapshot => {
  const [snapshot] = slurm.snapshots();
  if (snapshot === undefined) throw new Error('nobody has looked');
  return snapshot;
};
const jobOf = (slurm: SlurmService, id: JobId): SlurmJob | undefined =>
  snapshotOf(slurm).jobs.find((job) => job.id === id);

async function reached(
  slurm: SlurmService,
  id: JobId,
  isIt: (state: JobState) => boolean,
  timeoutMs = soonMs,
): Promise<JobState> {
  await vi.waitUntil(
    () => {
      const state = jobOf(slurm, id)?.state;
      return state !== undefined && isIt(state);
    },
    { timeout: timeoutMs, interval: 100 },
  );
  return jobOf(slurm, id)?.state as JobState;
}
const isServing = (state: JobState): boolean => state.kind === 'running' && state.isServing;
const hasEnded = (state: JobState): boolean => state.kind === 'ended';

async function submit(slurm: SlurmService, change: Partial<SlurmRequest> = {}): Promise<JobId> {
  const asked = { ...request, ...change };
  const { id } = slurm.plan(asked);
  await slurm.submit(lab.machineId, id, asked);
  return id;
}

describe.skipIf(reason !== null)('a machine that hands jobs to Slurm', () => {
  beforeAll(async () => {
    cluster = await startSlurmCluster();
  }, 120_000);

  afterAll(() => cluster.stop());

  const start = async (environment: Readonly<Record<string, string>> = {}): Promise<void> => {
    services = [];
    lab = await startLabMachine({ environment: { ...cluster.environment, ...environment } });
  };

  afterEach(async () => {
    for (const service of services) service.stopAll();
    await cluster.run('scancel', ['--user', 'root']);
    await lab.stop();
  });

  test('runs a notebook as a job: it is reached, found by the next start of Nuvem, and cancelled', async () => {
    await start();
    const told: Told = { serving: [], endsSoon: [] };
    const slurm = serviceOf(lab, told);
    await slurm.look(lab.machineId);
    expect(snapshotOf(slurm).cluster).toMatchObject({
      kind: 'there',
      partitions: [
        { name: 'short', isDefault: true, isUp: true, timeLimit: '1:00:00', nodes: 1 },
        { name: 'long', isDefault: false, timeLimit: 'infinite', nodes: 2 },
      ],
    });
    const id = await submit(slurm);
    const state = await reached(slurm, id, isServing);
    expect(state).toMatchObject({ kind: 'running', node: 'lab1' });
    if (state.kind !== 'running' || state.endsAtMs === null) throw new Error('it has no end');
    expect(state.endsAtMs - Date.now()).toBeGreaterThan(20 * 60_000);
    expect(state.endsAtMs - Date.now()).toBeLessThan(31 * 60_000);

    const serverId = ServerId.parse(serverIdOfJob(id));
    await lab.notebooks.open(lab.machineId, serverId);
    expect(lab.snapshot()).toMatchObject({
      activity: { kind: 'idle' },
      servers: [
        { id: serverId, detachedBy: 'slurm', job: { node: 'lab1' }, canOpen: true, folder: lab.home },
      ],
    });
    expect(told.serving).toEqual([jobOf(slurm, id)?.number]);
    const folder = join(lab.home, '.local/share/nuvem/slurm', id);
    const token = await readFile(join(folder, 'token'), 'utf8');
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    expect((await stat(join(folder, 'token'))).mode & 0o777).toBe(0o600);
    expect(await runCommand('ps', ['-A', '-ww', '-o', 'args='])).not.toContain(token);
    expect(await readFile(join(folder, 'job.sh'), 'utf8')).toBe(slurm.plan(request).script);

    const next = await lab.startAnotherApp();
    const adopted = serviceOf(next);
    await adopted.look(lab.machineId);
    expect(adopted.snapshots()).toMatchObject([
      { jobs: [{ id, state: { kind: 'running', isServing: true } }] },
    ]);
    await next.notebooks.open(lab.machineId, serverId);
    const gateway = next.gateways.get(lab.machineId);
    if (gateway === undefined) throw new Error('no gateway was opened');
    const browser = new GatewayBrowser(gateway);
    const kernel = await LabKernel.start(browser, new URL(next.tabs[0]?.url ?? '').host);
    expect(await kernel.run('import os; print(os.environ["SLURM_JOB_NAME"])')).toBe('nuvem-notebook\n');
    expect(await kernel.run('import os; print(dict(os.environ))')).not.toContain(token);
    browser.close();

    await adopted.cancel(lab.machineId, id);
    expect(await reached(adopted, id, hasEnded)).toEqual({ kind: 'ended', how: 'CANCELLED' });
    expect((await adopted.log(lab.machineId, id)).join('\n')).toContain('CANCELLED');
    expect(JSON.stringify([await adopted.log(lab.machineId, id), lab.snapshots, lab.log()])).not.toContain(
      token,
    );
    await next.notebooks.find(lab.machineId);
    expect(next.snapshot().servers).toEqual([]);
    await adopted.forgetJob(lab.machineId, id);
    expect(adopted.snapshots()).toMatchObject([{ jobs: [] }]);
    expect(await readdir(join(lab.home, '.local/share/nuvem/slurm'))).not.toContain(id);
  }, 240_000);

  test('stops the notebook of a job by cancelling the job', async () => {
    await start();
    const slurm = serviceOf(lab);
    const id = await submit(slurm);
    await reached(slurm, id, isServing);
    await lab.notebooks.open(lab.machineId, ServerId.parse(serverIdOfJob(id)));
    await lab.notebooks.stop(lab.machineId, ServerId.parse(serverIdOfJob(id)));
    expect(lab.snapshot()).toMatchObject({ activity: { kind: 'idle' }, servers: [] });
    await slurm.look(lab.machineId);
    expect(await reached(slurm, id, hasEnded)).toEqual({ kind: 'ended', how: 'CANCELLED' });
  }, 180_000);

  test('lets a job wait that finds no room, says why, and calls it off', async () => {
    await start();
    const slurm = serviceOf(lab);
    const first = await submit(slurm);
    await reached(slurm, first, ({ kind }) => kind === 'running');
    const second = await submit(slurm);
    expect(
      await reached(slurm, second, (state) => state.kind === 'pending' && state.reason === 'Resources'),
    ).toMatchObject({
      kind: 'pending',
    });
    await expect(
      lab.notebooks.open(lab.machineId, ServerId.parse(serverIdOfJob(second))),
    ).resolves.toBeUndefined();
    expect(lab.snapshot().activity).toMatchObject({
      kind: 'failed',
      error: { code: 'slurm-node-unreachable' },
    });
    await slurm.cancel(lab.machineId, second);
    expect(await reached(slurm, second, hasEnded)).toEqual({ kind: 'ended', how: 'CANCELLED' });
  }, 180_000);

  test('says which partition there is none of, and what Slurm refuses', async () => {
    await start();
    const slurm = serviceOf(lab);
    await expect(submit(slurm, { partition: 'nope' })).rejects.toMatchObject({
      code: 'slurm-partition-unknown',
      params: { partition: 'nope' },
    });
    await expect(submit(slurm, { memory: '900G' })).rejects.toMatchObject({
      code: 'slurm-refused',
      details: [expect.stringContaining('Memory specification'), expect.stringContaining('not available')],
    });
    await slurm.look(lab.machineId);
    expect(snapshotOf(slurm).jobs).toEqual([]);
    expect(await readdir(join(lab.home, '.local/share/nuvem/slurm'))).toEqual(['.lock']);
  }, 120_000);

  test('has a notebook in an allocation of the user’s own, which is opened by address and ends with it', async () => {
    await start();
    await cluster.run('salloc', ['--no-shell', '--partition=short', '--mem=1500M', '--time=30']);
    const number = (await cluster.run('squeue', ['-h', '-o', '%i'])).trim();
    const token = randomBytes(32).toString('hex');
    await writeFile(join(lab.home, 'token'), token, { mode: 0o600 });
    const port = await freePort();
    // As the recipe in docs/slurm.md has it, with an end of its own on this one computer.
    const jupyter = `cd; export JUPYTER_TOKEN_FILE=$HOME/token JUPYTER_RUNTIME_DIR=$HOME/node
exec "$0" lab --no-browser --allow-root --ip=127.0.0.1 --port=${port} --port-retries=0`;
    const ended = runCommand(
      'srun',
      [
        `--jobid=${number}`,
        '--overlap',
        '--ntasks=1',
        'sh',
        '-c',
        jupyter,
        join(labPeer('jupyterlab4').binFolder, 'jupyter'),
      ],
      { env: { ...process.env, ...cluster.environment, HOME: lab.home } },
    ).catch(String);
    const address = { host: '127.0.0.1', port, isTls: false, baseUrl: '/' };
    const id = await vi.waitUntil(
      () => lab.notebooks.addAddress(lab.machineId, address, token).catch(() => null),
      { timeout: soonMs, interval: 500 },
    );
    await lab.notebooks.open(lab.machineId, id);
    expect(lab.snapshot()).toMatchObject({
      activity: { kind: 'idle' },
      servers: [{ id, canOpen: true, origin: 'found' }],
    });
    await cluster.run('scancel', [number]);
    await ended;
    await lab.notebooks.find(lab.machineId);
    expect(lab.snapshot().servers).toEqual([]);
  }, 120_000);

  test('ends a job whose time is over, after a warning', async () => {
    await start();
    const told: Told = { serving: [], endsSoon: [] };
    const slurm = serviceOf(lab, told);
    const id = await submit(slurm, { minutes: 1, partition: 'long' });
    await reached(slurm, id, ({ kind }) => kind === 'running');
    await vi.waitUntil(() => told.endsSoon.length > 0, { timeout: soonMs });
    expect(told.endsSoon).toEqual([jobOf(slurm, id)?.number]);
    expect(await reached(slurm, id, hasEnded, 240_000)).toEqual({ kind: 'ended', how: 'TIMEOUT' });
    expect((await slurm.log(lab.machineId, id)).join('\n')).toContain('DUE TO TIME LIMIT');
  }, 360_000);

  test('without sbatch it is said that there is no Slurm', async () => {
    const programs = await makeTempFolder('programs');
    const bin = join(programs.path, 'bin');
    await mkdir(bin);
    for (const name of await readdir('/usr/bin'))
      if (!/^s(batch|info|queue|cancel|control|alloc|run)$/.test(name))
        await symlink(join('/usr/bin', name), join(bin, name));
    await start({ PATH: bin });
    await writeFile(join(lab.home, '.profile'), `PATH=${bin}\n`);
    const slurm = serviceOf(lab);
    await slurm.look(lab.machineId);
    expect(snapshotOf(slurm)).toMatchObject({ cluster: { kind: 'absent' }, jobs: [] });
    await expect(submit(slurm)).rejects.toMatchObject({ code: 'slurm-missing' });
    await programs.remove();
  }, 60_000);
});
