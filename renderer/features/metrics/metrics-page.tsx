import { FlaskConical, RefreshCw } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AwsAccount } from '../../../shared/model/aws-account';
import { type MetricName, type MetricSource, metricSources, metricsOf } from '../../../shared/model/metric';
import { type MetricRange, rangesOf } from '../../../shared/model/metric-window';
import { busyMetrics } from '../../../shared/model/utilisation';
import { IconButton } from '../../components/icon-button';
import { Nothing, Page, PageBack, PageHeader } from '../../components/page';
import { RadioGroup } from '../../components/radio-group';
import { Select } from '../../components/select';
import { Spinner } from '../../components/spinner';
import { Switch } from '../../components/switch';
import { selectAws } from '../../stores/view-store';
import { AwsProblem } from '../aws/aws-problem';
import { CodeQuestion } from '../aws/code-dialog';
import { AlarmSection } from './alarm-section';
import { ChartSection } from './chart-section';
import { measuredMetrics, simulatedMetrics } from './metric-access';
import styles from './metrics.module.css';
import { ResourceChoice } from './resource-choice';
import { useLoaded } from './use-loaded';
import { UtilisationSection } from './utilisation-section';

interface Choice {
  readonly source: MetricSource;
  readonly metric: MetricName;
  readonly range: MetricRange;
  /** Null: the user has not chosen yet. */
  readonly resourceIds: readonly string[] | null;
}

const firstMetricOf = (source: MetricSource): MetricName => metricsOf(source)[0] ?? 'IsIdle';

/** Metrics of CloudWatch as charts, what they say of utilisation, and alarms. Without an account, simulated ones. */
export function MetricsPage({ account }: { readonly account: AwsAccount | null }) {
  const { t } = useTranslation('metrics');
  const [isSwitchedOn, setIsSwitchedOn] = useState(false);
  const [reads, setReads] = useState(0);
  const [choice, setChoice] = useState<Choice>({
    source: 'emr',
    metric: firstMetricOf('emr'),
    range: '24h',
    resourceIds: null,
  });
  const isSimulated = account === null || isSwitchedOn;
  const accountId = isSimulated ? null : account.id;
  const { source, metric, range } = choice;
  const change = (part: Partial<Choice>) => setChoice((current) => ({ ...current, ...part }));

  // biome-ignore lint/correctness/useExhaustiveDependencies: another number of reads is another question.
  const access = useCallback(
    () => (accountId === null ? simulatedMetrics(Date.now) : measuredMetrics(accountId)),
    [accountId, reads],
  );
  const found = useLoaded(useCallback(() => access().resources(source), [access, source]));
  const resources = found.value ?? [];
  const chosenIds =
    choice.resourceIds ?? resources.slice(0, isSimulated ? resources.length : 1).map(({ id }) => id);
  // The same ids are the same question, whatever list they are in; no id has a line break.
  const idText = chosenIds.join('\n');
  const ask = (name: MetricName | null) => () => access().read(name ?? metric, idText.split('\n'), range);
  const busy = busyMetrics[source];
  const busyMetric = busy?.metric ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `ask` is made of these.
  const readChart = useCallback(ask(null), [access, metric, idText, range]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `ask` is made of these.
  const readBusy = useCallback(ask(busyMetric), [access, busyMetric, idText, range]);
  const chart = useLoaded(idText === '' ? null : readChart);
  const busyTimes = useLoaded(idText === '' || busyMetric === null ? null : readBusy);
  const isLoading = found.isLoading || chart.isLoading;
  const error = found.error ?? chart.error ?? busyTimes.error;

  return (
    <Page>
      <PageHeader
        title={t(account === null ? 'titleSimulated' : 'title')}
        about={
          <PageBack onPress={selectAws}>
            {account === null ? t('back') : t('backTo', { name: account.name })}
          </PageBack>
        }
        actions={
          <>
            {account !== null && (
              <Switch
                isSelected={isSwitchedOn}
                onChange={(isOn) => {
                  setIsSwitchedOn(isOn);
                  change({ resourceIds: null });
                }}
              >
                {t('simulated')}
              </Switch>
            )}
            <IconButton label={t('refresh')} isDisabled={isLoading} onPress={() => setReads(reads + 1)}>
              {isLoading ? <Spinner size={15} /> : <RefreshCw aria-hidden />}
            </IconButton>
          </>
        }
      />
      {isSimulated && (
        <p role="note" className={styles.simulated}>
          <FlaskConical aria-hidden size={18} />
          <span>
            <strong>{t('simulated')}.</strong> {t('simulatedNote')}
          </span>
        </p>
      )}
      <div className={styles.choices}>
        <RadioGroup
          label={t('source')}
          value={source}
          options={metricSources.map((value) => ({ value, text: t(`sources.${value}`) }))}
          onChange={(next) =>
            change({
              source: next,
              metric: firstMetricOf(next),
              range: rangesOf(next).includes(range) ? range : (rangesOf(next).at(1) ?? range),
              resourceIds: null,
            })
          }
        />
        <RadioGroup
          label={t('range')}
          value={range}
          options={rangesOf(source).map((value) => ({ value, text: t(`ranges.${value}`) }))}
          onChange={(next) => change({ range: next })}
        />
        <Select
          label={t('metric')}
          value={metric}
          options={metricsOf(source).map((value) => ({ value, text: t(`metrics.${value}`) }))}
          onChange={(next) => change({ metric: next })}
        />
      </div>
      {error && <AwsProblem error={error} />}
      {found.value?.length === 0 && <Nothing>{t(`noResources.${source}`)}</Nothing>}
      {resources.length > 0 && (
        <ResourceChoice
          key={source}
          label={t(`resources.${source}`)}
          resources={resources}
          chosenIds={chosenIds}
          onChange={(resourceIds) => change({ resourceIds })}
        />
      )}
      {resources.length > 0 && chosenIds.length === 0 && <Nothing>{t('chooseResource')}</Nothing>}
      {isLoading && <Nothing>{t('loading')}</Nothing>}
      {chart.value && <ChartSection reading={chart.value} resources={resources} isSimulated={isSimulated} />}
      {busy && busyTimes.value && (
        <UtilisationSection rule={busy.rule} reading={busyTimes.value} resources={resources} />
      )}
      {busy === null && chart.value && <Nothing>{t('noUtilisation')}</Nothing>}
      {accountId !== null && (
        <AlarmSection accountId={accountId} source={source} metric={metric} resources={resources} />
      )}
      <CodeQuestion />
    </Page>
  );
}
