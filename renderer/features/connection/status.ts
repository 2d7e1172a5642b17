import type { ConnectionState } from '../../../shared/model/connection';
import { assertNever } from '../../../shared/util/assert-never';

/** How a connection's state looks: each tone has its own shape, colour and short text (`status.short.<tone>`). */
export type StatusTone = 'idle' | 'busy' | 'asking' | 'ready' | 'waiting' | 'paused' | 'failed';

export interface Status {
  readonly tone: StatusTone;
  /** The text key below `status.sentence`. */
  readonly sentence:
    | 'notConnected'
    | 'closing'
    | 'connecting'
    | 'reconnecting'
    | 'checkingHostKey'
    | 'signingIn'
    | 'signingInAgain'
    | 'asking'
    | 'connected'
    | 'waiting'
    | 'paused'
    | 'failed';
}

/** What the user is told about a connection's state. What they cancelled themselves is no failure. */
export function statusOf(state: ConnectionState): Status {
  switch (state.kind) {
    case 'idle':
    case 'closed':
      return { tone: 'idle', sentence: 'notConnected' };
    case 'closing':
      return { tone: 'idle', sentence: 'closing' };
    case 'connecting':
      return { tone: 'busy', sentence: state.isReconnect ? 'reconnecting' : 'connecting' };
    case 'awaitingHostKey':
      return { tone: 'asking', sentence: 'checkingHostKey' };
    case 'authenticating':
      if (state.prompt) return { tone: 'asking', sentence: 'asking' };
      return { tone: 'busy', sentence: state.isReconnect ? 'signingInAgain' : 'signingIn' };
    case 'ready':
      return { tone: 'ready', sentence: 'connected' };
    case 'waitingToRetry':
      return state.nextTryAtMs === null
        ? { tone: 'paused', sentence: 'paused' }
        : { tone: 'waiting', sentence: 'waiting' };
    case 'failed':
      return state.error.code === 'cancelled'
        ? { tone: 'idle', sentence: 'notConnected' }
        : { tone: 'failed', sentence: 'failed' };
    default:
      return assertNever(state);
  }
}
