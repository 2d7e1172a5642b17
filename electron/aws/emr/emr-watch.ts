import { AppError } from '../../../shared/errors/app-error';
import type { AwsAccountId } from '../../../shared/model/aws-account';
import {
  type EmrCluster,
  type EmrSnapshot,
  emrStates,
  isActive,
  isChanging,
  noEmrClusters,
} from '../../../shared/model/emr-cluster';
import type { Clock } from '../../system/clock';
import type { AwsSession } from '../aws-session';
import { ended, withClusters } from './cluster-list';
import { listInstances, readCluster, readDetail } from './read-cluster';

/** While a cluster starts or ends, and after something changed. */
const soonMs = 10_000;
const latestMs = 120_000;
/** The window is told of a long list in few steps: each is a copy of all. */
const pagesAtOnce = 10;
/** Of so many that ended meanwhile it is asked how; the others are as they were until the next whole list. */
const mostEnded = 20;

interface EmrWatchDependencies {
  readonly accountId: AwsAccountId;
  readonly session: () => Promise<AwsSession>;
  readonly clock: Clock;
  readonly onChanged: (state: Omit<EmrSnapshot, 'revision'>) => void;
}

/**
 * Looks at the clusters of an account for as long as somebody wants to see them: all of them once, then those that are
 * active, more rarely the longer nothing happens and after failures.
 */
export class EmrWatch {
  #state: Omit<EmrSnapshot, 'revision'>;
  #clusterId: string | null = null;
  #delayMs = soonMs;
  #abort = new AbortController();
  #cancelTimer = (): void => undefined;

  constructor(private readonly deps: EmrWatchDependencies) {
    const { revision: _, ...nothing } = noEmrClusters;
    this.#state = { ...nothing, accountId: deps.accountId };
  }

  /** Looks now; what was under way is given up. */
  refresh(): void {
    this.#cancelTimer();
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#delayMs = soonMs;
    this.#enter({ isLoading: true, error: null });
    void this.#look(this.#abort.signal);
  }

  /** The cluster of which more is told; null: none. */
  show(clusterId: string | null): void {
    if (clusterId === this.#clusterId) return;
    this.#clusterId = clusterId;
    if (this.#state.detail?.clusterId !== clusterId) this.#enter({ detail: null });
    this.refresh();
  }

  stop(): void {
    this.#cancelTimer();
    this.#abort.abort();
  }

  async #look(signal: AbortSignal): Promise<void> {
    const before = this.#state.clusters;
    try {
      const session = await this.deps.session();
      await this.#readDetail(session, signal);
      if (this.#state.isWhole) await this.#readActive(session, signal);
      else await this.#readAll(session, signal);
      signal.throwIfAborted();
      this.#enter({ isLoading: false, error: null, atMs: this.deps.clock.nowMs() });
      const isQuiet = JSON.stringify(before) === JSON.stringify(this.#state.clusters);
      const isMoving = this.#state.clusters.some(({ state }) => isChanging(state));
      this.#delayMs = isQuiet && !isMoving ? Math.min(this.#delayMs * 2, latestMs) : soonMs;
    } catch (thrown) {
      if (signal.aborted) return;
      const error = AppError.from(thrown);
      this.#enter({ isLoading: false, error: error.toReport() });
      this.#delayMs = Math.min(this.#delayMs * 2, latestMs);
      // What only the user can mend is not asked again behind their back.
      if (!error.isRetryable) return;
    }
    this.#cancelTimer = this.deps.clock.after(this.#delayMs, () => void this.#look(signal));
  }

  async #readAll(session: AwsSession, signal: AbortSignal): Promise<void> {
    let unsaid: EmrCluster[] = [];
    let pages = 0;
    for await (const clusters of this.#pages(session, signal)) {
      unsaid.push(...clusters);
      pages += 1;
      if (pages > 1 && pages % pagesAtOnce !== 0) continue;
      this.#enter({ clusters: withClusters(this.#state.clusters, unsaid) });
      unsaid = [];
    }
    this.#enter({ clusters: withClusters(this.#state.clusters, unsaid), isWhole: true });
  }

  async #readActive(session: AwsSession, signal: AbortSignal): Promise<void> {
    const active: EmrCluster[] = [];
    for await (const clusters of this.#pages(session, signal, emrStates.filter(isActive)))
      active.push(...clusters);
    const gone: EmrCluster[] = [];
    for (const { id } of ended(this.#state.clusters, active).slice(0, mostEnded)) {
      const { Cluster } = await session.call('emr.describeCluster', { ClusterId: id }, signal);
      const cluster = Cluster && readCluster(Cluster);
      if (cluster) gone.push(cluster);
    }
    this.#enter({ clusters: withClusters(this.#state.clusters, [...active, ...gone]) });
  }

  async *#pages(session: AwsSession, signal: AbortSignal, states?: readonly (typeof emrStates)[number][]) {
    for (let marker: string | undefined; ; ) {
      const page = await session.call(
        'emr.listClusters',
        { ...(states ? { ClusterStates: [...states] } : {}), ...(marker ? { Marker: marker } : {}) },
        signal,
      );
      signal.throwIfAborted();
      yield (page.Clusters ?? []).flatMap((listed) => readCluster(listed) ?? []);
      marker = page.Marker;
      if (!marker) return;
    }
  }

  async #readDetail(session: AwsSession, signal: AbortSignal): Promise<void> {
    const clusterId = this.#clusterId;
    if (clusterId === null) return;
    const of = { ClusterId: clusterId };
    const { Cluster } = await session.call('emr.describeCluster', of, signal);
    if (Cluster === undefined) return;
    const instances = await listInstances(session, Cluster, signal);
    signal.throwIfAborted();
    this.#enter({ detail: readDetail(Cluster, instances) });
  }

  #enter(change: Partial<EmrSnapshot>): void {
    this.#state = { ...this.#state, ...change };
    this.deps.onChanged(this.#state);
  }
}
