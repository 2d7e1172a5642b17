import { isLoopback } from '../../shared/model/tunnel';
import { assertNever } from '../../shared/util/assert-never';
import type { NetworkFacts } from '../system/network-facts';
import { logged } from './connection-effect';
import type { Course } from './course';
import { type Moment, retry, start, type Transition, unchanged } from './course-steps';
import { beginOutage } from './retry';

/** TCP sends again what was lost in pauses that double: after some seconds without a network the next is that far. */
const probeWithinMs = 10_000;
/** The connection's own address is gone. It may come back, but hardly later than this. */
const probeMovedWithinMs = 3000;

/** What a change of the network means for a connection that comes from one address of this computer. */
export type NetworkVerdict =
  /** There is no network: nothing can be reached, and what is connected may outlast it. */
  | 'offline'
  | 'here'
  /** The address of the connection is gone, others are there. */
  | 'moved';

/** `localAddress`: null when it is not known. */
export function judgeNetwork({ addresses }: NetworkFacts, localAddress: string | null): NetworkVerdict {
  if (localAddress !== null && isLoopback(localAddress)) return 'here';
  if (addresses.length === 0) return 'offline';
  return localAddress === null || addresses.includes(localAddress) ? 'here' : 'moved';
}

/** After sleep the network needs a moment: what looks ready is asked, what waits tries now, with all its time anew. */
export function onResumed(state: Course, moment: Moment): Transition {
  const entry = logged('resumed-from-sleep');
  switch (state.kind) {
    case 'ready':
      return {
        state,
        effects: [entry, { kind: 'probe', attemptId: state.attemptId, withinMs: probeWithinMs }],
      };
    case 'waitingToRetry': {
      if (moment.isPaused) return unchanged(state);
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

/**
 * Another network, or a VPN that came or went: what is ready is probed, what waits tries now, and an attempt that
 * began in the old network begins again. Pauses between further tries are short again.
 */
export function onNetworkChanged(state: Course, verdict: NetworkVerdict, moment: Moment): Transition {
  const entry = logged(verdict === 'offline' ? 'network-gone' : 'network-changed');
  switch (state.kind) {
    case 'ready':
      return verdict === 'offline'
        ? { state, effects: [entry] }
        : {
            state,
            effects: [
              entry,
              {
                kind: 'probe',
                attemptId: state.attemptId,
                withinMs: verdict === 'moved' ? probeMovedWithinMs : probeWithinMs,
              },
            ],
          };
    case 'waitingToRetry': {
      if (verdict === 'offline' || moment.isPaused) return { state, effects: [entry] };
      const { state: next, effects } = retry(state, { ...state.outage, retryNumber: 1 }, moment, true);
      return { state: next, effects: [entry, ...effects] };
    }
    case 'connecting': {
      if (verdict === 'offline' || state.trip.outage === null) return unchanged(state);
      const outage = { ...state.trip.outage, retryNumber: 1 };
      return start(state, { ...state.trip, outage }, [{ kind: 'abortAttempt' }, entry]);
    }
    // An attempt that got as far as this has met the server in the new network, or ends by its time limits.
    case 'authenticating':
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
