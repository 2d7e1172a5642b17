import { AppError, type ErrorReport } from '../../shared/errors/app-error';
import { errorTable } from '../../shared/errors/error-codes';
import type { SecretPrompt } from '../../shared/model/prompt';
import { assertNever } from '../../shared/util/assert-never';
import { type ConnectionEffect, logged } from './connection-effect';
import type { ConnectionEvent, EventOf } from './connection-event';
import type { Course, Trip } from './course';
import {
  beginOutage,
  continueOutage,
  giveUpAfterMs,
  type Outage,
  retryDelayMs,
  stableAfterMs,
} from './retry';

/** Time and chance at the moment of an event. */
export interface Moment {
  readonly nowMs: number;
  readonly monotonicMs: number;
  /** From 0 to 1. */
  readonly random: number;
}

export interface Transition {
  readonly state: Course;
  readonly effects: readonly ConnectionEffect[];
}

const passwordsAllowed = 3;
const probeWithinMs = 10_000;

/** The whole behaviour of a connection: pure. An event that does not fit the state changes nothing. */
export function transition(state: Course, event: ConnectionEvent, moment: Moment): Transition {
  if ('attemptId' in event && event.attemptId !== state.attemptId) return unchanged(state);
  switch (event.kind) {
    case 'connectRequested':
      return onConnectRequested(state, moment);
    case 'disconnectRequested':
      return onDisconnectRequested(state);
    case 'retryNowRequested':
      return state.kind === 'waitingToRetry' ? retry(state, state.outage, moment, true) : unchanged(state);
    case 'retryDue':
      return state.kind === 'waitingToRetry' ? retry(state, state.outage, moment, false) : unchanged(state);
    case 'resumed':
      return onResumed(state, moment);
    case 'answered':
      return onAnswered(state, event);
    case 'authenticationStarted':
      return state.kind === 'connecting'
        ? { state: { ...state, kind: 'authenticating', prompt: null, isAttemptLive: true }, effects: [] }
        : unchanged(state);
    case 'hostKeyUnknown':
      return isTrying(state)
        ? {
            state: {
              kind: 'awaitingHostKey',
              attemptId: state.attemptId,
              trip: state.trip,
              prompt: event.prompt,
            },
            effects: [logged('prompt-asked', { kind: event.prompt.kind })],
          }
        : unchanged(state);
    case 'secretAsked':
      return isTrying(state) ? ask(state, event.prompt, true) : unchanged(state);
    case 'passwordRefused':
      return isTrying(state) ? onPasswordRefused(state, event) : unchanged(state);
    case 'attemptFailed':
      return isTrying(state) ? onAttemptFailed(state, event.error, moment) : unchanged(state);
    case 'attemptSucceeded':
      return isTrying(state) ? onAttemptSucceeded(state, event, moment) : unchanged(state);
    case 'lost':
      return onLost(state, event.error, moment);
    case 'closeFinished':
      return state.kind === 'closing' ? close(state, [logged('disconnected')]) : unchanged(state);
    default:
      return assertNever(event);
  }
}

type Trying = Extract<Course, { kind: 'connecting' | 'authenticating' }>;

const isTrying = (state: Course): state is Trying =>
  state.kind === 'connecting' || state.kind === 'authenticating';
const unchanged = (state: Course): Transition => ({ state, effects: [] });
const byUser: Trip = { outage: null, refusedPasswords: 0 };

function start(state: Course, trip: Trip, effects: readonly ConnectionEffect[]): Transition {
  const attemptId = state.attemptId + 1;
  return {
    state: { kind: 'connecting', attemptId, trip },
    effects: [...effects, { kind: 'startAttempt', attemptId }],
  };
}

function fail(state: Course, error: ErrorReport, effects: readonly ConnectionEffect[] = []): Transition {
  const entry = logged('failed', { errorCode: error.code, ...error.params }, 'error');
  return {
    state: { kind: 'failed', attemptId: state.attemptId, error },
    effects: [...effects, { kind: 'forget' }, entry],
  };
}

function close(state: Course, effects: readonly ConnectionEffect[]): Transition {
  return { state: { kind: 'closed', attemptId: state.attemptId }, effects: [...effects, { kind: 'forget' }] };
}

function ask(state: Trying, prompt: SecretPrompt, isAttemptLive: boolean): Transition {
  return {
    state: { kind: 'authenticating', attemptId: state.attemptId, trip: state.trip, prompt, isAttemptLive },
    effects: [logged('prompt-asked', { kind: prompt.kind })],
  };
}

function onConnectRequested(state: Course, moment: Moment): Transition {
  switch (state.kind) {
    case 'idle':
    case 'closing':
    case 'closed':
    case 'failed':
      return start(state, byUser, []);
    case 'waitingToRetry':
      return retry(state, state.outage, moment, true);
    case 'connecting':
    case 'awaitingHostKey':
    case 'authenticating':
    case 'ready':
      return unchanged(state);
    default:
      return assertNever(state);
  }
}

function onDisconnectRequested(state: Course): Transition {
  switch (state.kind) {
    case 'connecting':
    case 'authenticating':
      return close(state, [{ kind: 'abortAttempt' }, logged('disconnected')]);
    case 'awaitingHostKey':
      return close(state, [logged('disconnected')]);
    case 'waitingToRetry':
      return close(state, [{ kind: 'cancelRetry' }, logged('disconnected')]);
    case 'ready':
      return {
        state: { kind: 'closing', attemptId: state.attemptId },
        effects: [logged('disconnecting'), { kind: 'closeTransport' }],
      };
    case 'idle':
    case 'closing':
    case 'closed':
    case 'failed':
      return unchanged(state);
    default:
      return assertNever(state);
  }
}

function onAnswered(state: Course, { answer }: EventOf<'answered'>): Transition {
  if (state.kind === 'awaitingHostKey' && answer.promptId === state.prompt.promptId) {
    const { keyType, fingerprint, host, port, promptId } = state.prompt;
    if (answer.kind === 'hostKey' && answer.isAccepted) {
      const accepted = logged('host-key-accepted', { keyType, fingerprint });
      return start(state, state.trip, [accepted, { kind: 'acceptHostKey', promptId }]);
    }
    if (answer.kind !== 'hostKey' && answer.kind !== 'cancel') return unchanged(state);
    const rejected = logged('host-key-rejected', { keyType, fingerprint }, 'warning');
    return fail(state, new AppError('host-key-not-accepted', { host, port }).toReport(), [rejected]);
  }
  if (state.kind !== 'authenticating' || answer.promptId !== state.prompt?.promptId) return unchanged(state);
  if (answer.kind === 'cancel') return onPromptCancelled(state, state.prompt);
  const fits =
    state.prompt.kind === 'keyboardInteractive'
      ? answer.kind === 'keyboardInteractive'
      : answer.kind === 'secret';
  if (!fits) return unchanged(state);
  if (!state.isAttemptLive && answer.kind === 'secret') {
    const { secret, isRemembered } = answer;
    return start(state, state.trip, [{ kind: 'holdPassword', secret, isRemembered }]);
  }
  const effects: ConnectionEffect[] = [{ kind: 'deliverAnswer', answer }];
  // A passphrase opens the key, before there is a connection; all else is said to the server.
  if (state.prompt.kind === 'passphrase') {
    return { state: { kind: 'connecting', attemptId: state.attemptId, trip: state.trip }, effects };
  }
  return { state: { ...state, prompt: null }, effects };
}

function onPromptCancelled(state: Trying & { kind: 'authenticating' }, prompt: SecretPrompt): Transition {
  const effects: ConnectionEffect[] = [logged('prompt-cancelled', { kind: prompt.kind })];
  if (state.isAttemptLive) effects.push({ kind: 'abortAttempt' });
  if (prompt.kind === 'keyboardInteractive' || !prompt.wasWrong) return close(state, effects);
  const error =
    prompt.kind === 'passphrase'
      ? new AppError('wrong-passphrase', { path: prompt.keyPath })
      : new AppError('password-refused', { user: prompt.user, host: prompt.host });
  return fail(state, error.toReport(), effects);
}

function onPasswordRefused(state: Trying, { error, prompt }: EventOf<'passwordRefused'>): Transition {
  const refusedPasswords = state.trip.refusedPasswords + 1;
  if (refusedPasswords >= passwordsAllowed) return fail(state, error);
  return ask({ ...state, trip: { ...state.trip, refusedPasswords } }, prompt, false);
}

function onAttemptFailed(state: Trying, error: ErrorReport, moment: Moment): Transition {
  const isRetryable = errorTable[error.code].isRetryable;
  // Servers hang up on those who think too long: the answer is worth a new connection.
  if (
    isRetryable &&
    state.kind === 'authenticating' &&
    state.isAttemptLive &&
    state.prompt?.kind === 'password'
  ) {
    const entry = logged('lost', { errorCode: error.code, ...error.params }, 'warning');
    return { state: { ...state, isAttemptLive: false }, effects: [entry] };
  }
  if (!isRetryable || state.trip.outage === null) return fail(state, error);
  const outage = continueOutage(state.trip.outage, moment.monotonicMs);
  return waitToRetry(state, { ...outage, retryNumber: outage.retryNumber + 1 }, error, moment, []);
}

function onAttemptSucceeded(
  state: Trying,
  { elapsedMs }: EventOf<'attemptSucceeded'>,
  moment: Moment,
): Transition {
  const { nowMs: sinceMs, monotonicMs: sinceMonotonicMs } = moment;
  return {
    state: { kind: 'ready', attemptId: state.attemptId, sinceMs, sinceMonotonicMs, trip: state.trip },
    effects: [logged('ready', { elapsedMs })],
  };
}

function onLost(state: Course, error: ErrorReport, moment: Moment): Transition {
  if (state.kind === 'closing') return close(state, [logged('disconnected')]);
  if (state.kind !== 'ready') return unchanged(state);
  const entry = logged('lost', { errorCode: error.code, ...error.params }, 'warning');
  const wasStable = moment.monotonicMs - state.sinceMonotonicMs >= stableAfterMs;
  const { outage } = state.trip;
  if (outage === null || wasStable)
    return waitToRetry(state, beginOutage(moment.monotonicMs), error, moment, [entry]);
  const continued = continueOutage(outage, moment.monotonicMs);
  return waitToRetry(state, { ...continued, retryNumber: continued.retryNumber + 1 }, error, moment, [entry]);
}

function waitToRetry(
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

function retry(state: Course, outage: Outage, { monotonicMs }: Moment, isEarly: boolean): Transition {
  const effects: readonly ConnectionEffect[] = isEarly
    ? [{ kind: 'cancelRetry' }, logged('retry-now', { retryNumber: outage.retryNumber })]
    : [];
  return start(state, { outage: continueOutage(outage, monotonicMs), refusedPasswords: 0 }, effects);
}

/** After sleep the network needs a moment: what looks ready is asked, what waits tries now, with all its time anew. */
function onResumed(state: Course, moment: Moment): Transition {
  const entry = logged('resumed-from-sleep');
  switch (state.kind) {
    case 'ready':
      return {
        state,
        effects: [entry, { kind: 'probe', attemptId: state.attemptId, withinMs: probeWithinMs }],
      };
    case 'waitingToRetry': {
      const { state: next, effects } = retry(state, beginOutage(moment.monotonicMs), moment, true);
      return { state: next, effects: [entry, ...effects] };
    }
    case 'connecting':
    case 'authenticating':
      return state.trip.outage === null
        ? unchanged(state)
        : {
            state: { ...state, trip: { ...state.trip, outage: beginOutage(moment.monotonicMs) } },
            effects: [entry],
          };
    case 'idle':
    case 'awaitingHostKey':
    case 'closing':
    case 'closed':
    case 'failed':
      return unchanged(state);
    default:
      return assertNever(state);
  }
}
