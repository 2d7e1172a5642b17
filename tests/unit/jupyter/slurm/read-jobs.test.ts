import { describe, expect, it } from 'vitest';
import { readJobSurvey, readPartitions } from '../../../../electron/jupyter/slurm/read-jobs';

const nowMs = 1_000_000_000;
/** The machine's clock is a minute ahead. */
const now = { name: 'now', value: String(nowMs / 1000 + 60) };
const runtime = JSON.stringify({
  pid: 7,
  port: 12_345,
  hostname: '0.0.0.0',
  token: 't',
  base_url: '/',
  root_dir: '/w',
});

const survey = (state: string, more: readonly (readonly [string, string])[] = []) =>
  readJobSurvey(
    [
      now,
      { name: 'job', value: '0123456789ab' },
      { name: 'state', value: state },
      { name: 'job-of', value: '17' },
      ...more.map(([name, value]) => ({ name, value })),
    ],
    nowMs,
  ).jobs[0];

describe('a job as squeue tells of it', () => {
  it('waits, with its reason and the start that is expected, by this computer’s clock', () => {
    expect(survey(`17|PENDING|Resources|${nowMs / 1000 + 360}|N/A||short`)?.state).toEqual({
      kind: 'pending',
      reason: 'Resources',
      startsAtMs: nowMs + 300_000,
    });
    expect(survey('17|PENDING|(Priority)|N/A|N/A||short')?.state).toMatchObject({ startsAtMs: null });
  });

  it('runs, and serves once Jupyter has told where it listens', () => {
    const line = `17|RUNNING|None|${nowMs / 1000}|${nowMs / 1000 + 660}|node7|gpu`;
    expect(survey(line)?.state).toEqual({
      kind: 'running',
      node: 'node7',
      endsAtMs: nowMs + 600_000,
      isServing: false,
    });
    const serving = survey(line, [
      ['address-of', '10.0.0.7'],
      ['runtime', runtime],
    ]);
    expect(serving?.state).toMatchObject({ isServing: true });
    expect(serving?.running).toMatchObject({
      pid: 0,
      token: 't',
      target: { kind: 'tcp', host: '10.0.0.7', port: 12_345 },
    });
  });

  it.each([
    ['17|TIMEOUT|TimeLimit|1|2|node7|gpu', 'TIMEOUT'],
    ['17|OUT_OF_MEMORY|OutOfMemory|1|2|node7|gpu', 'OUT_OF_MEMORY'],
    ['17|CANCELLED by 1000||||node7|', 'CANCELLED'],
    ['17|NODE_FAIL|NodeDown|1|2|node7|gpu', 'NODE_FAIL'],
    ['17|COMPLETED|None|1|2|node7|gpu', 'COMPLETED'],
    ['17|GONE|||||', 'GONE'],
  ])('%s has ended', (line, how) => {
    expect(survey(line)?.state).toEqual({ kind: 'ended', how });
  });

  it('ends while Slurm clears up, and waits while its node is made ready', () => {
    expect(survey('17|COMPLETING|None|1|2|node7|gpu')?.state).toEqual({ kind: 'ending' });
    expect(survey('17|CONFIGURING|None|N/A|N/A|node7|gpu')?.state).toMatchObject({ kind: 'pending' });
  });
});

it('a machine without Slurm, and a Slurm that does not answer, are told apart', () => {
  expect(readJobSurvey([{ name: 'absent', value: '' }], nowMs)).toMatchObject({ isAbsent: true });
  const silent = readJobSurvey(
    [now, { name: 'silent', value: 'slurm_load_jobs error: Unable to contact' }],
    nowMs,
  );
  expect(silent).toMatchObject({ isAbsent: false, silence: ['slurm_load_jobs error: Unable to contact'] });
});

it('partitions with several kinds of nodes are one', () => {
  expect(
    readPartitions([
      'gpu*|up|1-00:00:00|3/1/0/4|gpu:a100:4(S:0-1)',
      'gpu*|up|1-00:00:00|0/2/1/3|gpu:v100:2',
      'old|down|infinite|0/0/5/5|(null)',
    ]),
  ).toEqual([
    {
      name: 'gpu',
      isDefault: true,
      isUp: true,
      timeLimit: '1-00:00:00',
      nodes: 7,
      idleNodes: 3,
      resources: 'gpu:a100:4, gpu:v100:2',
    },
    {
      name: 'old',
      isDefault: false,
      isUp: false,
      timeLimit: 'infinite',
      nodes: 5,
      idleNodes: 0,
      resources: '',
    },
  ]);
});
