import type { Kernel, KernelId, KernelState } from '../../../shared/model/kernel';
import type { ListedKernel, SessionsByKernel } from './kernels-client';

/** A cell, or what else a page had a kernel do. */
interface Run {
  /** Null: it was under way before Nuvem listened. */
  readonly messageId: string | null;
  readonly startedAtMs: number;
  readonly hasFailed: boolean;
}

/** What tells of another process: the first words that it publishes, and its number on the machine. */
type ReplacementSign = 'words' | 'number';

/** All that is known of one kernel. */
export interface WatchedKernel {
  readonly kernel: Kernel;
  readonly run: Run | null;
  /** Which process publishes for it (Jupyter messaging: `header.session`); null: not heard yet. */
  readonly processSession: string | null;
  /** Number of its process on the machine; null: not known. */
  readonly pid: number | null;
  /** Since when what it publishes is heard, at the latest; null: it is not. */
  readonly heardSinceMs: number | null;
  /** Another process took its place, of which only one of the two signs was seen yet; null: none, or both were. */
  readonly halfSeen: { readonly sign: ReplacementSign; readonly atMs: number } | null;
  /** When the kernel said that it was told to end, or Nuvem told it; null: not, or it has done so. */
  readonly toldToEndAtMs: number | null;
  /** How often in a row the server told another state than what was heard. */
  readonly contradictions: number;
}

export type WatchedKernels = ReadonlyMap<KernelId, WatchedKernel>;

/** What was learnt of the kernels. Times are by this computer's clock. */
export type KernelNews =
  /** The server told of all its kernels. `isHeard`: what kernels publish is heard, too. */
  | {
      readonly kind: 'listed';
      readonly kernels: readonly ListedKernel[];
      readonly sessions: SessionsByKernel;
      readonly displayNames: ReadonlyMap<string, string>;
      readonly isHeard: boolean;
      readonly atMs: number;
    }
  /** The kernel published its state while it did what message `messageId` asked for. */
  | {
      readonly kind: 'published';
      readonly kernelId: KernelId;
      readonly state: KernelState;
      readonly messageId: string;
      /** False: it was asked for something that is no work, such as its version or a completion. */
      readonly isWork: boolean;
      readonly processSession: string;
      readonly atMs: number;
    }
  /** What message `messageId` asked for has ended in an error. */
  | { readonly kind: 'failed'; readonly kernelId: KernelId; readonly messageId: string }
  /** Somebody told the kernel to end or to begin anew. */
  | { readonly kind: 'toldToEnd'; readonly kernelId: KernelId; readonly atMs: number }
  /** Nuvem tells it to begin anew. */
  | { readonly kind: 'toldToRestart'; readonly kernelId: KernelId; readonly atMs: number }
  /** The kernel's process on the machine has this number. */
  | { readonly kind: 'process'; readonly kernelId: KernelId; readonly pid: number; readonly atMs: number }
  /** What kernels publish is not heard any more. */
  | { readonly kind: 'silenced' };

/** What is worth telling the user. */
export type KernelIncident =
  | {
      readonly kind: 'runEnded';
      readonly kernel: Kernel;
      readonly durationMs: number;
      /** `unknown`: its end was not heard, only that the kernel is not busy any more. */
      readonly outcome: 'ok' | 'failed' | 'unknown';
    }
  /** Its process ended although nobody had asked for that, and Jupyter has begun it anew. */
  | { readonly kind: 'restartedByItself'; readonly kernel: Kernel }
  /** Its process ended although nobody had asked for that, and nothing takes its place. */
  | { readonly kind: 'died'; readonly kernel: Kernel };

export interface KernelStep {
  readonly kernels: WatchedKernels;
  readonly incidents: readonly KernelIncident[];
}

/** What is heard may arrive after an older answer of the server; a message that was lost is noticed all the same. */
const contradictionsAtMost = 2;

/** Both signs of another process within this time speak of the same one: a busy machine looks for numbers late. */
const sameReplacementMs = 60_000;

/** A kernel that the server told of is heard after this time at the latest: the listener looks for new ones by itself. */
const heardWithinMs = 4_000;

/** How long an order to end may take to show: Jupyter waits some seconds before it forces a kernel. */
const endingMs = 60_000;

/** The kernels after `news`, and what of it the user may want to know. */
export function learn(known: WatchedKernels, news: KernelNews): KernelStep {
  if (news.kind === 'listed') return learnList(known, news);
  if (news.kind === 'silenced') {
    const silent = [...known].map(
      ([id, one]) => [id, { ...one, processSession: null, heardSinceMs: null }] as const,
    );
    return { kernels: new Map(silent), incidents: [] };
  }
  const one = known.get(news.kernelId);
  // Not told of by the server yet: its state comes with the next list.
  if (one === undefined) return { kernels: known, incidents: [] };
  const incidents: KernelIncident[] = [];
  const next = learnOfOne(one, news, incidents);
  return { kernels: new Map(known).set(news.kernelId, next), incidents };
}

type NewsOfOne = Exclude<KernelNews, { readonly kind: 'listed' | 'silenced' }>;

function learnOfOne(one: WatchedKernel, news: NewsOfOne, incidents: KernelIncident[]): WatchedKernel {
  switch (news.kind) {
    case 'process': {
      const isOther = one.pid !== null && one.pid !== news.pid;
      const present = isOther ? replaced(one, 'number', news.atMs, incidents) : one;
      return { ...present, pid: news.pid };
    }
    case 'toldToEnd':
      return { ...one, toldToEndAtMs: news.atMs };
    case 'toldToRestart':
      return { ...one, toldToEndAtMs: news.atMs, kernel: withState(one.kernel, 'restarting', null) };
    case 'failed':
      if (one.run === null || (one.run.messageId !== null && one.run.messageId !== news.messageId))
        return one;
      return { ...one, run: { ...one.run, hasFailed: true } };
    case 'published':
      return learnPublished(one, news, incidents);
  }
}

function learnPublished(
  before: WatchedKernel,
  news: Extract<KernelNews, { readonly kind: 'published' }>,
  incidents: KernelIncident[],
): WatchedKernel {
  let one: WatchedKernel = { ...before, contradictions: 0 };
  if (one.processSession !== null && one.processSession !== news.processSession) {
    one = replaced(one, 'words', news.atMs, incidents);
  }
  one = { ...one, processSession: news.processSession };
  const lastActivityMs = Math.max(one.kernel.lastActivityMs ?? 0, news.atMs);
  if (!news.isWork) {
    // One that answers anything has begun.
    const isReady = one.kernel.state === 'starting' && (news.state === 'idle' || news.state === 'busy');
    return isReady ? { ...one, kernel: withState(one.kernel, 'idle', null) } : one;
  }
  if (news.state === 'busy') {
    const run: Run = { messageId: news.messageId, startedAtMs: news.atMs, hasFailed: false };
    const since = one.kernel.busySinceMs ?? news.atMs;
    return { ...one, run, kernel: { ...withState(one.kernel, 'busy', since), lastActivityMs } };
  }
  if (news.state !== 'idle') return { ...one, kernel: withState(one.kernel, news.state, null) };
  const kernel = { ...withState(one.kernel, 'idle', null), lastActivityMs };
  const { run } = one;
  if (run !== null) {
    // An error is published right before the end: it was heard, unless the listening itself had only just begun.
    const isHeard = one.heardSinceMs !== null && news.atMs - one.heardSinceMs > heardWithinMs;
    const isWhole = run.messageId === news.messageId || (run.messageId === null && isHeard);
    const outcome = run.hasFailed ? 'failed' : isWhole ? 'ok' : 'unknown';
    incidents.push({ kind: 'runEnded', kernel, durationMs: news.atMs - run.startedAtMs, outcome });
  }
  return { ...one, kernel, run: null };
}

/** Another process has taken the kernel's place, unless this is the second sign of one that is known already. */
function replaced(
  one: WatchedKernel,
  sign: ReplacementSign,
  atMs: number,
  incidents: KernelIncident[],
): WatchedKernel {
  const { halfSeen } = one;
  if (halfSeen !== null && halfSeen.sign !== sign && atMs - halfSeen.atMs < sameReplacementMs) {
    return { ...one, halfSeen: null };
  }
  const kernel = withState(one.kernel, 'starting', null);
  if (!isToldToEnd(one, atMs)) incidents.push({ kind: 'restartedByItself', kernel });
  return { ...one, kernel, run: null, toldToEndAtMs: null, halfSeen: { sign, atMs } };
}

function learnList(
  known: WatchedKernels,
  news: Extract<KernelNews, { readonly kind: 'listed' }>,
): KernelStep {
  const incidents: KernelIncident[] = [];
  const kernels = news.kernels.map((listed): readonly [KernelId, WatchedKernel] => {
    const { id, name, lastActivityMs, connections } = listed;
    const before = known.get(id);
    const told = {
      ...{ id, name, lastActivityMs, connections },
      displayName: news.displayNames.get(name) ?? name,
      sessions: news.sessions.get(id) ?? [],
    };
    if (before === undefined) return [id, newlyListed(told, listed, news)];
    const heardSinceMs = news.isHeard ? (before.heardSinceMs ?? news.atMs) : null;
    const one = { ...before, heardSinceMs, kernel: { ...before.kernel, ...told } };
    return [id, learnListed(one, listed, news, incidents)];
  });
  return { kernels: new Map(kernels), incidents };
}

function newlyListed(
  told: Omit<Kernel, 'state' | 'busySinceMs'>,
  listed: ListedKernel,
  { isHeard, atMs }: Extract<KernelNews, { readonly kind: 'listed' }>,
): WatchedKernel {
  const run = listed.state === 'busy' ? runUnderWay(listed, atMs) : null;
  return {
    kernel: { ...told, state: listed.state, busySinceMs: run?.startedAtMs ?? null },
    run,
    processSession: null,
    pid: null,
    heardSinceMs: isHeard ? atMs : null,
    halfSeen: null,
    toldToEndAtMs: null,
    contradictions: 0,
  };
}

function learnListed(
  one: WatchedKernel,
  listed: ListedKernel,
  { isHeard, atMs }: { readonly isHeard: boolean; readonly atMs: number },
  incidents: KernelIncident[],
): WatchedKernel {
  const { state } = listed;
  const { kernel, run } = one;
  if (state === kernel.state) return { ...one, contradictions: 0 };
  if (state === 'dead') {
    const dead = withState(kernel, 'dead', null);
    if (!isToldToEnd(one, atMs)) incidents.push({ kind: 'died', kernel: dead });
    return { ...one, kernel: dead, run: null, toldToEndAtMs: null, contradictions: 0 };
  }
  // What was heard is newer than what the server told, unless the server insists.
  const contradictions = one.contradictions + 1;
  if (isHeard && one.processSession !== null && contradictions < contradictionsAtMost) {
    return { ...one, contradictions };
  }
  if (state === 'busy') {
    const started = run ?? runUnderWay(listed, atMs);
    return {
      ...one,
      kernel: withState(kernel, 'busy', started.startedAtMs),
      run: started,
      contradictions: 0,
    };
  }
  const next = withState(kernel, state, null);
  if (state === 'idle' && run !== null && !isToldToEnd(one, atMs)) {
    const endedAtMs = Math.min(atMs, Math.max(listed.lastActivityMs ?? atMs, run.startedAtMs));
    incidents.push({
      kind: 'runEnded',
      kernel: next,
      durationMs: endedAtMs - run.startedAtMs,
      outcome: run.hasFailed ? 'failed' : 'unknown',
    });
  }
  return { ...one, kernel: next, run: null, toldToEndAtMs: null, contradictions: 0 };
}

/** A run whose beginning nobody heard: it began with the last that the server heard of the kernel, or before. */
function runUnderWay({ lastActivityMs }: ListedKernel, atMs: number): Run {
  return { messageId: null, startedAtMs: Math.min(atMs, lastActivityMs ?? atMs), hasFailed: false };
}

const isToldToEnd = ({ toldToEndAtMs }: WatchedKernel, atMs: number): boolean =>
  toldToEndAtMs !== null && atMs - toldToEndAtMs < endingMs;

const withState = (kernel: Kernel, state: KernelState, busySinceMs: number | null): Kernel => ({
  ...kernel,
  state,
  busySinceMs,
});
