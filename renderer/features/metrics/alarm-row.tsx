import { Bell, BellOff, BellRing, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { MetricStatistic } from '../../../shared/model/metric';
import type { AlarmState, MetricAlarm } from '../../../shared/model/metric-alarm';
import { IconButton } from '../../components/icon-button';
import { Row, RowFacts, RowTitle } from '../../components/row-list';
import styles from './metrics.module.css';
import { periodText } from './value-text';

interface AlarmRowProps {
  readonly alarm: MetricAlarm;
  readonly onDelete: () => void;
}

/** One alarm: its state, since when and why, its rule and whom it tells. */
export function AlarmRow({ alarm, onDelete }: AlarmRowProps) {
  const { t, i18n } = useTranslation('metrics');
  const { name, state, reason, sinceMs, dimensions, actions } = alarm;
  const format = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
  const tone = state === 'ALARM' ? styles.bad : state === 'OK' ? styles.good : styles.muted;
  const topics = actions.map((arn) => arn.split(':').at(-1)).join(', ');
  const facts = [
    sinceMs !== null && t('alarmSince', { time: format.format(sinceMs) }),
    dimensions,
    topics !== '' && t('tells', { topics }),
  ].filter(Boolean);
  return (
    <Row
      icon={<StateIcon state={state} />}
      actions={
        <IconButton label={t('deleteAlarmNamed', { name })} onPress={onDelete}>
          <Trash2 aria-hidden />
        </IconButton>
      }
    >
      <RowTitle>
        <span className="selectable">{name}</span>{' '}
        <span className={`${styles.state} ${tone}`}>{t(`alarmState.${state}`)}</span>
      </RowTitle>
      <RowFacts>
        <AlarmRule alarm={alarm} />
      </RowFacts>
      {facts.length > 0 && <RowFacts>{facts.join(' · ')}</RowFacts>}
      {reason !== '' && (
        <RowFacts>
          <span className="selectable">{reason}</span>
        </RowFacts>
      )}
    </Row>
  );
}

function AlarmRule({ alarm }: { readonly alarm: MetricAlarm }) {
  const { t, i18n } = useTranslation('metrics');
  const { metric, statistic, comparison, threshold, periodSeconds, evaluationPeriods } = alarm;
  if (metric === '' || comparison === null || threshold === null || periodSeconds === null)
    return t('alarmFormula');
  return t('alarmRule', {
    ...{ metric, count: evaluationPeriods },
    statistic: isOurs(statistic) ? t(`statistics.${statistic}`) : statistic,
    comparison: t(`comparison.${comparison}`),
    threshold: new Intl.NumberFormat(i18n.language).format(threshold),
    period: periodText(t, periodSeconds * 1000),
  });
}

/** Others, such as percentiles, are alike in all languages. */
const isOurs = (statistic: string): statistic is MetricStatistic =>
  ['Average', 'Sum', 'Maximum'].includes(statistic);

function StateIcon({ state }: { readonly state: AlarmState }) {
  switch (state) {
    case 'ALARM':
      return <BellRing aria-hidden size={18} />;
    case 'OK':
      return <Bell aria-hidden size={18} />;
    case 'INSUFFICIENT_DATA':
      return <BellOff aria-hidden size={18} />;
  }
}
