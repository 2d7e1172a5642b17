import type { ErrorReport } from '../../shared/errors/app-error';
import type { ConnectionState } from '../../shared/model/connection';
import type { AttemptPrompt, HostKeyPrompt } from '../../shared/model/prompt';
import { assertNever } from '../../shared/util/assert-never';
import type { Outage } from './retry';

/** What a connection is doing, with what `ConnectionState` hides. `attemptId` counts the attempts so far. */
export type Course = { readonly attemptId: number } & (
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting'; readonly trip: Trip }
  /** No attempt is under way: the answer starts the next one. */
  | { readonly kind: 'awaitingHostKey'; readonly trip: Trip; readonly prompt: HostKeyPrompt }
  | {
      readonly kind: 'authenticating';
      readonly trip: Trip;
      readonly prompt: AttemptPrompt | null;
      /** False: the server has hung up or refused; the answer to `prompt` starts the next attempt. */
      readonly isAttemptLive: boolean;
    }
  | {
      readonly kind: 'ready';
      readonly sinceMs: number;
      readonly sinceMonotonicMs: number;
      readonly trip: Trip;
    }
  | {
      readonly kind: 'waitingToRetry';
      readonly outage: Outage;
      /** Null: reconnecting is paused. */
      readonly nextTryAtMs: number | null;
      readonly error: ErrorReport;
    }
  | { readonly kind: 'closing' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'failed'; readonly error: ErrorReport }
);

/** How it came to the present attempt. */
export interface Trip {
  /** Null: the user asked for it and is looking, so that a failure is final. */
  readonly outage: Outage | null;
  /** Passwords that the server refused since the user asked for the connection. */
  readonly refusedPasswords: number;
}

export const initialCourse: Course = { kind: 'idle', attemptId: 0 };

/** What the rest of Nuvem may know of a course. */
export function connectionStateOf(state: Course): ConnectionState {
  switch (state.kind) {
    case 'idle':
    case 'closing':
    case 'closed':
      return { kind: state.kind };
    case 'connecting':
      return { kind: 'connecting', isReconnect: state.trip.outage !== null };
    case 'awaitingHostKey':
      return { kind: 'awaitingHostKey', prompt: state.prompt };
    case 'authenticating':
      return { kind: 'authenticating', isReconnect: state.trip.outage !== null, prompt: state.prompt };
    case 'ready':
      return { kind: 'ready', sinceMs: state.sinceMs };
    case 'waitingToRetry': {
      const { outage, nextTryAtMs, error } = state;
      return { kind: 'waitingToRetry', retryNumber: outage.retryNumber, nextTryAtMs, error };
    }
    case 'failed':
      return { kind: 'failed', error: state.error };
    default:
      return assertNever(state);
  }
}
