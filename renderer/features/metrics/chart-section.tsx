import { Download, Image } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type MetricReading, type MetricResource, metricTraits } from '../../../shared/model/metric';
import { metricCsv } from '../../../shared/model/metric-csv';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Nothing } from '../../components/page';
import { Section } from '../../components/section';
import { showFailure } from '../../stores/notices-store';
import { chartData } from './chart-data';
import { ChartLegend } from './chart-legend';
import { chartPicture } from './chart-picture';
import { MetricChart } from './metric-chart';
import styles from './metrics.module.css';
import { ValueTable } from './value-table';
import { periodText, valueText } from './value-text';

interface ChartSectionProps {
  readonly reading: MetricReading;
  readonly resources: readonly MetricResource[];
  readonly isSimulated: boolean;
}

/** A reading as chart, in words, as table, and as files. */
export function ChartSection({ reading, resources, isSimulated }: ChartSectionProps) {
  const { t, i18n } = useTranslation('metrics');
  const [index, setIndex] = useState<number | null>(null);
  const canvas = useRef<HTMLCanvasElement | null>(null);
  const data = useMemo(() => chartData(reading, resources), [reading, resources]);
  const { metric, periodMs } = reading;
  const { unit, statistic, why } = metricTraits(metric);
  const { language } = i18n;
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const name = t(`metrics.${metric}`);
  const facts = t('chartFacts', {
    metric,
    statistic: t(`statistics.${statistic}`),
    period: periodText(t, periodMs),
    unit: t(`units.${unit}`),
  });
  const textOf = (value: number | null) =>
    value === null ? t('noValueHere') : valueText(language, unit, value);
  const last = data.timesMs.length - 1;
  const timeOf = (at: number) => format.format(data.timesMs[at] ?? reading.fromMs);
  const shown = index === null || index > last ? last : index;
  const hasValues = reading.series.some(({ points }) => points.length > 0);
  const fileName = `${isSimulated ? 'simulated-' : ''}${metric}`;
  const save = (request: Parameters<typeof nuvem.metrics.save>[0]) =>
    void nuvem.metrics.save(request).catch(showFailure);
  const savePicture = () => {
    if (canvas.current === null) return;
    const window = t('window', {
      from: format.format(reading.fromMs),
      until: format.format(reading.untilMs),
      period: periodText(t, periodMs),
    });
    const title = isSimulated ? `${name} (${t('simulated')})` : name;
    const base64 = chartPicture(canvas.current, { title, facts: [facts, window] }, data.lines);
    save({ name: `${fileName}.png`, file: { kind: 'png', base64 } });
  };
  return (
    <Section
      id="metric-chart"
      title={name}
      actions={
        hasValues && (
          <>
            <Button
              icon={<Download aria-hidden />}
              onPress={() =>
                save({
                  name: `${fileName}.csv`,
                  file: { kind: 'csv', text: metricCsv(reading, isSimulated) },
                })
              }
            >
              {t('saveCsv')}
            </Button>
            <Button icon={<Image aria-hidden />} onPress={savePicture}>
              {t('savePng')}
            </Button>
          </>
        )
      }
    >
      <p className={styles.muted}>
        {facts}. {t(`why.${why}`)} {t('notSampleCount')}
      </p>
      {!hasValues && <Nothing>{t('noValues')}</Nothing>}
      {hasValues && (
        <>
          <MetricChart
            label={t('chartLabel', { metric: name })}
            data={data}
            language={language}
            top={unit === 'share' ? 1 : unit === 'percent' ? 100 : null}
            mark={isSimulated ? t('simulatedMark') : null}
            textOf={textOf}
            pointText={(at) =>
              [
                timeOf(at),
                ...data.lines.map(({ label, values }) => `${label}: ${textOf(values[at] ?? null)}`),
              ].join('; ')
            }
            index={index}
            onIndex={setIndex}
            canvas={canvas}
          />
          <ChartLegend
            lines={data.lines}
            time={timeOf(shown)}
            valueText={({ values }) => textOf(values[shown] ?? null)}
          />
          <ValueTable data={data} timeText={(atMs) => format.format(atMs)} textOf={textOf} />
        </>
      )}
    </Section>
  );
}
