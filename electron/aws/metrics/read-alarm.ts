import {
  type AlarmComparison,
  alarmComparisons,
  alarmStates,
  type MetricAlarm,
} from '../../../shared/model/metric-alarm';
import type { AwsOutput } from '../aws-session';

type DescribedAlarm = NonNullable<AwsOutput<'cloudwatch.describeAlarms'>['MetricAlarms']>[number];

const isComparison = (text: string | undefined): text is AlarmComparison =>
  (alarmComparisons as readonly (string | undefined)[]).includes(text);

/** An alarm as CloudWatch describes it; null: it has no name or a state of another world. */
export function readAlarm(alarm: DescribedAlarm): MetricAlarm | null {
  const state = alarmStates.find((known) => known === alarm.StateValue);
  if (!alarm.AlarmName || state === undefined) return null;
  const { ComparisonOperator } = alarm;
  const since = alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp;
  return {
    name: alarm.AlarmName,
    state,
    reason: alarm.StateReason ?? '',
    sinceMs: since?.getTime() ?? null,
    metric: alarm.MetricName ?? '',
    dimensions: (alarm.Dimensions ?? []).map(({ Name, Value }) => `${Name}=${Value}`).join(', '),
    statistic: alarm.Statistic ?? alarm.ExtendedStatistic ?? '',
    comparison: isComparison(ComparisonOperator) ? ComparisonOperator : null,
    threshold: alarm.Threshold ?? null,
    periodSeconds: alarm.Period ?? null,
    evaluationPeriods: alarm.EvaluationPeriods ?? 1,
    actions: alarm.AlarmActions ?? [],
  };
}

/** Those that went off first, then by name. */
export const inOrder = (alarms: readonly MetricAlarm[]): readonly MetricAlarm[] =>
  alarms.toSorted(
    (one, other) =>
      alarmStates.indexOf(one.state) - alarmStates.indexOf(other.state) || one.name.localeCompare(other.name),
  );
