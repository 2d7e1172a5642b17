import type { Clock } from '../../electron/system/clock';

interface Timer {
  readonly dueMs: number;
  readonly callback: () => void;
}

/** A clock that moves only when a test says so. */
export class FakeClock implements Clock {
  #nowMs: number;
  #monotonicMs = 1000;
  readonly #timers = new Set<Timer>();

  constructor(nowMs = Date.UTC(2026, 0, 1)) {
    this.#nowMs = nowMs;
  }

  nowMs = (): number => this.#nowMs;
  monotonicMs = (): number => this.#monotonicMs;

  after = (delayMs: number, callback: () => void): (() => void) => {
    const timer = { dueMs: this.#monotonicMs + delayMs, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** Lets time pass; timers fire in order, those they start included. */
  advance(ms: number): void {
    const endMs = this.#monotonicMs + ms;
    for (let next = this.#next(endMs); next !== undefined; next = this.#next(endMs)) {
      this.#move(Math.max(0, next.dueMs - this.#monotonicMs));
      this.#timers.delete(next);
      next.callback();
    }
    this.#move(endMs - this.#monotonicMs);
  }

  /**
   * The computer sleeps: no timer fires meanwhile. The wall clock always moves on; the monotonic clock does so on
   * Windows only, where overdue timers then fire with the next `advance`.
   */
  sleep(ms: number, monotonic: 'stands still' | 'moves on'): void {
    this.#nowMs += ms;
    if (monotonic === 'moves on') this.#monotonicMs += ms;
  }

  get pendingTimers(): number {
    return this.#timers.size;
  }

  #next(endMs: number): Timer | undefined {
    return [...this.#timers].filter(({ dueMs }) => dueMs <= endMs).sort((a, b) => a.dueMs - b.dueMs)[0];
  }

  #move(ms: number): void {
    this.#nowMs += ms;
    this.#monotonicMs += ms;
  }
}
