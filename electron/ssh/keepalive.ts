import type { Clock } from '../system/clock';

export interface KeepaliveOptions {
  readonly clock: Clock;
  readonly intervalMs: number;
  /** So many intervals without a sign of life end the connection. */
  readonly missedAllowed: number;
  /** Grows with everything that came from the peer: under load that shows life sooner than an answer. */
  readonly bytesReceived: () => number;
  readonly ping: () => void;
  readonly onMissed: (missed: number) => void;
  readonly onDead: () => void;
}

/**
 * Notices a peer that fell silent. An interval that took much longer than it should is the sleep of this
 * computer, not the peer's silence: counting starts anew after it.
 */
export class Keepalive {
  #missed = 0;
  #hasPinged = false;
  #lastBytes = 0;
  #lastTickMs = 0;
  #cancel: () => void = () => undefined;

  constructor(private readonly options: KeepaliveOptions) {}

  start(): void {
    this.#lastBytes = this.options.bytesReceived();
    this.#schedule();
  }

  stop(): void {
    this.#cancel();
  }

  #schedule(): void {
    const { clock, intervalMs } = this.options;
    this.#lastTickMs = clock.nowMs();
    this.#cancel = clock.after(intervalMs, () => this.#tick());
  }

  #tick(): void {
    const { clock, intervalMs, missedAllowed, bytesReceived, ping, onMissed, onDead } = this.options;
    const hasSlept = clock.nowMs() - this.#lastTickMs > intervalMs * 2;
    const bytes = bytesReceived();
    const isAlive = bytes !== this.#lastBytes;
    this.#lastBytes = bytes;
    if (isAlive || hasSlept) this.#missed = 0;
    else if (this.#hasPinged) this.#missed += 1;
    if (this.#missed > 0) onMissed(this.#missed);
    if (this.#missed >= missedAllowed) {
      onDead();
      return;
    }
    this.#hasPinged = true;
    ping();
    this.#schedule();
  }
}
