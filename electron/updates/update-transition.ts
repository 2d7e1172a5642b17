import type { ErrorReport } from '../../shared/errors/app-error';
import { canCheck, installable, type UpdateState } from '../../shared/model/update';
import { assertNever } from '../../shared/util/assert-never';

export type UpdateEvent =
  | { readonly kind: 'checkStarted' }
  | { readonly kind: 'upToDate'; readonly atMs: number }
  | { readonly kind: 'found'; readonly version: string }
  | { readonly kind: 'checkFailed'; readonly error: ErrorReport }
  /** Nobody asked for the check that failed. */
  | { readonly kind: 'checkGivenUp' }
  | { readonly kind: 'downloadStarted' }
  | { readonly kind: 'progressed'; readonly part: number }
  | { readonly kind: 'downloaded' }
  | { readonly kind: 'downloadFailed'; readonly error: ErrorReport }
  | { readonly kind: 'downloadCancelled' };

/** The next state; what does not fit the state it is in changes nothing, and `off` is for good. */
export function transition(state: UpdateState, event: UpdateEvent): UpdateState {
  switch (event.kind) {
    case 'checkStarted':
      return canCheck(state)
        ? { kind: 'checking', checkedAtMs: state.kind === 'idle' ? state.checkedAtMs : null }
        : state;
    case 'upToDate':
      return state.kind === 'checking' ? { kind: 'idle', checkedAtMs: event.atMs } : state;
    case 'found':
      return state.kind === 'checking' ? { kind: 'found', version: event.version } : state;
    case 'checkFailed':
      return state.kind === 'checking' ? { kind: 'failed', version: null, error: event.error } : state;
    case 'checkGivenUp':
      return state.kind === 'checking' ? { kind: 'idle', checkedAtMs: state.checkedAtMs } : state;
    case 'downloadStarted': {
      const version = installable(state);
      return version === null ? state : { kind: 'downloading', version, part: null };
    }
    case 'progressed':
      return state.kind === 'downloading'
        ? { ...state, part: Math.min(1, Math.max(state.part ?? 0, event.part)) }
        : state;
    case 'downloaded':
      return state.kind === 'downloading' ? { kind: 'ready', version: state.version } : state;
    case 'downloadFailed':
      return state.kind === 'downloading'
        ? { kind: 'failed', version: state.version, error: event.error }
        : state;
    case 'downloadCancelled':
      return state.kind === 'downloading' ? { kind: 'found', version: state.version } : state;
    default:
      return assertNever(event);
  }
}
