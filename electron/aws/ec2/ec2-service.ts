import { AppError } from '../../../shared/errors/app-error';
import type { AwsAccountId } from '../../../shared/model/aws-account';
import {
  type Ec2Snapshot,
  type InstanceOrder,
  isInstanceChanging,
  noEc2Instances,
} from '../../../shared/model/ec2';
import type { Clock } from '../../system/clock';
import type { AwsSession } from '../aws-session';
import type { PriceBook } from '../prices/price-book';
import { byName, readInstances } from './read-instance';

export interface Ec2ServiceDependencies {
  readonly session: (accountId: AwsAccountId) => Promise<AwsSession>;
  readonly prices: PriceBook;
  readonly clock: Clock;
  readonly onChanged: (snapshot: Ec2Snapshot) => void;
  /** How many a page has; EC2 gives 5 to 1000. */
  readonly instancesAtOnce: number;
}

/** While an instance starts or stops, and after something changed. */
const soonMs = 5000;
const latestMs = 120_000;

const calls = {
  start: 'ec2.startInstances',
  stop: 'ec2.stopInstances',
  reboot: 'ec2.rebootInstances',
} as const satisfies Record<InstanceOrder, string>;

/** The instances of EC2: those of one account are watched while somebody looks at them, and take orders. */
export class Ec2Service {
  #snapshot: Ec2Snapshot = { ...noEc2Instances, revision: 0 };
  /** The kinds of instances whose prices have been looked up. */
  #pricedTypes = '';
  #delayMs = soonMs;
  #abort = new AbortController();
  #cancelTimer = (): void => undefined;

  constructor(private readonly deps: Ec2ServiceDependencies) {}

  snapshot(): Ec2Snapshot {
    return this.#snapshot;
  }

  /** The account whose instances the user has before their eyes from now on; null: none. */
  look(accountId: AwsAccountId | null): void {
    if (accountId === this.#snapshot.accountId) return;
    this.#leave();
    this.#pricedTypes = '';
    const { revision: _, ...nothing } = noEc2Instances;
    this.#enter({ ...nothing, accountId });
    this.refresh();
  }

  /** Looks again at once; what was under way is given up. */
  refresh(): void {
    const { accountId } = this.#snapshot;
    if (accountId === null) return;
    this.#leave();
    this.#abort = new AbortController();
    this.#delayMs = soonMs;
    this.#enter({ isLoading: true, error: null });
    void this.#look(accountId, this.#abort.signal);
  }

  /** Has instances started, stopped or rebooted. @throws what AWS said against it */
  async order(accountId: AwsAccountId, instanceId: string, order: InstanceOrder): Promise<void> {
    const session = await this.deps.session(accountId);
    await session.call(calls[order], { InstanceIds: [instanceId] });
    this.refresh();
  }

  /** Ends watching. */
  stop(): void {
    this.look(null);
  }

  #leave(): void {
    this.#cancelTimer();
    this.#abort.abort();
  }

  async #look(accountId: AwsAccountId, signal: AbortSignal): Promise<void> {
    const { session, clock } = this.deps;
    const before = this.#snapshot.instances;
    try {
      const aws = await session(accountId);
      const instances = await this.#readAll(aws, signal);
      if (signal.aborted) return;
      this.#enter({ instances, isWhole: true, isLoading: false, error: null, atMs: clock.nowMs() });
      await this.#readPrices(aws, instances, signal);
      const isQuiet = JSON.stringify(before) === JSON.stringify(instances);
      const isMoving = instances.some(({ state }) => isInstanceChanging(state));
      this.#delayMs = isQuiet && !isMoving ? Math.min(this.#delayMs * 2, latestMs) : soonMs;
    } catch (thrown) {
      if (signal.aborted) return;
      const error = AppError.from(thrown);
      this.#enter({ isLoading: false, error: error.toReport() });
      this.#delayMs = latestMs;
      // What only the user can mend is not asked again behind their back.
      if (!error.isRetryable) return;
    }
    this.#cancelTimer = clock.after(this.#delayMs, () => void this.#look(accountId, signal));
  }

  /** Once for as long as the kinds of instances stay the same. */
  async #readPrices(
    session: AwsSession,
    instances: Ec2Snapshot['instances'],
    signal: AbortSignal,
  ): Promise<void> {
    const types = [...new Set(instances.map(({ instanceType }) => instanceType))].sort();
    if (types.join() === this.#pricedTypes) return;
    const prices = await this.deps.prices.pricesOf(session, types, signal);
    if (signal.aborted) return;
    this.#pricedTypes = types.join();
    this.#enter({ prices });
  }

  /** The first look shows what is known so far. */
  async #readAll(session: AwsSession, signal: AbortSignal): Promise<Ec2Snapshot['instances']> {
    let instances: Ec2Snapshot['instances'] = [];
    for (let token: string | undefined; ; ) {
      const page = { MaxResults: this.deps.instancesAtOnce, ...(token ? { NextToken: token } : {}) };
      const answer = await session.call('ec2.describeInstances', page, signal);
      signal.throwIfAborted();
      instances = byName([...instances, ...readInstances(answer)]);
      token = answer.NextToken;
      if (!token) return instances;
      if (!this.#snapshot.isWhole) this.#enter({ instances });
    }
  }

  #enter(change: Partial<Ec2Snapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change, revision: this.#snapshot.revision + 1 };
    this.deps.onChanged(this.#snapshot);
  }
}
