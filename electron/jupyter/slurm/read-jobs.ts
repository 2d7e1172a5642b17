import { type JobEnd, JobId, type JobState, jobEnds, type SlurmPartition } from '../../../shared/model/slurm';
import type { RemoteFact } from '../remote-script';
import { factOf } from '../remote-script';
import { type RunningJupyter, readRuntimeFile } from '../runtime-file';

/** A job of ours as its folder and Slurm tell of it. */
export interface SurveyedJob {
  readonly id: JobId;
  readonly number: string;
  readonly partition: string;
  readonly state: JobState;
  /** Of its folder on the machine. */
  readonly facts: readonly RemoteFact[];
  /** Holds its token; null: it does not serve. */
  readonly running: RunningJupyter | null;
}

/** What the survey of jobs reported; see `remote/jobs.sh`. */
export interface JobSurvey {
  readonly isAbsent: boolean;
  /** What Slurm said in place of an answer; null: it answered. */
  readonly silence: readonly string[] | null;
  readonly partitions: readonly SlurmPartition[];
  readonly jobs: readonly SurveyedJob[];
}

/** @param nowMs by this computer's clock, to which the machine's times are brought */
export function readJobSurvey(facts: readonly RemoteFact[], nowMs: number): JobSurvey {
  const machineSeconds = Number(factOf(facts, 'now') ?? 0);
  const aheadMs = machineSeconds === 0 ? 0 : machineSeconds * 1000 - nowMs;
  const silence = facts.filter(({ name }) => name === 'silent').map(({ value }) => value);
  return {
    isAbsent: factOf(facts, 'absent') !== undefined,
    silence: silence.length === 0 ? null : silence,
    partitions: readPartitions(facts.filter(({ name }) => name === 'partition').map(({ value }) => value)),
    jobs: grouped(facts).flatMap((job) => readJob(job, aheadMs) ?? []),
  };
}

/** `short*|up|1:00:00|1/0/0/1|gpu:a100:4`: one line for each kind of node; nodes are allocated/idle/other/total. */
export function readPartitions(lines: readonly string[]): readonly SlurmPartition[] {
  const byName = new Map<string, SlurmPartition>();
  for (const line of lines) {
    const [name = '', availability, timeLimit = '', counts = '', resources = ''] = line.split('|');
    const plain = name.replace(/\*$/, '');
    const [, idle = 0, , total = 0] = counts.split('/').map((count) => Number.parseInt(count, 10) || 0);
    const known = byName.get(plain);
    const own = resources.startsWith('(') ? '' : resources.replace(/\(.*?\)/g, '');
    byName.set(plain, {
      name: plain,
      isDefault: name.endsWith('*'),
      isUp: availability === 'up',
      timeLimit,
      nodes: (known?.nodes ?? 0) + total,
      idleNodes: (known?.idleNodes ?? 0) + idle,
      resources: [...new Set([known?.resources, own].filter(Boolean))].join(', '),
    });
  }
  return [...byName.values()].filter(({ name }) => name !== '');
}

function grouped(facts: readonly RemoteFact[]): readonly (readonly RemoteFact[])[] {
  const all: RemoteFact[][] = [];
  for (const fact of facts) {
    if (fact.name === 'job') all.push([fact]);
    else all.at(-1)?.push(fact);
  }
  return all;
}

function readJob(facts: readonly RemoteFact[], aheadMs: number): SurveyedJob | null {
  const id = JobId.safeParse(factOf(facts, 'job'));
  if (!id.success) return null;
  const [number = '', state = '', reason = '', start = '', end = '', node = '', partition = ''] = (
    factOf(facts, 'state') ?? ''
  ).split('|');
  const runtime = readRuntimeFile(factOf(facts, 'runtime') ?? '');
  const host = factOf(facts, 'address-of');
  const running =
    runtime === null || runtime.target.kind !== 'tcp' || host === undefined
      ? null
      : { ...runtime, pid: 0, target: { ...runtime.target, host } };
  const atMs = (seconds: string): number | null =>
    /^\d+$/.test(seconds) ? Number(seconds) * 1000 - aheadMs : null;
  const times = { startsAtMs: atMs(start), endsAtMs: atMs(end) };
  return {
    id: id.data,
    number: factOf(facts, 'job-of') ?? number,
    partition,
    state: stateOf(state, { reason, node, ...times, isServing: running !== null }),
    facts,
    running,
  };
}

function stateOf(
  state: string,
  told: {
    readonly reason: string;
    readonly node: string;
    readonly startsAtMs: number | null;
    readonly endsAtMs: number | null;
    readonly isServing: boolean;
  },
): JobState {
  const { reason, node, startsAtMs, endsAtMs, isServing } = told;
  const word = /^[A-Z_]+/.exec(state)?.[0] ?? '';
  if (word === 'RUNNING') return { kind: 'running', node, endsAtMs, isServing };
  if (word === 'COMPLETING') return { kind: 'ending' };
  const how: JobEnd | undefined = jobEnds.find((end) => end === word);
  return how === undefined ? { kind: 'pending', reason, startsAtMs } : { kind: 'ended', how };
}
