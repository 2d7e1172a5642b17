import { AppError, type ErrorReport } from '../../../shared/errors/app-error';
import type { AlarmState, MetricAlarm } from '../../../shared/model/metric-alarm';
import type { Clock } from '../../system/clock';
import type { AwsSession } from '../aws-session';
import { inOrder, readAlarm } from './read-alarm';

/** CloudWatch itself looks at most alarms once a minute. */
const lookEveryMs = 60_000;

export interface AlarmsState {
  readonly alarms: readonly MetricAlarm[];
  readonly isLoading: boolean;
  readonly atMs: number | null;
  readonly error: ErrorReport | null;
}

/** An alarm that is in another state than at the look before. */
export interface AlarmNews {
  readonly alarm: MetricAlarm;
  readonly before: AlarmState;
}

interface AlarmWatchDependencies {
  readonly session: () => Promise<AwsSession>;
  /** Asking now would put no question to the user. */
  readonly isSignedIn: () => boolean;
  readonly clock: Clock;
  readonly onChanged: (state: AlarmsState) => void;
  readonly onNews: (news: AlarmNews) => void;
}

/**
 * Looks at the alarms of an account once a minute until it is stopped. Of its own accord it asks only where the user is
 * signed in, and not again after a failure that only the user can mend.
 */
export class AlarmWatch {
  #state: AlarmsState = { alarms: [], isLoading: false, atMs: null, error: null };
  #abort = new AbortController();
  #cancelTimer = (): void => undefined;

  constructor(private readonly deps: AlarmWatchDependencies) {}

  state(): AlarmsState {
    return this.#state;
  }

  /** Looks now, also where the user must sign in for it; what was under way is given up. */
  refresh(): void {
    this.stop();
    this.#abort = new AbortController();
    void this.#look(this.#abort.signal);
  }

  /** Looks from now on where that needs nobody. */
  startQuietly(): void {
    this.stop();
    this.#abort = new AbortController();
    this.#tick(this.#abort.signal);
  }

  stop(): void {
    this.#cancelTimer();
    this.#abort.abort();
  }

  #tick(signal: AbortSignal): void {
    if (this.deps.isSignedIn()) void this.#look(signal);
    else this.#wait(signal);
  }

  #wait(signal: AbortSignal): void {
    this.#cancelTimer = this.deps.clock.after(lookEveryMs, () => this.#tick(signal));
  }

  async #look(signal: AbortSignal): Promise<void> {
    this.#enter({ isLoading: true, error: null });
    try {
      const alarms = await readAlarms(await this.deps.session(), signal);
      signal.throwIfAborted();
      const before = this.#state;
      this.#enter({ alarms: inOrder(alarms), isLoading: false, atMs: this.deps.clock.nowMs() });
      // What was there before the first look is no news.
      if (before.atMs !== null) this.#tellNews(before.alarms, alarms);
    } catch (thrown) {
      if (signal.aborted) return;
      const error = AppError.from(thrown);
      this.#enter({ isLoading: false, error: error.toReport() });
      if (!error.isRetryable) return;
    }
    this.#wait(signal);
  }

  #tellNews(before: readonly MetricAlarm[], now: readonly MetricAlarm[]): void {
    const states = new Map(before.map(({ name, state }) => [name, state]));
    for (const alarm of now) {
      const state = states.get(alarm.name);
      if (state !== undefined && state !== alarm.state) this.deps.onNews({ alarm, before: state });
    }
  }

  #enter(change: Partial<AlarmsState>): void {
    this.#state = { ...this.#state, ...change };
    this.deps.onChanged(this.#state);
  }
}

async function readAlarms(session: AwsSession, signal: AbortSignal): Promise<readonly MetricAlarm[]> {
  const alarms: MetricAlarm[] = [];
  let token: string | undefined;
  do {
    const answer = await session.call(
      'cloudwatch.describeAlarms',
      { AlarmTypes: ['MetricAlarm'], MaxRecords: 100, ...(token === undefined ? {} : { NextToken: token }) },
      signal,
    );
    alarms.push(...(answer.MetricAlarms ?? []).flatMap((alarm) => readAlarm(alarm) ?? []));
    token = answer.NextToken;
  } while (token);
  return alarms;
}
