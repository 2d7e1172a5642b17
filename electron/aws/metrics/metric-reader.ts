import { AppError } from '../../../shared/errors/app-error';
import type { AwsAccountId } from '../../../shared/model/aws-account';
import {
  type MetricName,
  type MetricPoint,
  type MetricReading,
  type MetricResource,
  type MetricSource,
  metricTraits,
  sourceTraits,
} from '../../../shared/model/metric';
import { type MetricRange, metricWindow } from '../../../shared/model/metric-window';
import type { AwsSession } from '../aws-session';
import { type DimensionSet, dimensionSets, type ListedMetric } from './dimension-sets';

/** The metric by which a service's resources are found: each of them has it. */
const foundBy: Readonly<Record<MetricSource, MetricName>> = {
  emr: 'IsIdle',
  s3: 'NumberOfObjects',
  athena: 'TotalExecutionTime',
  ec2: 'CPUUtilization',
};

/** CloudWatch lists 500 on a page, EMR 50 clusters: more than anybody picks from. */
const mostPages = 20;

interface MetricReaderDependencies {
  readonly session: (accountId: AwsAccountId) => Promise<AwsSession>;
  readonly nowMs: () => number;
}

/** Reads metrics of CloudWatch by the one table of metrics. Every method throws what AWS said against it. */
export class MetricReader {
  constructor(private readonly deps: MetricReaderDependencies) {}

  /** What a service has told CloudWatch about in the last two weeks, by name; up to 10,000. */
  async resources(accountId: AwsAccountId, source: MetricSource): Promise<readonly MetricResource[]> {
    const session = await this.deps.session(accountId);
    const ids = [...dimensionSets(source, await listMetrics(session, foundBy[source], null)).keys()];
    const names = source === 'emr' ? await clusterNames(session) : new Map<string, string>();
    return ids
      .map((id) => ({ id, name: names.get(id) ?? '' }))
      .sort((one, other) => (one.name || one.id).localeCompare(other.name || other.id));
  }

  /** The values of a metric in the window of a range that ends now, for each of some resources. */
  async read(
    accountId: AwsAccountId,
    metric: MetricName,
    resourceIds: readonly string[],
    range: MetricRange,
  ): Promise<MetricReading> {
    const session = await this.deps.session(accountId);
    const window = metricWindow(metric, range, this.deps.nowMs());
    const queries: { readonly resourceId: string; readonly set: DimensionSet }[] = [];
    for (const resourceId of resourceIds)
      for (const set of await seriesOf(session, metric, resourceId)) queries.push({ resourceId, set });
    const values = await readValues(
      session,
      metric,
      queries.map(({ set }) => set),
      window,
    );
    const series = resourceIds.map((resourceId) => ({
      resourceId,
      points: combined(
        metric,
        values.filter((_, index) => queries[index]?.resourceId === resourceId),
      ),
    }));
    return { metric, ...window, series };
  }
}

/** The series that together are a metric of a resource; none: CloudWatch has heard nothing of it for two weeks. */
export async function seriesOf(
  session: AwsSession,
  metric: MetricName,
  resourceId: string,
): Promise<readonly DimensionSet[]> {
  const { source } = metricTraits(metric);
  const { dimension, furtherDimensions } = sourceTraits[source];
  // What has one series is known without asking, and for longer than CloudWatch lists it.
  if (furtherDimensions.length === 0) return [[{ Name: dimension, Value: resourceId }]];
  const listed = await listMetrics(session, metric, resourceId);
  return dimensionSets(source, listed).get(resourceId) ?? [];
}

/** `resourceId` null: of all. */
async function listMetrics(
  session: AwsSession,
  metric: MetricName,
  resourceId: string | null,
): Promise<readonly ListedMetric[]> {
  const { namespace, dimension } = sourceTraits[metricTraits(metric).source];
  const listed: ListedMetric[] = [];
  let token: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await session.call('cloudwatch.listMetrics', {
      Namespace: namespace,
      MetricName: metric,
      ...(resourceId === null ? {} : { Dimensions: [{ Name: dimension, Value: resourceId }] }),
      ...(token === undefined ? {} : { NextToken: token }),
    });
    listed.push(...(answer.Metrics ?? []));
    token = answer.NextToken;
    if (!token) break;
  }
  return listed;
}

/** EMR's names of the newest clusters. Who may read metrics but not list clusters sees the ids. */
async function clusterNames(session: AwsSession): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  let marker: string | undefined;
  try {
    for (let page = 0; page < mostPages; page += 1) {
      const answer = await session.call('emr.listClusters', marker ? { Marker: marker } : {});
      for (const { Id, Name } of answer.Clusters ?? []) if (Id && Name) names.set(Id, Name);
      marker = answer.Marker;
      if (!marker) break;
    }
  } catch (thrown) {
    if (!(thrown instanceof AppError && thrown.code === 'aws-denied')) throw thrown;
  }
  return names;
}

/** The values of each series, in the order of `sets`. */
async function readValues(
  session: AwsSession,
  metric: MetricName,
  sets: readonly DimensionSet[],
  { fromMs, untilMs, periodMs }: { fromMs: number; untilMs: number; periodMs: number },
): Promise<readonly (readonly MetricPoint[])[]> {
  if (sets.length === 0) return [];
  const { source, statistic } = metricTraits(metric);
  const Namespace = sourceTraits[source].namespace;
  const points = new Map<string, MetricPoint[]>(sets.map((_, index) => [`q${index}`, []]));
  let token: string | undefined;
  do {
    const answer = await session.call('cloudwatch.getMetricData', {
      StartTime: new Date(fromMs),
      EndTime: new Date(untilMs),
      ScanBy: 'TimestampAscending',
      MetricDataQueries: sets.map((set, index) => ({
        Id: `q${index}`,
        MetricStat: {
          Metric: { Namespace, MetricName: metric, Dimensions: [...set] },
          Period: periodMs / 1000,
          Stat: statistic,
        },
      })),
      ...(token === undefined ? {} : { NextToken: token }),
    });
    for (const { Id = '', Timestamps = [], Values = [] } of answer.MetricDataResults ?? [])
      for (const [index, at] of Timestamps.entries()) {
        const value = Values[index];
        if (value !== undefined) points.get(Id)?.push({ atMs: at.getTime(), value });
      }
    token = answer.NextToken;
  } while (token);
  return [...points.values()];
}

/** One series of several: amounts and sizes add up, of the longest the longest counts. */
function combined(metric: MetricName, series: readonly (readonly MetricPoint[])[]): readonly MetricPoint[] {
  const isHighest = metricTraits(metric).statistic === 'Maximum';
  const values = new Map<number, number>();
  for (const { atMs, value } of series.flat()) {
    const known = values.get(atMs);
    values.set(atMs, known === undefined ? value : isHighest ? Math.max(known, value) : known + value);
  }
  return [...values].map(([atMs, value]) => ({ atMs, value })).sort((a, b) => a.atMs - b.atMs);
}
