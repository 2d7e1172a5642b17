import { AppError } from '../../../shared/errors/app-error';
import type { Machine, MachineId } from '../../../shared/model/machine';
import {
  JobId,
  type SlurmJob,
  type SlurmPlan,
  type SlurmRequest,
  type SlurmSnapshot,
} from '../../../shared/model/slurm';
import type { Connections, Lease } from '../../connection/machine-link';
import type { Transport } from '../../connection/transport';
import { withTransport } from '../../connection/with-transport';
import type { Clock } from '../../system/clock';
import { factOf } from '../remote-script';
import { cancelJob, forgetJob, readJobLog, submitJob, surveyJobs } from './job-orders';
import { jobScript, sbatchCommand } from './job-script';
import type { JobSurvey, SurveyedJob } from './read-jobs';

const endsSoonMs = 10 * 60_000;

interface SlurmDependencies {
  readonly connections: Connections;
  /** @throws AppError `machine-not-found` */
  readonly machineOf: (machineId: MachineId) => Machine;
  readonly clock: Clock;
  readonly random: (sizeBytes: number) => Buffer;
  /** A job has begun to serve its notebook while Nuvem was looking. */
  readonly onServing: (machineId: MachineId, job: SlurmJob) => void;
  /** Told once for a job when its time is nearly over. */
  readonly onEndsSoon: (machineId: MachineId, job: SlurmJob, minutesLeft: number) => void;
  /** A look failed that nobody asked for, and so nobody else hears of; the next one comes in its time. */
  readonly onLookFailed: (error: unknown) => void;
  readonly onChanged: (snapshot: SlurmSnapshot) => void;
}

interface Known {
  snapshot: SlurmSnapshot;
  looking: Promise<void> | null;
  cancelTimer: () => void;
  forgetLink: () => void;
  /** Held while a job waits or runs, until the user disconnects. */
  lease: Lease | null;
}

/**
 * Notebooks as jobs of Slurm: hands them in, tells how they are, calls them off. While one waits or runs, it is asked
 * after again and again, as long as the machine is connected.
 */
export class SlurmService {
  readonly #known = new Map<MachineId, Known>();
  readonly #toldOf = new Set<string>();

  constructor(private readonly deps: SlurmDependencies) {}

  snapshots(): readonly SlurmSnapshot[] {
    return [...this.#known.values()].map(({ snapshot }) => snapshot);
  }

  /** Connects if needed; concurrent callers share one look. @throws AppError as connecting does */
  look(machineId: MachineId): Promise<void> {
    this.deps.machineOf(machineId);
    const known = this.#of(machineId);
    known.looking ??= this.#look(machineId, known).finally(() => {
      known.looking = null;
      this.#change(known, { isLooking: false });
    });
    this.#change(known, { isLooking: true });
    return known.looking;
  }

  /** What would be handed in. */
  plan(request: SlurmRequest): SlurmPlan {
    return {
      id: JobId.parse(this.deps.random(6).toString('hex')),
      script: jobScript(request),
      command: sbatchCommand,
    };
  }

  /** @throws AppError as `submitJob` and connecting do */
  async submit(machineId: MachineId, id: JobId, request: SlurmRequest): Promise<void> {
    const machine = this.deps.machineOf(machineId);
    await this.#over(machineId, (transport) => submitJob(transport, id, request, machine, this.deps.random));
    await this.#lookAnew(machineId);
  }

  /** @throws AppError `slurm-not-cancelled`, or why the connection failed */
  async cancel(machineId: MachineId, id: JobId): Promise<void> {
    await this.#over(machineId, (transport) => cancelJob(transport, id, this.deps.random));
    await this.#lookAnew(machineId);
  }

  /** Takes a job that has ended off the list, with its log. @throws AppError why the connection failed */
  async forgetJob(machineId: MachineId, id: JobId): Promise<void> {
    await this.#over(machineId, (transport) => forgetJob(transport, id, this.deps.random));
    await this.#lookAnew(machineId);
  }

  /** The last lines of a job's log. @throws AppError `notebook-gone`, or why the connection failed */
  log(machineId: MachineId, id: JobId): Promise<readonly string[]> {
    return this.#over(machineId, (transport) => readJobLog(transport, id, this.deps.random));
  }

  /** The machine was removed: its jobs go on. */
  forget(machineId: MachineId): void {
    const known = this.#known.get(machineId);
    this.#known.delete(machineId);
    known?.cancelTimer();
    known?.forgetLink();
    known?.lease?.release();
  }

  stopAll(): void {
    for (const machineId of [...this.#known.keys()]) this.forget(machineId);
  }

  async #over<Result>(
    machineId: MachineId,
    work: (transport: Transport) => Promise<Result>,
  ): Promise<Result> {
    this.deps.machineOf(machineId);
    const lease = this.deps.connections.acquire(machineId);
    try {
      return await withTransport(lease.link, work);
    } finally {
      lease.release();
    }
  }

  /** A look that began earlier does not know yet what has just been done. */
  async #lookAnew(machineId: MachineId): Promise<void> {
    // Should that one fail, whoever began it is told.
    await this.#of(machineId).looking?.catch(() => undefined);
    await this.look(machineId);
  }

  async #look(machineId: MachineId, known: Known): Promise<void> {
    known.cancelTimer();
    const lease = this.deps.connections.acquire(machineId);
    try {
      await withTransport(lease.link, (transport) => this.#survey(transport, known));
      this.#holdWhileNeeded(machineId, known);
    } finally {
      this.#lookAgainLater(machineId, known);
      lease.release();
    }
  }

  async #survey(transport: Transport, known: Known): Promise<void> {
    const { random, clock } = this.deps;
    const survey = await surveyJobs(transport, { withPartitions: true, nowMs: clock.nowMs }, random);
    const before = known.snapshot;
    const jobs = survey.silence === null && !survey.isAbsent ? survey.jobs.map(toJob) : before.jobs;
    this.#change(known, { cluster: clusterOf(survey), jobs });
    this.#tell(before, jobs);
  }

  /** Others of this machine's leases may end meanwhile. */
  #holdWhileNeeded(machineId: MachineId, known: Known): void {
    const isNeeded = this.#known.get(machineId) === known && known.snapshot.jobs.some(isAlive);
    if (isNeeded) known.lease ??= this.deps.connections.acquire(machineId);
    else {
      known.lease?.release();
      known.lease = null;
    }
  }

  #tell({ machineId, cluster, jobs: before }: SlurmSnapshot, jobs: readonly SlurmJob[]): void {
    for (const job of jobs) {
      const { state } = job;
      if (state.kind !== 'running') continue;
      const earlier = before.find(({ id }) => id === job.id)?.state;
      const wasServing = earlier?.kind === 'running' && earlier.isServing;
      if (state.isServing && !wasServing && cluster !== null) this.deps.onServing(machineId, job);
      const leftMs =
        state.endsAtMs === null ? Number.POSITIVE_INFINITY : state.endsAtMs - this.deps.clock.nowMs();
      if (leftMs <= 0 || leftMs > endsSoonMs || this.#toldOf.has(job.id)) continue;
      this.#toldOf.add(job.id);
      this.deps.onEndsSoon(machineId, job, Math.max(1, Math.round(leftMs / 60_000)));
    }
  }

  #lookAgainLater(machineId: MachineId, known: Known): void {
    const delayMs = Math.min(...known.snapshot.jobs.map(pauseMsAfter));
    if (!Number.isFinite(delayMs) || this.#known.get(machineId) !== known) return;
    known.cancelTimer = this.deps.clock.after(delayMs, () => this.#lookIfConnected(machineId));
  }

  #lookIfConnected(machineId: MachineId): void {
    if (this.deps.connections.link(machineId).state().kind !== 'ready') return;
    this.look(machineId).catch(this.deps.onLookFailed);
  }

  #of(machineId: MachineId): Known {
    const held = this.#known.get(machineId);
    if (held !== undefined) return held;
    const snapshot: SlurmSnapshot = { machineId, revision: 0, isLooking: false, cluster: null, jobs: [] };
    const forgetLink = this.deps.connections.link(machineId).onStateChanged(({ kind }) => {
      if (kind === 'ready' && known.snapshot.jobs.some(isAlive)) this.#lookIfConnected(machineId);
      if (kind !== 'closed' && kind !== 'failed') return;
      known.lease?.release();
      known.lease = null;
    });
    const known: Known = {
      snapshot,
      looking: null,
      cancelTimer: () => undefined,
      forgetLink,
      lease: null,
    };
    this.#known.set(machineId, known);
    return known;
  }

  #change(known: Known, change: Partial<SlurmSnapshot>): void {
    const { machineId, revision } = known.snapshot;
    if (this.#known.get(machineId) !== known) return;
    known.snapshot = { ...known.snapshot, ...change, revision: revision + 1 };
    this.deps.onChanged(known.snapshot);
  }
}

const isAlive = ({ state }: SlurmJob): boolean => state.kind !== 'ended';

/** Slurm's controller serves everybody: it is asked no more often than the answer may matter. */
function pauseMsAfter({ state }: SlurmJob): number {
  switch (state.kind) {
    case 'pending':
      return 10_000;
    case 'running':
      return state.isServing ? 30_000 : 2_000;
    case 'ending':
      return 3_000;
    case 'ended':
      return Number.POSITIVE_INFINITY;
  }
}

const clusterOf = ({ isAbsent, silence, partitions }: JobSurvey): SlurmSnapshot['cluster'] => {
  if (isAbsent) return { kind: 'absent' };
  if (silence === null) return { kind: 'there', partitions };
  return { kind: 'silent', error: new AppError('slurm-silent', {}, { details: silence }).toReport() };
};

function toJob({ id, number, partition, state, facts }: SurveyedJob): SlurmJob {
  const seconds = Number(factOf(facts, 'started-of'));
  return {
    id,
    number,
    partition,
    folder: factOf(facts, 'folder-of') ?? '',
    submittedAtMs: seconds > 0 ? seconds * 1000 : null,
    state,
  };
}
