import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../../shared/errors/app-error';
import type { KernelId, KernelWatch, ServerKernels } from '../../../shared/model/kernel';
import type { ServerId } from '../../../shared/model/notebook';
import type { MachineLink } from '../../connection/machine-link';
import type { Transport } from '../../connection/transport';
import type { Clock } from '../../system/clock';
import type { RunningJupyter } from '../runtime-file';
import { type KernelIncident, type KernelNews, learn, type WatchedKernels } from './kernel-state';
import { KernelsClient, type ListedKernel, type SessionsByKernel } from './kernels-client';
import { listenToKernels } from './listen';

/** Between two questions: while a kernel works, while none does, and when none has for a while. */
const busyPauseMs = 2_000;
const idlePauseMs = 5_000;
const restingPauseMs = 10_000;
const restsAfterMs = 5 * 60_000;
/** What is not heard as it happens: a new name of a notebook, a kernel that was given up. */
const heardPauseMs = 15_000;
const sessionsEveryMs = 15_000;
/** How often a new kernel is asked about again that nothing is known to use: a page names its notebook later. */
const unplacedRoundsAtMost = 10;
const listenAgainMs = 60_000;
const waitingNewsAtMost = 20;
const refusalsThatCount = 2;

export type KernelOrder = Extract<KernelNews['kind'], 'toldToEnd' | 'toldToRestart'>;

export interface WatchedServer {
  readonly serverId: ServerId;
  readonly running: RunningJupyter;
  /** False: its token could not be read. */
  readonly canOpen: boolean;
}

export interface ServerWatchDependencies {
  readonly link: MachineLink;
  readonly clock: Clock;
  readonly random: (sizeBytes: number) => Buffer;
  /** False: the server is only asked; see `listenToKernels`. */
  readonly mayListen: boolean;
  readonly onChanged: () => void;
  readonly onIncident: (incident: KernelIncident) => void;
}

/**
 * Watches the kernels of one server for as long as the machine's connection is there, with or without a page: asks
 * the server, and where it can hears on the machine what the kernels publish. It opens no web socket to a kernel: one more would make the server drop what it keeps for a page that is away
 * (`buffer_offline_messages`), and would keep the server from ending kernels that nobody uses (`cull_connected`).
 */
export class ServerWatch {
  #watch: KernelWatch = { kind: 'looking' };
  #kernels: WatchedKernels = new Map();
  #seenAtMs: number | null = null;
  #sessions: SessionsByKernel = new Map();
  #sessionsAtMs = Number.NEGATIVE_INFINITY;
  #displayNames: ReadonlyMap<string, string> = new Map();
  #busyAtMs: number;
  #isAnyBusy = false;
  #unplacedRounds = unplacedRoundsAtMost;
  #refusals = 0;
  #isAsking = false;
  /** What was heard of kernels that the server has not told of yet. */
  readonly #waitingNews: KernelNews[] = [];
  #listening: AbortController | null = null;
  #isHeard = false;
  #listensAgainAtMs = Number.NEGATIVE_INFINITY;
  #isStopped = false;
  #cancelTimer: () => void = () => undefined;
  readonly #forgetLink: () => void;

  constructor(
    readonly server: WatchedServer,
    private readonly deps: ServerWatchDependencies,
  ) {
    this.#busyAtMs = deps.clock.monotonicMs();
    this.#forgetLink = deps.link.onStateChanged(() => this.#followLink());
    if (!server.canOpen) this.#watch = { kind: 'unreadable', reason: 'token' };
    else if (this.#isConnected()) this.askNow();
    else this.#watch = { kind: 'connectionDown' };
  }

  get snapshot(): ServerKernels {
    return {
      serverId: this.server.serverId,
      watch: this.#watch,
      seenAtMs: this.#seenAtMs,
      kernels: [...this.#kernels.values()].map(({ kernel }) => kernel),
    };
  }

  /** Asks the server at once, unless it is being asked. */
  askNow(): void {
    if (this.#isStopped || this.#isAsking || !this.server.canOpen || !this.#isConnected()) return;
    this.#cancelTimer();
    this.#isAsking = true;
    void this.#ask().finally(() => {
      this.#isAsking = false;
      this.#askLater();
    });
  }

  /** A kernel's end is not news: the user asked for it. */
  noteTold(kernelId: KernelId, order: KernelOrder): void {
    this.#learn({ kind: order, kernelId, atMs: this.deps.clock.nowMs() });
  }

  stop(): void {
    this.#isStopped = true;
    this.#listening?.abort();
    this.#cancelTimer();
    this.#forgetLink();
  }

  #followLink(): void {
    if (!this.server.canOpen) return;
    if (this.#isConnected()) this.askNow();
    else {
      this.#cancelTimer();
      this.#fallSilent();
      this.#listensAgainAtMs = Number.NEGATIVE_INFINITY;
      if (this.#watch.kind !== 'serverGone') this.#enter({ kind: 'connectionDown' });
    }
  }

  async #ask(): Promise<void> {
    try {
      const transport = await this.deps.link.whenReady();
      const client = new KernelsClient(transport, this.server.running, this.deps.clock);
      const kernels = await client.kernels();
      await this.#askWhatChangesRarely(client, kernels);
      if (this.#isStopped) return;
      this.#refusals = 0;
      this.#seenAtMs = this.deps.clock.nowMs();
      this.#isAnyBusy = kernels.some(({ state }) => state === 'busy' || state === 'starting');
      if (this.#isAnyBusy) this.#busyAtMs = this.deps.clock.monotonicMs();
      this.#enter(this.#howWatched());
      this.#learn({
        kind: 'listed',
        kernels,
        sessions: this.#sessions,
        displayNames: this.#displayNames,
        isHeard: this.#isHeard,
        atMs: this.#seenAtMs,
      });
      for (const news of this.#waitingNews.splice(0)) this.#learn(news);
      this.#listen(transport);
    } catch (thrown) {
      if (!this.#isStopped) this.#takeFailure(AppError.from(thrown));
    }
  }

  async #askWhatChangesRarely(client: KernelsClient, kernels: readonly ListedKernel[]): Promise<void> {
    const nowMs = this.deps.clock.monotonicMs();
    const isNew = kernels.some(({ id }) => !this.#kernels.has(id));
    if (isNew) this.#unplacedRounds = 0;
    const isUnplaced = this.#isUnplaced(kernels);
    if (isNew || isUnplaced || nowMs - this.#sessionsAtMs >= sessionsEveryMs) {
      this.#sessions = await client.sessions();
      this.#sessionsAtMs = nowMs;
      this.#unplacedRounds += 1;
    }
    if (kernels.some(({ name }) => !this.#displayNames.has(name))) {
      const told = await client.displayNames();
      // A name that the server does not explain stands for itself, and is not asked for again.
      this.#displayNames = new Map([...kernels.map(({ name }) => [name, name] as const), ...told]);
    }
  }

  /** Begins to hear what the kernels publish, unless it is heard already or can't be. */
  #listen(transport: Transport): void {
    const { clock, random, mayListen } = this.deps;
    if (!mayListen || this.#listening !== null || clock.monotonicMs() < this.#listensAgainAtMs) return;
    const listening = new AbortController();
    this.#listening = listening;
    const isPresent = (): boolean => this.#listening === listening && !this.#isStopped;
    void listenToKernels(
      transport,
      this.server.running.pid,
      {
        onListening: () => {
          if (!isPresent()) return;
          this.#isHeard = true;
          if (this.#watch.kind === 'watching') this.#enter(this.#howWatched());
        },
        onKernelsChanged: () => isPresent() && this.askNow(),
        onNews: (news) => isPresent() && this.#hear(news),
      },
      { random, nowMs: clock.nowMs, signal: listening.signal },
    )
      .catch((error: unknown) => AppError.from(error))
      .then(() => {
        if (!isPresent()) return;
        // One that never began would not begin the next time either; a connection that is new may lead elsewhere.
        this.#listensAgainAtMs = this.#isHeard
          ? clock.monotonicMs() + listenAgainMs
          : Number.POSITIVE_INFINITY;
        this.#fallSilent();
        if (this.#watch.kind === 'watching') this.#enter(this.#howWatched());
        // It ends with the server, above all.
        this.askNow();
      });
  }

  #hear(news: KernelNews): void {
    if ('kernelId' in news && !this.#kernels.has(news.kernelId)) {
      if (this.#waitingNews.length < waitingNewsAtMost) this.#waitingNews.push(news);
    } else this.#learn(news);
  }

  #fallSilent(): void {
    this.#listening?.abort();
    this.#listening = null;
    this.#isHeard = false;
    this.#waitingNews.length = 0;
    this.#learn({ kind: 'silenced' });
  }

  #howWatched(): KernelWatch {
    return { kind: 'watching', by: this.#isHeard ? 'events' : 'asking' };
  }

  #isUnplaced(kernels: readonly { readonly id: KernelId }[]): boolean {
    return this.#unplacedRounds < unplacedRoundsAtMost && kernels.some(({ id }) => !this.#sessions.has(id));
  }

  #takeFailure({ code }: AppError): void {
    if (code === 'channel-refused') {
      this.#refusals += 1;
      if (this.#refusals >= refusalsThatCount) this.#lose({ kind: 'serverGone' });
    } else if (code === 'notebook-token-unknown') this.#lose({ kind: 'unreadable', reason: 'token' });
    else if (code === 'connection-lost' || code === 'not-connected') this.#enter({ kind: 'connectionDown' });
    else this.#enter({ kind: 'unreadable', reason: 'answer' });
  }

  /** What was known of its kernels holds no longer. */
  #lose(watch: KernelWatch): void {
    this.#kernels = new Map();
    this.#enter(watch);
  }

  #learn(news: KernelNews): void {
    const before = this.snapshot;
    const { kernels, incidents } = learn(this.#kernels, news);
    this.#kernels = kernels;
    if (!isDeepStrictEqual(before.kernels, this.snapshot.kernels)) this.deps.onChanged();
    for (const incident of incidents) this.deps.onIncident(incident);
  }

  #enter(watch: KernelWatch): void {
    if (isDeepStrictEqual(this.#watch, watch)) return;
    this.#watch = watch;
    this.deps.onChanged();
  }

  #askLater(): void {
    if (this.#isStopped || !this.#isConnected()) return;
    this.#cancelTimer = this.deps.clock.after(this.#pauseMs(), () => this.askNow());
  }

  #pauseMs(): number {
    const isInDoubt = [...this.#kernels.values()].some(({ contradictions }) => contradictions > 0);
    const isUnplaced = this.#isUnplaced(this.snapshot.kernels);
    if (this.#refusals > 0 || isInDoubt || isUnplaced) return busyPauseMs;
    if (this.#watch.kind !== 'watching') return restingPauseMs;
    if (this.#isHeard) return heardPauseMs;
    if (this.#isAnyBusy) return busyPauseMs;
    return this.deps.clock.monotonicMs() - this.#busyAtMs < restsAfterMs ? idlePauseMs : restingPauseMs;
  }

  #isConnected(): boolean {
    return this.deps.link.state().kind === 'ready';
  }
}
