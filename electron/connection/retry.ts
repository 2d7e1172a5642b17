/** Time spent on getting a lost connection back. */
export interface Outage {
  /** 1 for the first retry after the loss. */
  readonly retryNumber: number;
  /** Time spent trying so far, the sleep of this computer not counted. */
  readonly triedMs: number;
  /** When `triedMs` was last brought up to date, on the monotonic clock. */
  readonly markMonotonicMs: number;
}

const firstDelayMs = 1000;
const longestDelayMs = 30_000;
/** Longer than any delay plus any attempt: a gap beyond this between two steps was sleep. */
const longestStepMs = 120_000;

export const giveUpAfterMs = 3 * 60 * 60 * 1000;
/** A connection that lived shorter than this does not end the outage before it: else a flapping one retries each second. */
export const stableAfterMs = 30_000;

/** Delay before a retry: 1 s doubling to 30 s, of which a random half is taken off so that clients don't march in step. */
export function retryDelayMs(retryNumber: number, random: number): number {
  const fullMs = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(retryNumber - 1, 10));
  return Math.round(fullMs * (0.5 + random / 2));
}

/** The outage that begins with a loss. */
export function beginOutage(monotonicMs: number): Outage {
  return { retryNumber: 1, triedMs: 0, markMonotonicMs: monotonicMs };
}

/** The outage after one more step of it, an attempt or a wait. */
export function continueOutage(outage: Outage, monotonicMs: number): Outage {
  const stepMs = Math.min(longestStepMs, Math.max(0, monotonicMs - outage.markMonotonicMs));
  return { ...outage, triedMs: outage.triedMs + stepMs, markMonotonicMs: monotonicMs };
}
