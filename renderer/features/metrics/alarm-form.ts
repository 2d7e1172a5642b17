import type { MetricName, MetricResource } from '../../../shared/model/metric';
import { type AlarmComparison, AlarmDraft } from '../../../shared/model/metric-alarm';

/** What the dialog of a new alarm holds. */
export interface AlarmForm {
  readonly name: string;
  readonly metric: MetricName;
  readonly resourceId: string;
  readonly comparison: AlarmComparison;
  readonly threshold: string;
  readonly evaluationPeriods: string;
  readonly topicArn: string;
}

type AlarmProblem =
  | 'name-empty'
  | 'name-too-long'
  | 'resource-missing'
  | 'threshold-invalid'
  | 'periods-invalid'
  | 'periods-too-many'
  | 'topic-invalid';
export type AlarmProblems = Readonly<Partial<Record<keyof AlarmForm, AlarmProblem>>>;

/** A form to begin with: the metric and a resource that are looked at. */
export const alarmForm = (metric: MetricName, resources: readonly MetricResource[]): AlarmForm => ({
  name: '',
  metric,
  resourceId: resources[0]?.id ?? '',
  comparison: 'GreaterThanOrEqualToThreshold',
  threshold: '',
  evaluationPeriods: '1',
  topicArn: '',
});

/** The draft to create, or what is wrong with each field. */
export function readAlarm(
  form: AlarmForm,
): { readonly draft: AlarmDraft } | { readonly problems: AlarmProblems } {
  const read = AlarmDraft.safeParse({
    ...form,
    threshold: numberOf(form.threshold),
    evaluationPeriods: numberOf(form.evaluationPeriods),
  });
  if (read.success) return { draft: read.data };
  const problems: { -readonly [Field in keyof AlarmForm]?: AlarmProblem } = {};
  for (const { path, message } of read.error.issues)
    problems[path[0] as keyof AlarmForm] ??= message as AlarmProblem;
  return { problems };
}

/** A decimal comma is as good as a point. */
const numberOf = (text: string): number =>
  text.trim() === '' ? Number.NaN : Number(text.trim().replace(',', '.'));
