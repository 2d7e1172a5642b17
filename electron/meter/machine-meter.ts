import { AppError } from '../../shared/errors/app-error';
import type { MachineId } from '../../shared/model/machine';
import type { MeterSample, MeterSnapshot, MeterState } from '../../shared/model/meter';
import type { MachineLink } from '../connection/machine-link';
import type { Clock } from '../system/clock';
import { type OpenMeter, openMeter } from './open-meter';
import { completed, type Reading, sampleOf } from './reading';

export interface MachineMeterDependencies {
  readonly clock: Clock;
  /** Cryptographically strong bytes. */
  readonly random: (sizeBytes: number) => Buffer;
  /** As `Machine.workingFolder` has it. @throws AppError `machine-not-found` */
  readonly folderOf: (machineId: MachineId) => string;
  readonly onChanged: (snapshot: MeterSnapshot) => void;
}

interface Wish {
  readonly everyMs: number;
  readonly onSample: (sample: MeterSample) => void;
}

/** The first sample knows no use of processors yet; the second one should not be long in coming. */
const firstPauseMs = 500;
const disksEveryMs = 10_000;
/** A machine that is slow to answer is asked less often: at most this part of the time is spent on measuring. */
const pausePerAnswerTime = 9;
const retryAfterMs = 60_000;

/**
 * Measures one machine while somebody wants it and it is connected; it never connects by itself, nor holds the
 * connection.
 */
export class MachineMeter {
  #state: MeterState = { kind: 'off' };
  #revision = 0;
  readonly #wishes = new Set<Wish>();
  /** Ends what runs. */
  #run: AbortController | null = null;
  #forgetLink: () => void = () => undefined;
  /** Ends the pause before the next measurement. */
  #hurry: () => void = () => undefined;

  constructor(
    private readonly link: MachineLink,
    private readonly dependencies: MachineMeterDependencies,
  ) {}

  get snapshot(): MeterSnapshot {
    return { machineId: this.link.machineId, revision: this.#revision, state: this.#state };
  }

  /** Until the returned function is called, `onSample` gets a sample at least every `everyMs` or so. */
  want(everyMs: number, onSample: (sample: MeterSample) => void): () => void {
    const wish = { everyMs, onSample };
    this.#wishes.add(wish);
    if (this.#wishes.size === 1) {
      this.#forgetLink = this.link.onStateChanged(() => this.#startOrStop());
      this.#startOrStop();
    } else this.#hurry();
    return () => {
      if (!this.#wishes.delete(wish) || this.#wishes.size > 0) return;
      this.#forgetLink();
      this.#startOrStop();
    };
  }

  #startOrStop(): void {
    const shouldRun = this.#wishes.size > 0 && this.link.state().kind === 'ready';
    if (shouldRun && this.#run === null) {
      const run = new AbortController();
      this.#run = run;
      void this.#measure(run.signal);
    } else if (!shouldRun) {
      this.#run?.abort();
      this.#run = null;
      if (this.#state.kind !== 'off') this.#enter({ kind: 'off' });
    }
  }

  async #measure(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#enter({ kind: 'starting' });
      try {
        await this.#measureOverOneChannel(signal);
      } catch (thrown) {
        // A connection that was lost says so itself, and ends this by its state.
        const error = AppError.from(thrown);
        if (!signal.aborted && error.code !== 'connection-lost')
          this.#enter({ kind: 'failed', error: error.toReport() });
      }
      await this.#pause(retryAfterMs, signal);
    }
  }

  async #measureOverOneChannel(signal: AbortSignal): Promise<void> {
    const { clock, random, folderOf } = this.dependencies;
    const transport = await this.link.whenReady(signal);
    const folder = folderOf(this.link.machineId);
    const meter = await openMeter(transport, { folder, clock, random });
    const close = () => meter.close();
    signal.addEventListener('abort', close);
    try {
      if (!signal.aborted) await this.#measureWith(meter, signal);
    } finally {
      signal.removeEventListener('abort', close);
      meter.close();
    }
  }

  async #measureWith(meter: OpenMeter, signal: AbortSignal): Promise<void> {
    const { clock } = this.dependencies;
    let before: Reading | null = null;
    let disksAtMs = Number.NEGATIVE_INFINITY;
    while (!signal.aborted) {
      const startedMs = clock.monotonicMs();
      const asksForDisks = startedMs - disksAtMs >= disksEveryMs;
      if (asksForDisks) disksAtMs = startedMs;
      const reading = completed(before, await meter.measure(asksForDisks));
      this.#tell(sampleOf(before, reading, clock.nowMs()));
      const answerTimeMs = clock.monotonicMs() - startedMs;
      const wantedMs = Math.min(...[...this.#wishes].map(({ everyMs }) => everyMs));
      const pauseMs = before === null ? Math.min(firstPauseMs, wantedMs) : wantedMs - answerTimeMs;
      before = reading;
      await this.#pause(Math.max(pauseMs, answerTimeMs * pausePerAnswerTime), signal);
    }
  }

  #tell(sample: MeterSample): void {
    this.#enter({ kind: 'measuring', sample });
    for (const { onSample } of [...this.#wishes]) onSample(sample);
  }

  #pause(delayMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        cancelTimer();
        signal.removeEventListener('abort', done);
        this.#hurry = () => undefined;
        resolve();
      };
      const cancelTimer = this.dependencies.clock.after(delayMs, done);
      signal.addEventListener('abort', done);
      this.#hurry = done;
      if (signal.aborted) done();
    });
  }

  #enter(state: MeterState): void {
    this.#state = state;
    this.#revision += 1;
    this.dependencies.onChanged(this.snapshot);
  }
}
