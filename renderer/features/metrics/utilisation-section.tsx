import { useTranslation } from 'react-i18next';
import type { MetricReading, MetricResource } from '../../../shared/model/metric';
import { type BusyRule, utilisation } from '../../../shared/model/utilisation';
import { Section } from '../../components/section';
import { labelOf } from './chart-data';
import styles from './metrics.module.css';
import { durationText, periodText } from './value-text';

interface UtilisationSectionProps {
  readonly rule: BusyRule;
  /** Of the metric that tells when each resource was busy. */
  readonly reading: MetricReading;
  readonly resources: readonly MetricResource[];
}

/** How busy each resource was in the window, and what that rests on. */
export function UtilisationSection({ rule, reading, resources }: UtilisationSectionProps) {
  const { t, i18n } = useTranslation('metrics');
  const { language } = i18n;
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 3 });
  return (
    <Section id="metric-utilisation" title={t('utilisation')}>
      <table className={`${styles.table} selectable`}>
        <thead>
          <tr>
            <th scope="col">{t('utilisationOf')}</th>
            <th scope="col">{t('busy')}</th>
            <th scope="col">{t('observed')}</th>
            <th scope="col">{t('ratio')}</th>
          </tr>
        </thead>
        <tbody>
          {reading.series.map(({ resourceId, points }) => {
            const { busyMs, observedMs, ratio } = utilisation(rule, points, reading);
            const resource = resources.find(({ id }) => id === resourceId);
            return (
              <tr key={resourceId}>
                <th scope="row">{resource ? labelOf(resource) : resourceId}</th>
                <td>{durationText(language, busyMs)}</td>
                <td>{durationText(language, observedMs)}</td>
                <td>{ratio === null ? t('notObserved') : number.format(ratio)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className={styles.muted}>
        {t('window', {
          from: format.format(reading.fromMs),
          until: format.format(reading.untilMs),
          period: periodText(t, reading.periodMs),
        })}{' '}
        {t(`assumption.${rule}`)}
      </p>
    </Section>
  );
}
