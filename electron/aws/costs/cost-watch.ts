import { AppError } from '../../../shared/errors/app-error';
import type { AwsAccountId, AwsAccountsSnapshot } from '../../../shared/model/aws-account';
import type { CostItem, CostsSnapshot } from '../../../shared/model/costs';
import { type EmrSnapshot, isActive } from '../../../shared/model/emr-cluster';
import type { InstanceBinding } from '../../../shared/model/instance-binding';
import type { MachineId } from '../../../shared/model/machine';
import type { Clock } from '../../system/clock';
import type { AwsSession } from '../aws-session';
import { readInstances } from '../ec2/read-instance';
import { readCluster } from '../emr/read-cluster';
import type { ClusterPlace } from '../emr/steps/step-service';
import type { PriceBook } from '../prices/price-book';
import { type CostSpan, sumsOf } from './cost-span';
import type { CountedClusters } from './counted-clusters';
import { readClusterSpans, spanOfInstance } from './read-spans';

/** Machines and what they are an instance of. */
export interface BoundMachine {
  readonly machineId: MachineId;
  readonly binding: Pick<InstanceBinding, 'accountId' | 'instanceId'>;
}

interface CostWatchDependencies {
  readonly bindings: () => readonly BoundMachine[];
  /** The machine that is the cluster's primary node; null: none is. */
  readonly nodeOf: (place: ClusterPlace) => MachineId | null;
  readonly counted: Pick<CountedClusters, 'list' | 'has' | 'set' | 'forget'>;
  readonly session: (accountId: AwsAccountId) => Promise<AwsSession>;
  readonly prices: Pick<PriceBook, 'pricesOf'>;
  readonly clock: Clock;
  readonly onChanged: (snapshot: CostsSnapshot) => void;
  /** Of something whose cost could not be had: what was known of it stays. */
  readonly onTrouble: (error: unknown) => void;
}

const soonMs = 500;
const againMs = 5 * 60_000;
/** More clusters than these are not asked about while a list of them is looked at. */
const mostLookedAt = 30;
/** EC2 takes so many values of a filter. */
const mostIds = 200;

interface Wanted {
  readonly bound: readonly BoundMachine[];
  readonly clusterIds: readonly string[];
}

/**
 * Keeps an account of what runs at AWS and what it costs: the instances that machines are, the clusters that are the
 * user's own, and those that they look at. It asks only where that puts no question to them: accounts that are signed in
 * to, and those of connected machines.
 */
export class CostWatch {
  #items: readonly CostItem[] = [];
  #revision = 0;
  #known = new Set<AwsAccountId>();
  readonly #connected = new Set<MachineId>();
  #lookedAt: Pick<EmrSnapshot, 'accountId' | 'clusters'> = { accountId: null, clusters: [] };
  #lookedAtText = '';
  /** What AWS has refused: only the user can mend that, so that it is not asked for again before they sign in. */
  readonly #refused = new Set<string>();
  readonly #ended = new Set<string>();
  #abort = new AbortController();
  #isLooking = false;
  #isStale = false;
  #cancelTimer = (): void => undefined;

  constructor(private readonly deps: CostWatchDependencies) {}

  snapshot(): CostsSnapshot {
    return { revision: this.#revision, items: this.#items };
  }

  /** Call at each change of an account. */
  accountsChanged({ accounts }: AwsAccountsSnapshot): void {
    const known = new Set(
      accounts.filter(({ signIn }) => signIn.kind === 'known').map(({ account }) => account.id),
    );
    const isNew = [...known].some((id) => !this.#known.has(id));
    this.#known = known;
    if (!isNew) return;
    this.#refused.clear();
    this.refresh();
  }

  /** Call at each change of a connection. */
  connectionChanged(machineId: MachineId, isConnected: boolean): void {
    if (isConnected === this.#connected.has(machineId)) return;
    if (isConnected) this.#connected.add(machineId);
    else this.#connected.delete(machineId);
    if (isConnected && this.deps.bindings().some((bound) => bound.machineId === machineId)) this.refresh();
  }

  /** Call at each change of the clusters that the user has before their eyes. */
  clustersChanged({ accountId, clusters }: Pick<EmrSnapshot, 'accountId' | 'clusters'>): void {
    const active = clusters.filter(({ state }) => isActive(state)).slice(0, mostLookedAt);
    const text = JSON.stringify([accountId, active.map(({ id, state }) => [id, state])]);
    if (text === this.#lookedAtText) return;
    this.#lookedAtText = text;
    this.#lookedAt = { accountId, clusters: active };
    if (accountId !== null) this.refresh();
  }

  /** Whether a cluster's cost is the user's own. @throws store-disk-full, store-write-failed */
  setCounted(place: ClusterPlace, isCounted: boolean): void {
    this.deps.counted.set(place, isCounted);
    this.#enter(
      this.#items.map((item) =>
        item.accountId === place.accountId && item.id === place.clusterId ? { ...item, isCounted } : item,
      ),
    );
    this.refresh();
  }

  /** Looks soon: many changes at once make one look. */
  refresh(): void {
    this.#isStale = true;
    if (!this.#isLooking) this.#wait(soonMs);
  }

  stop(): void {
    this.#cancelTimer();
    this.#abort.abort();
  }

  #wait(delayMs: number): void {
    this.#cancelTimer();
    if (!this.#abort.signal.aborted)
      this.#cancelTimer = this.deps.clock.after(delayMs, () => void this.#look());
  }

  async #look(): Promise<void> {
    this.#isLooking = true;
    this.#isStale = false;
    const wanted = this.#wanted();
    for (const [accountId, things] of wanted) await this.#lookAt(accountId, things);
    this.#isLooking = false;
    if (this.#abort.signal.aborted) return;
    if (this.#isStale) return this.#wait(soonMs);
    if (wanted.size > 0) this.#wait(againMs);
    else if (this.#items.length > 0) this.#enter([]);
  }

  /** What is to be known of each account that may be asked now. */
  #wanted(): ReadonlyMap<AwsAccountId, Wanted> {
    const bindings = this.deps.bindings();
    const counted = this.deps.counted.list();
    const inUse = bindings
      .filter(({ machineId }) => this.#connected.has(machineId))
      .map(({ binding }) => binding.accountId);
    const { accountId: looked, clusters } = this.#lookedAt;
    const accountIds = new Set([...this.#known, ...inUse, ...(looked === null ? [] : [looked])]);
    const wanted = new Map<AwsAccountId, Wanted>();
    for (const accountId of accountIds) {
      const bound = bindings.filter(({ binding }) => binding.accountId === accountId);
      const own = counted.filter((place) => place.accountId === accountId).map(({ clusterId }) => clusterId);
      const shown = looked === accountId ? clusters.map(({ id }) => id) : [];
      const clusterIds = [...new Set([...shown, ...own])].filter(
        (id) => !this.#ended.has(`${accountId} ${id}`),
      );
      if (bound.length + clusterIds.length > 0) wanted.set(accountId, { bound, clusterIds });
    }
    return wanted;
  }

  async #lookAt(accountId: AwsAccountId, { bound, clusterIds }: Wanted): Promise<void> {
    const before = this.#items.filter((item) => item.accountId === accountId);
    const isBound = (id: string) => bound.some(({ binding }) => binding.instanceId === id);
    const instances = await this.#tryToRead(`${accountId} instances`, () =>
      this.#readInstances(accountId, bound),
    );
    const items = [...(instances ?? before.filter(({ kind, id }) => kind === 'instance' && isBound(id)))];
    for (const clusterId of clusterIds) {
      const place = { accountId, clusterId };
      const read = await this.#tryToRead(`${accountId} ${clusterId}`, () => this.#readCluster(place));
      items.push(...(read ?? before.filter(({ id }) => id === clusterId)));
    }
    if (this.#abort.signal.aborted) return;
    this.#enter([...this.#items.filter((item) => item.accountId !== accountId), ...items]);
  }

  /** Null: it can't be known now. */
  async #tryToRead(
    about: string,
    read: () => Promise<readonly CostItem[]>,
  ): Promise<readonly CostItem[] | null> {
    if (this.#refused.has(about) || this.#abort.signal.aborted) return null;
    try {
      return await read();
    } catch (thrown) {
      if (this.#abort.signal.aborted) return null;
      if (!AppError.from(thrown).isRetryable) this.#refused.add(about);
      this.deps.onTrouble(thrown);
      return null;
    }
  }

  async #readInstances(
    accountId: AwsAccountId,
    bound: readonly BoundMachine[],
  ): Promise<readonly CostItem[]> {
    const { signal } = this.#abort;
    const ids = [...new Set(bound.map(({ binding }) => binding.instanceId))];
    if (ids.length === 0) return [];
    const session = await this.deps.session(accountId);
    const items: CostItem[] = [];
    for (let first = 0; first < ids.length; first += mostIds) {
      // Unlike by ids, an instance that is gone for good is no error by a filter.
      const Filters = [{ Name: 'instance-id', Values: ids.slice(first, first + mostIds) }];
      for (const instance of readInstances(
        await session.call('ec2.describeInstances', { Filters }, signal),
      )) {
        const spans = spanOfInstance(instance);
        if (spans.length === 0) continue;
        items.push({
          ...(await this.#sums(session, spans, false)),
          ...{ kind: 'instance', accountId, id: instance.id, name: instance.name, isCounted: true },
          machineIds: bound
            .filter(({ binding }) => binding.instanceId === instance.id)
            .map(({ machineId }) => machineId),
          startedAtMs: instance.launchedAtMs,
        });
      }
    }
    return items;
  }

  async #readCluster(place: ClusterPlace): Promise<readonly CostItem[]> {
    const { accountId, clusterId } = place;
    const { signal } = this.#abort;
    const session = await this.deps.session(accountId);
    const { Cluster } = await session.call('emr.describeCluster', { ClusterId: clusterId }, signal);
    const cluster = Cluster && readCluster(Cluster);
    if (!cluster || !isActive(cluster.state)) {
      this.#ended.add(`${accountId} ${clusterId}`);
      this.deps.counted.forget(place);
      return [];
    }
    const spans = await readClusterSpans(session, clusterId, signal);
    const nodeId = this.deps.nodeOf(place);
    return [
      {
        ...(await this.#sums(session, spans, true)),
        ...{ kind: 'cluster', accountId, id: clusterId, name: cluster.name },
        machineIds: nodeId === null ? [] : [nodeId],
        isCounted: this.deps.counted.has(place),
        startedAtMs: cluster.createdAtMs,
      },
    ];
  }

  async #sums(session: AwsSession, spans: readonly CostSpan[], isCluster: boolean) {
    const { prices, clock } = this.deps;
    const { signal } = this.#abort;
    const types = [...new Set(spans.map(({ instanceType }) => instanceType))].filter((type) => type !== '');
    const ec2 = await prices.pricesOf(session, types, signal);
    const emr = isCluster ? await prices.pricesOf(session, types, signal, 'emr') : null;
    return sumsOf(spans, { ec2, emr }, clock.nowMs());
  }

  #enter(items: readonly CostItem[]): void {
    this.#items = items;
    this.#revision += 1;
    this.deps.onChanged(this.snapshot());
  }
}
