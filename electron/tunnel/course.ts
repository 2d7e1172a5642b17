import type { ErrorReport } from '../../shared/errors/app-error';
import { errorTable } from '../../shared/errors/error-codes';
import type { ConnectionState } from '../../shared/model/connection';
import type { Forward, Tunnel } from '../../shared/model/tunnel';
import type { TunnelState } from '../../shared/model/tunnel-status';
import { assertNever } from '../../shared/util/assert-never';

/** Where a tunnel is, with what only its own transitions need. `openingId` tells late answers from awaited ones. */
export type Course = { readonly openingId: number } & (
  | { readonly kind: 'off' }
  | { readonly kind: 'standby' }
  /** `tries`: how often it has failed in a row. */
  | { readonly kind: 'opening'; readonly tries: number }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'active'; readonly sinceMs: number }
  /** `connection`: the tunnel's own end may well be open; `listen`: it is not. */
  | {
      readonly kind: 'failed';
      readonly cause: 'connection' | 'listen';
      readonly error: ErrorReport;
      readonly tries: number;
    }
);

/** The machine's connection, as far as a tunnel cares. */
export type Link =
  /** Nobody wants one: never connected, or disconnected by the user. */
  | { readonly kind: 'none' }
  | { readonly kind: 'onItsWay' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly error: ErrorReport };

export type TunnelEvent =
  /** It is on, but must not connect by itself. */
  | { readonly kind: 'armed' }
  | { readonly kind: 'turnedOn' }
  | { readonly kind: 'turnedOff' }
  | { readonly kind: 'linkChanged' }
  | { readonly kind: 'opened'; readonly openingId: number }
  | { readonly kind: 'openFailed'; readonly openingId: number; readonly error: ErrorReport }
  | { readonly kind: 'retryDue'; readonly openingId: number }
  /** The tunnel's own end has closed without being asked to. */
  | { readonly kind: 'endLost' }
  /** This computer woke up, or is in another network. */
  | { readonly kind: 'networkChanged' };

export type TunnelEffect =
  /** Claims the machine's connection, which makes it connect. */
  | { readonly kind: 'hold' }
  | { readonly kind: 'letGo' }
  | { readonly kind: 'open'; readonly openingId: number }
  /** Closes the tunnel's own end and breaks off its clients; opening it, if under way, is given up. */
  | { readonly kind: 'close' }
  | { readonly kind: 'retryLater'; readonly openingId: number; readonly delayMs: number }
  /** Its switch goes off for good: it starts by hand. */
  | { readonly kind: 'forgetSwitch' };

/** What a transition may look at besides state and event. */
export interface Circumstances {
  readonly forward: Forward['kind'];
  readonly startsWith: Tunnel['startsWith'];
  readonly link: Link;
  readonly nowMs: number;
}

export interface Transition {
  readonly course: Course;
  readonly effects: readonly TunnelEffect[];
}

export const initialCourse: Course = { kind: 'off', openingId: 0 };

const firstRetryMs = 2000;
const longestRetryMs = 30_000;

/** The whole behaviour of a tunnel: pure. An event that does not fit the state changes nothing. */
export function transition(course: Course, event: TunnelEvent, circumstances: Circumstances): Transition {
  if ('openingId' in event && event.openingId !== course.openingId) return unchanged(course);
  switch (event.kind) {
    case 'armed':
      if (course.kind !== 'off') return unchanged(course);
      return circumstances.link.kind === 'ready'
        ? begin(course, circumstances)
        : { course: { kind: 'standby', openingId: course.openingId }, effects: [] };
    case 'turnedOn':
      return onTurnedOn(course, circumstances);
    case 'turnedOff':
      return course.kind === 'off' ? unchanged(course) : end(course, 'off');
    case 'linkChanged':
      return onLinkChanged(course, circumstances);
    case 'opened':
      return course.kind === 'opening' ? settle(course, circumstances) : unchanged(course);
    case 'openFailed':
      return course.kind === 'opening' ? onOpenFailed(course, event.error, circumstances) : unchanged(course);
    case 'retryDue':
      if (course.kind !== 'failed') return unchanged(course);
      return course.cause === 'connection' ? connectAgain(course) : open(course, circumstances, course.tries);
    case 'endLost':
      return onEndLost(course, circumstances);
    case 'networkChanged':
      return course.kind === 'failed' &&
        course.cause === 'connection' &&
        connectsByItself(course.error, circumstances)
        ? connectAgain(course)
        : unchanged(course);
    default:
      return assertNever(event);
  }
}

/** One of the machine goes with its connection, whose loss brings it back; a port of this computer opens again. */
function onEndLost(course: Course, circumstances: Circumstances): Transition {
  switch (course.kind) {
    case 'opening':
    case 'waiting':
    case 'active':
    case 'failed': {
      const isOpen = course.kind !== 'failed' || course.cause === 'connection';
      return isOpen && circumstances.forward !== 'remote' ? open(course, circumstances) : unchanged(course);
    }
    case 'off':
    case 'standby':
      return unchanged(course);
    default:
      return assertNever(course);
  }
}

const unchanged = (course: Course): Transition => ({ course, effects: [] });

function onTurnedOn(course: Course, circumstances: Circumstances): Transition {
  switch (course.kind) {
    case 'off':
    case 'standby':
      return begin(course, circumstances);
    case 'failed':
      return course.cause === 'connection' ? connectAgain(course) : begin(course, circumstances);
    case 'opening':
    case 'waiting':
    case 'active':
      return unchanged(course);
    default:
      return assertNever(course);
  }
}

/** A port that is open on this computer stays open. */
function connectAgain({ openingId }: Course): Transition {
  return { course: { kind: 'waiting', openingId }, effects: [{ kind: 'hold' }] };
}

function begin(course: Course, circumstances: Circumstances): Transition {
  const { course: next, effects } = open(course, circumstances);
  return { course: next, effects: [{ kind: 'hold' }, ...effects] };
}

/** A port of this computer opens without the machine; one of the machine needs the connection first. */
function open(course: Course, { forward, link }: Circumstances, tries = 0): Transition {
  const openingId = course.openingId + 1;
  if (forward === 'remote' && link.kind !== 'ready')
    return { course: { kind: 'waiting', openingId }, effects: [] };
  return { course: { kind: 'opening', openingId, tries }, effects: [{ kind: 'open', openingId }] };
}

function end(course: Course, kind: 'off' | 'standby'): Transition {
  return {
    course: { kind, openingId: course.openingId + 1 },
    effects: [{ kind: 'close' }, { kind: 'letGo' }],
  };
}

/** The tunnel's own end is open: the rest is the connection's. */
function settle({ openingId }: Course, { link, nowMs, startsWith }: Circumstances): Transition {
  switch (link.kind) {
    case 'ready':
      return { course: { kind: 'active', openingId, sinceMs: nowMs }, effects: [] };
    case 'none':
    case 'onItsWay':
      return { course: { kind: 'waiting', openingId }, effects: [] };
    case 'failed':
      return {
        course: { kind: 'failed', openingId, cause: 'connection', error: link.error, tries: 0 },
        effects: connectsByItself(link.error, { startsWith })
          ? [{ kind: 'retryLater', openingId, delayMs: longestRetryMs }]
          : [],
      };
    default:
      return assertNever(link);
  }
}

/** When a computer starts, its network often comes after its programs. */
const connectsByItself = (error: ErrorReport, { startsWith }: Pick<Circumstances, 'startsWith'>): boolean =>
  startsWith === 'app' && errorTable[error.code].isRetryable;

function onOpenFailed(
  course: Course & { kind: 'opening' },
  error: ErrorReport,
  { forward, link }: Circumstances,
): Transition {
  const { openingId } = course;
  // The connection went while the machine was asked: that is no refusal.
  if (forward === 'remote' && link.kind !== 'ready')
    return { course: { kind: 'waiting', openingId: openingId + 1 }, effects: [{ kind: 'close' }] };
  const tries = course.tries + 1;
  const failed: Course = { kind: 'failed', openingId, cause: 'listen', error, tries };
  // A session that the machine still takes for alive holds the port until it is noticed to be dead.
  const delayMs = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(tries - 1, 10));
  return {
    course: failed,
    effects: forward === 'remote' ? [{ kind: 'retryLater', openingId, delayMs }] : [],
  };
}

function onLinkChanged(course: Course, circumstances: Circumstances): Transition {
  const { link, forward, startsWith } = circumstances;
  if (course.kind === 'off') return unchanged(course);
  if (course.kind === 'standby')
    return link.kind === 'ready' ? begin(course, circumstances) : unchanged(course);
  if (link.kind === 'none') return onDisconnected(course, startsWith);
  if (course.kind === 'failed' && course.cause === 'listen' && forward !== 'remote') return unchanged(course);
  if (link.kind === 'ready' && (course.kind === 'active' || course.kind === 'opening'))
    return unchanged(course);
  if (forward !== 'remote')
    return course.kind === 'opening' ? unchanged(course) : settle(course, circumstances);
  if (link.kind === 'ready') return open(course, circumstances);
  const settled = settle({ ...course, openingId: course.openingId + 1 }, circumstances);
  return { course: settled.course, effects: [{ kind: 'close' }, ...settled.effects] };
}

/** On purpose: ports are given back. */
function onDisconnected(course: Course, startsWith: Tunnel['startsWith']): Transition {
  if (startsWith !== 'hand') return end(course, 'standby');
  const { course: off, effects } = end(course, 'off');
  return { course: off, effects: [...effects, { kind: 'forgetSwitch' }] };
}

/** What the user sees of it. */
export function stateOf(course: Course): TunnelState {
  switch (course.kind) {
    case 'off':
    case 'standby':
    case 'opening':
    case 'waiting':
      return { kind: course.kind };
    case 'active':
      return { kind: 'active', sinceMs: course.sinceMs };
    case 'failed':
      return { kind: 'failed', error: course.error };
    default:
      return assertNever(course);
  }
}

export function linkOf(state: ConnectionState): Link {
  switch (state.kind) {
    case 'idle':
    case 'closing':
    case 'closed':
      return { kind: 'none' };
    case 'connecting':
    case 'awaitingHostKey':
    case 'authenticating':
    case 'waitingToRetry':
      return { kind: 'onItsWay' };
    case 'ready':
      return { kind: 'ready' };
    case 'failed':
      return { kind: 'failed', error: state.error };
    default:
      return assertNever(state);
  }
}
