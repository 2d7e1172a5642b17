import { stopNoticeMs } from '../../../shared/model/idle';
import type { IdlePolicy } from '../../../shared/model/idle-policy';
import type { Clock } from '../../system/clock';
import type { ToldIdle } from './idle-client';
import type { ServerActivity } from './server-activity';

/**
 * For how long nothing has run on a server beside which no keeper can count: counted in this process, so that it holds
 * no longer than that. What counts as use is as in `keeper/remote/idle.py`.
 */
export class OwnIdleCount {
  #activeAtMs: number;
  #trace: string | null = null;
  /** Null: something runs, or the server does not tell. */
  #idleMs: number | null = null;
  #isAnnounced = false;

  constructor(
    private policy: IdlePolicy,
    private readonly clock: Pick<Clock, 'monotonicMs'>,
  ) {
    this.#activeAtMs = clock.monotonicMs();
  }

  get told(): ToldIdle {
    return { policy: this.policy, idleMs: this.policy.kind === 'nothing' ? null : this.#idleMs };
  }

  /** It is time to end the server. */
  get isOver(): boolean {
    const { policy } = this;
    return policy.kind === 'stop' && this.#idleMs !== null && this.#idleMs >= policy.afterHours * 3_600_000;
  }

  set(policy: IdlePolicy): void {
    this.policy = policy;
    this.keep();
  }

  /** As if a cell had run now. */
  keep(): void {
    this.#activeAtMs = this.clock.monotonicMs();
    this.#isAnnounced = false;
    if (this.#idleMs !== null) this.#idleMs = 0;
  }

  /** What the server tells now; null: it does not tell. */
  take(activity: ServerActivity | null): void {
    if (activity === null) {
      this.#idleMs = null;
      return;
    }
    const { isWorking, trace } = activity;
    if (isWorking || (this.#trace !== null && this.#trace !== trace)) this.keep();
    this.#trace = trace;
    this.#idleMs = isWorking ? null : this.#idleOrAnnounced();
  }

  /** Who was away while the time ran out is told, too, before the server ends: the last part of it waits for that. */
  #idleOrAnnounced(): number {
    const { policy } = this;
    const nowMs = this.clock.monotonicMs();
    if (policy.kind === 'stop' && !this.#isAnnounced) {
      const announcedAfterMs = policy.afterHours * 3_600_000 - stopNoticeMs(policy.afterHours);
      if (nowMs - this.#activeAtMs >= announcedAfterMs) {
        this.#activeAtMs = nowMs - announcedAfterMs;
        this.#isAnnounced = true;
      }
    }
    return nowMs - this.#activeAtMs;
  }
}
