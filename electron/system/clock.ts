/** Time as a dependency, so that tests can own it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  nowMs(): number;
  /** Milliseconds that only grow: unlike `nowMs`, unmoved by clock changes. */
  monotonicMs(): number;
  /** Calls back once after `delayMs`; the returned function cancels and may be called at any time. */
  after(delayMs: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
