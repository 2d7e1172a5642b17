import { AppError } from '../../../../shared/errors/app-error';
import { type EmrStep, type EmrStepsSnapshot, isStepActive } from '../../../../shared/model/emr-step';
import type { Clock } from '../../../system/clock';
import type { AwsSession } from '../../aws-session';
import { readStep } from './read-step';

/** While a step waits or runs, and at first. */
const soonMs = 5_000;
const latestMs = 60_000;
/** EMR gives 50 at a time; of a cluster that has run thousands people look at the last. */
const mostPages = 10;

export type StepsSeen = Pick<EmrStepsSnapshot, 'steps' | 'isCut' | 'isLoading' | 'atMs' | 'error'>;

interface StepWatchDependencies {
  readonly clusterId: string;
  readonly session: () => Promise<AwsSession>;
  readonly clock: Clock;
  readonly onSeen: (seen: Partial<StepsSeen>) => void;
}

/** Looks at the steps of a cluster until it is stopped, more rarely while none waits or runs. */
export class StepWatch {
  #delayMs = soonMs;
  #abort = new AbortController();
  #cancelTimer = (): void => undefined;

  constructor(private readonly deps: StepWatchDependencies) {}

  /** Looks now; what was under way is given up. */
  refresh(): void {
    this.stop();
    this.#abort = new AbortController();
    this.#delayMs = soonMs;
    this.deps.onSeen({ isLoading: true, error: null });
    void this.#look(this.#abort.signal);
  }

  stop(): void {
    this.#cancelTimer();
    this.#abort.abort();
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { clock, onSeen } = this.deps;
    try {
      const { steps, isCut } = await this.#read(signal);
      signal.throwIfAborted();
      onSeen({ steps, isCut, isLoading: false, atMs: clock.nowMs(), error: null });
      const isMoving = steps.some(({ state }) => isStepActive(state));
      this.#delayMs = isMoving ? soonMs : Math.min(this.#delayMs * 2, latestMs);
    } catch (thrown) {
      if (signal.aborted) return;
      const error = AppError.from(thrown);
      onSeen({ isLoading: false, error: error.toReport() });
      this.#delayMs = Math.min(this.#delayMs * 2, latestMs);
      // What only the user can mend is not asked again behind their back.
      if (!error.isRetryable) return;
    }
    this.#cancelTimer = clock.after(this.#delayMs, () => void this.#look(signal));
  }

  async #read(signal: AbortSignal): Promise<Pick<StepsSeen, 'steps' | 'isCut'>> {
    const session = await this.deps.session();
    const steps: EmrStep[] = [];
    let marker: string | undefined;
    for (let page = 0; page < mostPages; page += 1) {
      const { Steps = [], Marker } = await session.call(
        'emr.listSteps',
        { ClusterId: this.deps.clusterId, ...(marker ? { Marker: marker } : {}) },
        signal,
      );
      steps.push(...Steps.flatMap((listed) => readStep(listed) ?? []));
      marker = Marker;
      if (!marker) return { steps, isCut: false };
    }
    return { steps, isCut: true };
  }
}
