import type { ErrorReport } from '../../shared/errors/app-error';
import { errorTable } from '../../shared/errors/error-codes';
import { canReplaceHostKey } from '../../shared/model/connection';
import { assertNever } from '../../shared/util/assert-never';
import { onAnswered, onPasswordRefused } from './answers';
import { logged } from './connection-effect';
import type { ConnectionEvent, EventOf } from './connection-event';
import { type Course, connectionStateOf, type Trip } from './course';
import {
  ask,
  close,
  fail,
  isTrying,
  type Moment,
  pause,
  retry,
  start,
  type Transition,
  type Trying,
  unchanged,
  waitToRetry,
} from './course-steps';
import { onNetworkChanged, onResumed } from './disturbance';
import { beginOutage, continueOutage, stableAfterMs } from './retry';

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
    case 'hostKeyReplacementRequested':
      return onHostKeyReplacementRequested(state, event);
    case 'pauseChanged':
      return onPauseChanged(state, moment);
    case 'resumed':
      return onResumed(state, moment);
    case 'networkChanged':
      return onNetworkChanged(state, event.verdict, moment);
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

const byUser: Trip = { outage: null, refusedPasswords: 0 };

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

function onHostKeyReplacementRequested(
  state: Course,
  { typed }: EventOf<'hostKeyReplacementRequested'>,
): Transition {
  if (state.kind !== 'failed' || !canReplaceHostKey(connectionStateOf(state), typed)) return unchanged(state);
  const { keyType = '', newFingerprint = '' } = state.error.params;
  const fingerprint = String(newFingerprint);
  return start(state, byUser, [
    logged('host-key-accepted', { keyType, fingerprint }),
    { kind: 'acceptChangedHostKey', fingerprint },
  ]);
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

/** What waits stops waiting, or tries at once with all its time anew; an attempt under way goes on. */
function onPauseChanged(state: Course, moment: Moment): Transition {
  if (state.kind !== 'waitingToRetry') return unchanged(state);
  if (!moment.isPaused) return retry(state, beginOutage(moment.monotonicMs), moment, true);
  return state.nextTryAtMs === null
    ? unchanged(state)
    : pause(state, state.outage, state.error, [{ kind: 'cancelRetry' }]);
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
