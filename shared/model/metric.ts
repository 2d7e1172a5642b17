import { z } from 'zod';

/** What CloudWatch is asked about. */
export const metricSources = ['emr', 's3', 'athena', 'ec2'] as const;
export type MetricSource = (typeof metricSources)[number];

/** Statistics of CloudWatch (Amazon CloudWatch User Guide, "Statistics definitions") that fit a metric of ours. */
export type MetricStatistic = 'Average' | 'Sum' | 'Maximum';

/**
 * Why a statistic fits; the texts are `why.<reason>` of the `metrics` texts.
 * gauge: a level at a moment; flag: 0 or 1, its average is the share of the time; counter: what was counted since the
 * start, which never falls; amount: what each event adds; worst: the longest of many; daily: one value a day.
 */
export type StatisticReason = 'gauge' | 'flag' | 'counter' | 'amount' | 'worst' | 'daily';

export type MetricUnit = 'count' | 'percent' | 'bytes' | 'megabytes' | 'milliseconds' | 'share';

interface SourceTraits {
  readonly namespace: string;
  /** The dimension that names the resource. */
  readonly dimension: string;
  /** Others that metrics of a resource are told by; each of their values is a series of its own. */
  readonly furtherDimensions: readonly string[];
}

/** How CloudWatch files the metrics of each service (their developer guides, "Monitoring … with CloudWatch"). */
export const sourceTraits: Readonly<Record<MetricSource, SourceTraits>> = {
  emr: { namespace: 'AWS/ElasticMapReduce', dimension: 'JobFlowId', furtherDimensions: [] },
  s3: { namespace: 'AWS/S3', dimension: 'BucketName', furtherDimensions: ['StorageType'] },
  athena: {
    namespace: 'AWS/Athena',
    dimension: 'WorkGroup',
    furtherDimensions: ['QueryState', 'QueryType'],
  },
  ec2: { namespace: 'AWS/EC2', dimension: 'InstanceId', furtherDimensions: [] },
};

interface MetricTraits {
  readonly source: MetricSource;
  readonly unit: MetricUnit;
  /** How often the service tells it; CloudWatch has nothing finer. */
  readonly smallestPeriodSeconds: number;
  readonly statistic: MetricStatistic;
  readonly why: StatisticReason;
}

const every5Minutes = 300;
const everyDay = 86_400;
const emr = { source: 'emr', smallestPeriodSeconds: every5Minutes } as const;
const gauge = { statistic: 'Average', why: 'gauge' } as const;
const counter = { statistic: 'Maximum', why: 'counter' } as const;
const s3 = { source: 's3', smallestPeriodSeconds: everyDay, statistic: 'Average', why: 'daily' } as const;
const athena = { source: 'athena', smallestPeriodSeconds: 60 } as const;
const amount = { statistic: 'Sum', why: 'amount' } as const;
const ec2 = { source: 'ec2', smallestPeriodSeconds: every5Minutes } as const;

/** Every metric that Nuvem shows, under CloudWatch's name of it: the one table that reading, charts and alarms go by. */
export const metrics = {
  IsIdle: { ...emr, unit: 'share', statistic: 'Average', why: 'flag' },
  AppsRunning: { ...emr, unit: 'count', ...gauge },
  AppsPending: { ...emr, unit: 'count', ...gauge },
  AppsCompleted: { ...emr, unit: 'count', ...counter },
  AppsFailed: { ...emr, unit: 'count', ...counter },
  ContainerAllocated: { ...emr, unit: 'count', ...gauge },
  ContainerPending: { ...emr, unit: 'count', ...gauge },
  YARNMemoryAvailablePercentage: { ...emr, unit: 'percent', ...gauge },
  MemoryAllocatedMB: { ...emr, unit: 'megabytes', ...gauge },
  MRActiveNodes: { ...emr, unit: 'count', ...gauge },
  HDFSUtilization: { ...emr, unit: 'percent', ...gauge },
  NumberOfObjects: { ...s3, unit: 'count' },
  BucketSizeBytes: { ...s3, unit: 'bytes' },
  EngineExecutionTime: { ...athena, unit: 'milliseconds', ...amount },
  TotalExecutionTime: { ...athena, unit: 'milliseconds', ...amount },
  QueryQueueTime: { ...athena, unit: 'milliseconds', statistic: 'Maximum', why: 'worst' },
  ProcessedBytes: { ...athena, unit: 'bytes', ...amount },
  CPUUtilization: { ...ec2, unit: 'percent', ...gauge },
  NetworkIn: { ...ec2, unit: 'bytes', ...amount },
  NetworkOut: { ...ec2, unit: 'bytes', ...amount },
} as const satisfies Readonly<Record<string, MetricTraits>>;

export type MetricName = keyof typeof metrics;
export const metricNames = Object.keys(metrics) as readonly MetricName[];
export const MetricName = z.enum(metricNames as readonly [MetricName, ...MetricName[]]);

/** A metric of the table, as such. */
export const metricTraits = (metric: MetricName): MetricTraits => metrics[metric];

export const metricsOf = (source: MetricSource): readonly MetricName[] =>
  metricNames.filter((name) => metrics[name].source === source);

/** What a service can be asked about: a cluster, a bucket, a workgroup, an instance. */
export const MetricResource = z.strictObject({
  id: z.string().min(1).max(255),
  /** What the user calls it; empty: it has no name but its id. */
  name: z.string(),
});
export type MetricResource = Readonly<z.infer<typeof MetricResource>>;

export const MetricPoint = z.strictObject({
  /** When the period began, in ms since the epoch. */
  atMs: z.number(),
  value: z.number(),
});
export type MetricPoint = Readonly<z.infer<typeof MetricPoint>>;

export const MetricSeries = z.strictObject({
  resourceId: z.string(),
  /** Oldest first; periods without a value have no point. */
  points: z.array(MetricPoint).readonly(),
});
export type MetricSeries = Readonly<z.infer<typeof MetricSeries>>;

/** The values of a metric for some resources in a window; every point stands for one whole period. */
export const MetricReading = z.strictObject({
  metric: MetricName,
  fromMs: z.number(),
  untilMs: z.number(),
  periodMs: z.number().positive(),
  series: z.array(MetricSeries).readonly(),
});
export type MetricReading = Readonly<z.infer<typeof MetricReading>>;

/** No chart can be read with more lines than this. */
export const mostCompared = 8;
