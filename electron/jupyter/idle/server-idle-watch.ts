import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../../shared/errors/app-error';
import { type ServerIdle, stopNoticeMs } from '../../../shared/model/idle';
import type { IdlePolicy } from '../../../shared/model/idle-policy';
import type { ServerId } from '../../../shared/model/notebook';
import type { MachineLink } from '../../connection/machine-link';
import type { Transport } from '../../connection/transport';
import type { RemoteTarget } from '../../gateway/routes';
import type { Clock } from '../../system/clock';
import type { RunningJupyter } from '../runtime-file';
import type { IdleCounter, ToldIdle } from './idle-client';

const pauseAtMostMs = 30_000;
const looksPerPeriod = 12;
/** Somebody else may set a policy from another computer. */
const withoutPolicyPauseMs = 5 * 60_000;
/** Two answers about the same rest differ by the way of the answer. */
const sameRestMs = 2_000;

/** A server of which it is known who counts. */
export interface IdleServer {
  readonly serverId: ServerId;
  readonly folder: string;
  readonly running: RunningJupyter;
  /** Null: there can be none, so that Nuvem counts itself. */
  readonly keeper: RemoteTarget | null;
  /** What Nuvem begins with where it counts itself. */
  readonly begins: IdlePolicy;
}

/** What the user wants to know of an idle server. */
export type IdleNews =
  /** Nothing has run for as long as the user said. */
  | { readonly kind: 'idle'; readonly forMs: number }
  /** It ends soon unless something runs. */
  | { readonly kind: 'stopsSoon'; readonly inMs: number };

interface ServerIdleWatchDependencies {
  readonly link: MachineLink;
  readonly clock: Clock;
  readonly counterOver: (transport: Transport) => IdleCounter;
  readonly onChanged: () => void;
  readonly onNews: (news: IdleNews) => void;
}

/** Asks who counts how long one server has been idle, as often as its policy needs, while the machine is connected. */
export class ServerIdleWatch {
  #state: ServerIdle | null = null;
  #hasTold = false;
  #isStopped = false;
  #isAsking = false;
  #cancelTimer: () => void = () => undefined;
  readonly #forgetLink: () => void;

  constructor(
    readonly server: IdleServer,
    private readonly deps: ServerIdleWatchDependencies,
  ) {
    this.#forgetLink = deps.link.onStateChanged(() => this.#askNow());
    this.#askNow();
  }

  /** Null: not known yet. */
  get state(): ServerIdle | null {
    return this.#state;
  }

  /** @throws as `IdleCounter` does, `not-connected` */
  async order(order: (counter: IdleCounter) => Promise<ToldIdle>): Promise<void> {
    const { link, counterOver } = this.deps;
    if (link.state().kind !== 'ready') throw new AppError('not-connected');
    this.#take(await order(counterOver(await link.whenReady())));
    this.#askLater();
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancelTimer();
    this.#forgetLink();
  }

  #askNow(): void {
    this.#cancelTimer();
    if (this.#isStopped || this.#isAsking || this.deps.link.state().kind !== 'ready') return;
    this.#isAsking = true;
    this.order((counter) => counter.look())
      // What can't be asked now is asked again later; who ended is left out by then.
      .catch(() => this.#askLater())
      .finally(() => {
        this.#isAsking = false;
      });
  }

  #askLater(): void {
    this.#cancelTimer();
    if (!this.#isStopped) this.#cancelTimer = this.deps.clock.after(this.#pauseMs(), () => this.#askNow());
  }

  #pauseMs(): number {
    const policy = this.#state?.policy;
    if (policy === undefined) return pauseAtMostMs;
    if (policy.kind === 'nothing') return withoutPolicyPauseMs;
    return Math.min(pauseAtMostMs, (policy.afterHours * 3_600_000) / looksPerPeriod);
  }

  #take({ policy, idleMs }: ToldIdle): void {
    if (this.#isStopped) return;
    const nowMs = this.deps.clock.nowMs();
    const before = this.#state?.idleSinceMs ?? null;
    const told = idleMs === null ? null : nowMs - idleMs;
    const idleSinceMs =
      told !== null && before !== null && Math.abs(told - before) < sameRestMs ? before : told;
    const stopsAtMs =
      policy.kind === 'stop' && idleSinceMs !== null ? idleSinceMs + policy.afterHours * 3_600_000 : null;
    const { serverId, keeper } = this.server;
    const countedBy = keeper === null ? ('nuvem' as const) : ('machine' as const);
    const state = { serverId, policy, countedBy, idleSinceMs, stopsAtMs };
    const isChanged = !isDeepStrictEqual(state, this.#state);
    this.#state = state;
    if (isChanged) this.deps.onChanged();
    const news = newsOf(state, nowMs);
    if (news !== null && !this.#hasTold) this.deps.onNews(news);
    this.#hasTold = news !== null;
  }
}

/** What is to be said of a server that is as `idle` tells; null: nothing. */
export function newsOf(
  { policy, idleSinceMs, stopsAtMs }: Omit<ServerIdle, 'countedBy'>,
  nowMs: number,
): IdleNews | null {
  if (policy.kind === 'nothing' || idleSinceMs === null) return null;
  if (policy.kind === 'tell') {
    const forMs = nowMs - idleSinceMs;
    return forMs >= policy.afterHours * 3_600_000 ? { kind: 'idle', forMs } : null;
  }
  const inMs = Math.max(0, (stopsAtMs ?? nowMs) - nowMs);
  return inMs <= stopNoticeMs(policy.afterHours) ? { kind: 'stopsSoon', inMs } : null;
}
