import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../../shared/errors/app-error';
import type { KernelId, KernelWatch, ServerKernels } from '../../../shared/model/kernel';
import type { ServerId } from '../../../shared/model/notebook';
import type { MachineLink } from '../../connection/machine-link';
import type { Clock } from '../../system/clock';
import type { RunningJupyter } from '../runtime-file';
import { type KernelIncident, type KernelNews, learn, type WatchedKernels } from './kernel-state';
import { KernelsClient, type ListedKernel, type SessionsByKernel } from './kernels-client';

/** Between two questions: while a kernel works, while none does, and when none has for a while. */
const busyPauseMs = 2_000;
const idlePauseMs = 5_000;
const restingPauseMs = 10_000;
const restsAfterMs = 5 * 60_000;
const sessionsEveryMs = 15_000;
const refusalsThatCount = 2;

export interface WatchedServer {
  readonly serverId: ServerId;
  readonly running: RunningJupyter;
  /** False: its token could not be read. */
  readonly canOpen: boolean;
}

export interface ServerWatchDependencies {
  readonly link: MachineLink;
  readonly clock: Clock;
  readonly onChanged: () => void;
  readonly onIncident: (incident: KernelIncident) => void;
}

/**
 * Watches the kernels of one server for as long as the machine's connection is there, with or without a page. It
 * opens no web socket to a kernel: one more would make the server drop what it keeps for a page that is away
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
  #refusals = 0;
  #isAsking = false;
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
  noteTold(kernelId: KernelId): void {
    this.#learn({ kind: 'toldToEnd', kernelId, atMs: this.deps.clock.nowMs() });
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancelTimer();
    this.#forgetLink();
  }

  #followLink(): void {
    if (!this.server.canOpen) return;
    if (this.#isConnected()) this.askNow();
    else {
      this.#cancelTimer();
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
      this.#enter({ kind: 'watching', by: 'asking' });
      this.#learn({
        kind: 'listed',
        kernels,
        sessions: this.#sessions,
        displayNames: this.#displayNames,
        isHeard: false,
        atMs: this.#seenAtMs,
      });
    } catch (thrown) {
      if (!this.#isStopped) this.#takeFailure(AppError.from(thrown));
    }
  }

  async #askWhatChangesRarely(client: KernelsClient, kernels: readonly ListedKernel[]): Promise<void> {
    const nowMs = this.deps.clock.monotonicMs();
    const isNew = kernels.some(({ id }) => !this.#kernels.has(id));
    if (isNew || nowMs - this.#sessionsAtMs >= sessionsEveryMs) {
      this.#sessions = await client.sessions();
      this.#sessionsAtMs = nowMs;
    }
    if (kernels.some(({ name }) => !this.#displayNames.has(name))) {
      const told = await client.displayNames();
      // A name that the server does not explain stands for itself, and is not asked for again.
      this.#displayNames = new Map([...kernels.map(({ name }) => [name, name] as const), ...told]);
    }
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
    if (this.#refusals > 0) return busyPauseMs;
    if (this.#watch.kind !== 'watching') return restingPauseMs;
    if (this.#isAnyBusy) return busyPauseMs;
    return this.deps.clock.monotonicMs() - this.#busyAtMs < restsAfterMs ? idlePauseMs : restingPauseMs;
  }

  #isConnected(): boolean {
    return this.deps.link.state().kind === 'ready';
  }
}
