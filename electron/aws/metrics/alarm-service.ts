import { AppError } from '../../../shared/errors/app-error';
import type { AwsAccountId } from '../../../shared/model/aws-account';
import { metricTraits, sourceTraits } from '../../../shared/model/metric';
import { type AlarmDraft, type AlarmsSnapshot, noAlarms } from '../../../shared/model/metric-alarm';
import type { Clock } from '../../system/clock';
import type { AwsSession } from '../aws-session';
import { type AlarmNews, AlarmWatch } from './alarm-watch';
import { seriesOf } from './metric-reader';
import type { ToldAccountsStore } from './told-accounts';

export interface AlarmServiceDependencies {
  readonly session: (accountId: AwsAccountId) => Promise<AwsSession>;
  /** Asking AWS for this account would put no question to the user. */
  readonly isSignedIn: (accountId: AwsAccountId) => boolean;
  readonly told: ToldAccountsStore;
  readonly clock: Clock;
  readonly onChanged: (snapshot: AlarmsSnapshot) => void;
  /** An alarm of an account of whose alarms the user wants to be told is in another state. */
  readonly onNews: (accountId: AwsAccountId, news: AlarmNews) => void;
}

/** The alarms of CloudWatch: looked at while somebody has them before their eyes, or wants to be told of them. */
export class AlarmService {
  readonly #watches = new Map<AwsAccountId, AlarmWatch>();
  #lookedAt: AwsAccountId | null = null;
  #revision = 0;

  constructor(private readonly deps: AlarmServiceDependencies) {}

  snapshot(): AlarmsSnapshot {
    const accountId = this.#lookedAt;
    const { revision: _, ...nothing } = noAlarms;
    const state = accountId === null ? undefined : this.#watches.get(accountId)?.state();
    const isTold = accountId !== null && this.#isTold(accountId);
    return { ...nothing, ...state, accountId, isTold, revision: this.#revision };
  }

  /** From now on tells of the alarms of which the user wanted to be told when the app ran last. */
  start(): void {
    for (const accountId of this.deps.told.value().accountIds) this.#watch(accountId).startQuietly();
  }

  /** The account whose alarms the user has before their eyes from now on; null: none. */
  look(accountId: AwsAccountId | null): void {
    const before = this.#lookedAt;
    if (before === accountId) return;
    this.#lookedAt = accountId;
    if (before !== null && !this.#isTold(before)) this.#leave(before);
    if (accountId !== null) this.#watch(accountId).refresh();
    this.#tell();
  }

  /** Looks again at once. */
  refresh(): void {
    if (this.#lookedAt !== null) this.#watch(this.#lookedAt).refresh();
  }

  /** Whether the user is told when an alarm of the account changes. @throws store-disk-full, store-write-failed */
  setTold(accountId: AwsAccountId, isTold: boolean): void {
    const others = this.deps.told.value().accountIds.filter((id) => id !== accountId);
    this.deps.told.replace({ accountIds: isTold ? [...others, accountId] : others });
    if (!isTold && this.#lookedAt !== accountId) this.#leave(accountId);
    if (isTold && !this.#watches.has(accountId)) this.#watch(accountId).startQuietly();
    this.#tell();
  }

  /**
   * Creates an alarm, or replaces the one of its name.
   * @throws metric-alarm-not-single when CloudWatch has the metric in parts, or what AWS said against it
   */
  async create(accountId: AwsAccountId, draft: AlarmDraft): Promise<void> {
    const session = await this.deps.session(accountId);
    const { source, statistic, smallestPeriodSeconds } = metricTraits(draft.metric);
    const sets = await seriesOf(session, draft.metric, draft.resourceId);
    const [set] = sets;
    if (set === undefined || sets.length > 1)
      throw new AppError('metric-alarm-not-single', { resource: draft.resourceId, count: sets.length });
    await session.call('cloudwatch.putMetricAlarm', {
      AlarmName: draft.name,
      Namespace: sourceTraits[source].namespace,
      MetricName: draft.metric,
      Dimensions: [...set],
      Statistic: statistic,
      Period: smallestPeriodSeconds,
      EvaluationPeriods: draft.evaluationPeriods,
      Threshold: draft.threshold,
      ComparisonOperator: draft.comparison,
      AlarmActions: draft.topicArn === '' ? [] : [draft.topicArn],
    });
    this.refresh();
  }

  /** Deletes an alarm. @throws what AWS said against it */
  async delete(accountId: AwsAccountId, name: string): Promise<void> {
    const session = await this.deps.session(accountId);
    await session.call('cloudwatch.deleteAlarms', { AlarmNames: [name] });
    this.refresh();
  }

  /** Ends watching. */
  stop(): void {
    for (const accountId of [...this.#watches.keys()]) this.#leave(accountId);
  }

  #isTold(accountId: AwsAccountId): boolean {
    return this.deps.told.value().accountIds.includes(accountId);
  }

  #watch(accountId: AwsAccountId): AlarmWatch {
    const watch =
      this.#watches.get(accountId) ??
      new AlarmWatch({
        session: () => this.deps.session(accountId),
        isSignedIn: () => this.deps.isSignedIn(accountId),
        clock: this.deps.clock,
        onChanged: () => {
          if (this.#lookedAt === accountId) this.#tell();
        },
        onNews: (news) => {
          if (this.#isTold(accountId)) this.deps.onNews(accountId, news);
        },
      });
    this.#watches.set(accountId, watch);
    return watch;
  }

  #leave(accountId: AwsAccountId): void {
    this.#watches.get(accountId)?.stop();
    this.#watches.delete(accountId);
  }

  #tell(): void {
    this.#revision += 1;
    this.deps.onChanged(this.snapshot());
  }
}
