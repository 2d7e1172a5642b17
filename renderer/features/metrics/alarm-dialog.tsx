import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AwsAccountId } from '../../../shared/model/aws-account';
import {
  type MetricName,
  type MetricResource,
  type MetricSource,
  metricsOf,
  metricTraits,
} from '../../../shared/model/metric';
import { alarmComparisons } from '../../../shared/model/metric-alarm';
import { nuvem } from '../../api/nuvem';
import { Dialog } from '../../components/dialog';
import { FormButtons } from '../../components/form-buttons';
import { Nothing } from '../../components/page';
import { Select } from '../../components/select';
import { TextField } from '../../components/text-field';
import { useTask } from '../../components/use-task';
import { AwsProblem } from '../aws/aws-problem';
import { type AlarmForm, alarmForm, readAlarm } from './alarm-form';
import { labelOf } from './chart-data';
import styles from './metrics.module.css';
import { periodText } from './value-text';

const exampleTopic = 'arn:aws:sns:us-east-1:123456789012:team';

interface AlarmDialogProps {
  readonly accountId: AwsAccountId;
  readonly source: MetricSource;
  readonly metric: MetricName;
  readonly resources: readonly MetricResource[];
  readonly onClose: () => void;
}

/** Makes an alarm on a metric of a resource. */
export function AlarmDialog({ accountId, source, metric, resources, onClose }: AlarmDialogProps) {
  const { t } = useTranslation('metrics');
  const [form, setForm] = useState(() => alarmForm(metric, resources));
  const [areProblemsShown, setAreProblemsShown] = useState(false);
  const task = useTask();
  const read = readAlarm(form);
  const problems = areProblemsShown && 'problems' in read ? read.problems : {};
  const change = (part: Partial<AlarmForm>) => setForm((current) => ({ ...current, ...part }));
  const errorOf = (field: keyof AlarmForm) => {
    const problem = problems[field];
    return problem && t(`problem.${problem}`);
  };
  const create = () => {
    setAreProblemsShown(true);
    if ('problems' in read) return;
    const { draft } = read;
    task.run(() => nuvem.metrics.createAlarm({ accountId, alarm: draft }), onClose);
  };
  const { unit, why, smallestPeriodSeconds } = metricTraits(form.metric);
  return (
    <Dialog
      title={t('newAlarm')}
      onCancel={onClose}
      onSubmit={create}
      buttons={<FormButtons submit={t('create')} isRunning={task.isRunning} onCancel={onClose} />}
    >
      {task.failure && <AwsProblem error={task.failure.toReport()} />}
      <TextField
        label={t('alarmName')}
        description={t('alarmNameHint')}
        value={form.name}
        onChange={(name) => change({ name })}
        error={errorOf('name')}
      />
      <Select
        label={t('metric')}
        value={form.metric}
        options={metricsOf(source).map((value) => ({
          value,
          text: `${t(`metrics.${value}`)} (${t(`statistics.${metricTraits(value).statistic}`)})`,
        }))}
        onChange={(next) => change({ metric: next })}
      />
      <div className={styles.watched}>
        <Select
          label={t('alarmResource')}
          value={form.resourceId}
          options={resources.map((resource) => ({ value: resource.id, text: labelOf(resource) }))}
          onChange={(resourceId) => change({ resourceId })}
        />
      </div>
      <Select
        label={t('alarmWhen')}
        value={form.comparison}
        options={alarmComparisons.map((value) => ({ value, text: t(`comparisonLong.${value}`) }))}
        onChange={(comparison) => change({ comparison })}
      />
      <TextField
        label={t('threshold', { unit: t(`units.${unit}`) })}
        inputMode="decimal"
        value={form.threshold}
        onChange={(threshold) => change({ threshold })}
        error={errorOf('threshold')}
      />
      <TextField
        label={t('evaluationPeriods')}
        description={t('evaluationPeriodsHint', { period: periodText(t, smallestPeriodSeconds * 1000) })}
        inputMode="numeric"
        value={form.evaluationPeriods}
        onChange={(evaluationPeriods) => change({ evaluationPeriods })}
        error={errorOf('evaluationPeriods')}
      />
      <TextField
        label={t('topic')}
        description={t('topicHint')}
        placeholder={exampleTopic}
        isMono
        value={form.topicArn}
        onChange={(topicArn) => change({ topicArn })}
        error={errorOf('topicArn')}
      />
      <Nothing>{`${t(`why.${why}`)} ${t('alarmCosts')}`}</Nothing>
    </Dialog>
  );
}
