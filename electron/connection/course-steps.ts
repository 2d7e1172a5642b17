import type { ErrorReport } from '../../shared/errors/app-error';
import type { AttemptPrompt } from '../../shared/model/prompt';
import { type ConnectionEffect, logged } from './connection-effect';
import type { Course, Trip } from './course';
import { continueOutage, giveUpAfterMs, type Outage, retryDelayMs } from './retry';

/** Time, chance and the user's will at the moment of an event. */
export interface Moment {
  readonly nowMs: number;
  readonly monotonicMs: number;
  /** From 0 to 1. */
  readonly random: number;
  /** The user wants no retries now. */
  readonly isPaused: boolean;
}

export interface Transition {
  readonly state: Course;
  readonly effects: readonly ConnectionEffect[];
}

/** An attempt is under way, or the user is asked for its sake. */
export type Trying = Extract<Course, { kind: 'connecting' | 'authenticating' }>;

export const isTrying = (state: Course): state is Trying =>
  state.kind === 'connecting' || state.kind === 'authenticating';

/** Nothing happens. */
export const unchanged = (state: Course): Transition => ({ state, effects: [] });

/** Starts the next attempt. */
export function start(state: Course, trip: Trip, effects: readonly ConnectionEffect[]): Transition {
  const attemptId = state.attemptId + 1;
  return {
    state: { kind: 'connecting', attemptId, trip },
    effects: [...effects, { kind: 'startAttempt', attemptId }],
  };
}

/** Ends it for good, with an error. */
export function fail(
  state: Course,
  error: ErrorReport,
  effects: readonly ConnectionEffect[] = [],
): Transition {
  const entry = logged('failed', { errorCode: error.code, ...error.params }, 'error');
  return {
    state: { kind: 'failed', attemptId: state.attemptId, error },
    effects: [...effects, { kind: 'forget' }, entry],
  };
}

/** Ends it for good, as the user wants. */
export function close(state: Course, effects: readonly ConnectionEffect[]): Transition {
  return { state: { kind: 'closed', attemptId: state.attemptId }, effects: [...effects, { kind: 'forget' }] };
}

/** Asks the user; without a live attempt the answer starts the next one. */
export function ask(state: Trying, prompt: AttemptPrompt, isAttemptLive: boolean): Transition {
  return {
    state: { kind: 'authenticating', attemptId: state.attemptId, trip: state.trip, prompt, isAttemptLive },
    effects: [logged('prompt-asked', { kind: prompt.kind })],
  };
}

/** Waits before the next attempt, unless all patience is used up. */
export function waitToRetry(
  state: Course,
  outage: Outage,
  error: ErrorReport,
  moment: Moment,
  effects: readonly ConnectionEffect[],
): Transition {
  const { attemptId } = state;
  if (outage.triedMs >= giveUpAfterMs) {
    return fail(state, error, [
      ...effects,
      logged('retries-given-up', { hours: giveUpAfterMs / 3_600_000 }, 'error'),
    ]);
  }
  const { retryNumber } = outage;
  if (moment.isPaused) return pause(state, outage, error, effects);
  const delayMs = retryDelayMs(retryNumber, moment.random);
  return {
    state: { kind: 'waitingToRetry', attemptId, outage, nextTryAtMs: moment.nowMs + delayMs, error },
    effects: [
      ...effects,
      logged('retry-scheduled', { retryNumber, delayMs, errorCode: error.code, ...error.params }, 'warning'),
      { kind: 'scheduleRetry', attemptId, delayMs },
    ],
  };
}

/** Waits until the user lets Nuvem try again. */
export function pause(
  { attemptId }: Course,
  outage: Outage,
  error: ErrorReport,
  effects: readonly ConnectionEffect[],
): Transition {
  return {
    state: { kind: 'waitingToRetry', attemptId, outage, nextTryAtMs: null, error },
    effects: [...effects, logged('retries-paused')],
  };
}

/** Ends the wait; `isEarly` when the timer still runs. */
export function retry(state: Course, outage: Outage, { monotonicMs }: Moment, isEarly: boolean): Transition {
  const effects: readonly ConnectionEffect[] = isEarly
    ? [{ kind: 'cancelRetry' }, logged('retry-now', { retryNumber: outage.retryNumber })]
    : [];
  return start(state, { outage: continueOutage(outage, monotonicMs), refusedPasswords: 0 }, effects);
}
