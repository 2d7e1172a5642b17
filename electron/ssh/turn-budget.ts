/**
 * What may be read in one turn of the event loop, by all who read from it together. libuv reads a socket that has
 * more up to 32 times in a turn, and one socket after the other: with a few busy ones everything else waits for long.
 */
export class TurnBudget {
  #leftBytes: number;
  #isRunning = false;
  readonly #waiting: (() => void)[] = [];

  constructor(
    private readonly bytesPerTurn: number,
    /** Calls back in the next turn. */
    private readonly nextTurn: (then: () => void) => void,
  ) {
    this.#leftBytes = bytesPerTurn;
  }

  /** False: that was enough for this turn. */
  spend(bytes: number): boolean {
    this.#leftBytes -= bytes;
    if (!this.#isRunning) {
      this.#isRunning = true;
      this.nextTurn(() => this.#renew());
    }
    return this.#leftBytes > 0;
  }

  /** Calls back once there may be read again. */
  whenRenewed(then: () => void): void {
    this.#waiting.push(then);
  }

  #renew(): void {
    this.#isRunning = false;
    this.#leftBytes = this.bytesPerTurn;
    for (const then of this.#waiting.splice(0)) then();
  }
}
