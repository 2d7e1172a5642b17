import type { Clock } from '../system/clock';

/** A time limit that can be stopped while the user is being asked. */
export class Deadline {
  #cancel: () => void = () => undefined;

  constructor(
    private readonly clock: Clock,
    private readonly onExpired: () => void,
  ) {}

  /** Starts anew with `limitMs` left. */
  start(limitMs: number): void {
    this.#cancel();
    this.#cancel = this.clock.after(limitMs, this.onExpired);
  }

  stop(): void {
    this.#cancel();
  }
}
