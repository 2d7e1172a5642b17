import { z } from 'zod';
import { ErrorReport } from '../errors/app-error';
import { AwsAccountId } from './aws-account';
import { MetricName, metricTraits } from './metric';

/** CloudWatch's own states of an alarm. */
export const alarmStates = ['ALARM', 'INSUFFICIENT_DATA', 'OK'] as const;
export type AlarmState = (typeof alarmStates)[number];

/** CloudWatch's own names of how a value is compared with the threshold. */
export const alarmComparisons = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
] as const;
export type AlarmComparison = (typeof alarmComparisons)[number];

export const AlarmName = z.string().min(1).max(255);

export const MetricAlarm = z.strictObject({
  name: AlarmName,
  state: z.enum(alarmStates),
  /** Why it is in this state, in AWS's words; may be empty. */
  reason: z.string(),
  /** Since when it is in this state; null: AWS does not say. */
  sinceMs: z.number().nullable(),
  /** As CloudWatch calls it; empty: the alarm goes by a formula. */
  metric: z.string(),
  /** What of, e.g. `JobFlowId=j-1`; may be empty. */
  dimensions: z.string(),
  statistic: z.string(),
  /** Null: one that Nuvem has no words for (ranges of anomaly detection). */
  comparison: z.enum(alarmComparisons).nullable(),
  threshold: z.number().nullable(),
  periodSeconds: z.number().nullable(),
  evaluationPeriods: z.number().int(),
  /** ARNs of what is told when it goes off. */
  actions: z.array(z.string()).readonly(),
});
export type MetricAlarm = Readonly<z.infer<typeof MetricAlarm>>;

const hourSeconds = 3600;
const daySeconds = 24 * hourSeconds;

/** CloudWatch looks at one day at most, with periods of an hour or more at seven (PutMetricAlarm, EvaluationPeriods). */
export const mostAlarmPeriods = (metric: MetricName): number => {
  const period = metricTraits(metric).smallestPeriodSeconds;
  return Math.floor(((period >= hourSeconds ? 7 : 1) * daySeconds) / period);
};

/** Schema messages are text keys below `problem.` of the `metrics` texts. */
export const AlarmDraft = z
  .strictObject({
    /** One of that name is replaced. */
    name: z
      .string()
      .trim()
      .min(1, 'name-empty')
      .max(255, 'name-too-long')
      .regex(/^[^\p{Cc}]*$/u, 'name-empty'),
    metric: MetricName,
    resourceId: z.string().min(1, 'resource-missing').max(255),
    comparison: z.enum(alarmComparisons),
    threshold: z.number('threshold-invalid'),
    /** So many periods of the metric's smallest in a row. */
    evaluationPeriods: z.number('periods-invalid').int('periods-invalid').min(1, 'periods-invalid'),
    /** Of the SNS topic that is told; empty: none. */
    topicArn: z
      .string()
      .trim()
      .regex(/^(arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}(\.fifo)?)?$/, 'topic-invalid'),
  })
  .superRefine(({ metric, evaluationPeriods }, context) => {
    if (evaluationPeriods > mostAlarmPeriods(metric))
      context.addIssue({ code: 'custom', path: ['evaluationPeriods'], message: 'periods-too-many' });
  });
export type AlarmDraft = Readonly<z.infer<typeof AlarmDraft>>;

/** The alarms of the account that is looked at. */
export const AlarmsSnapshot = z.strictObject({
  revision: z.number().int(),
  /** Null: nobody looks. */
  accountId: AwsAccountId.nullable(),
  /** Those that went off first, then by name. */
  alarms: z.array(MetricAlarm).readonly(),
  isLoading: z.boolean(),
  /** When AWS was last heard; null: not yet. */
  atMs: z.number().nullable(),
  /** Why the last look failed; what was known stays. */
  error: ErrorReport.nullable(),
  /** The user is told when an alarm of this account changes. */
  isTold: z.boolean(),
});
export type AlarmsSnapshot = Readonly<z.infer<typeof AlarmsSnapshot>>;

export const noAlarms: AlarmsSnapshot = {
  revision: -1,
  accountId: null,
  alarms: [],
  isLoading: false,
  atMs: null,
  error: null,
  isTold: false,
};
