import { type MetricReading, metricTraits, sourceTraits } from './metric';

/**
 * A reading as CSV (RFC 4180) of one row for each value, with all that the value means: `simulated` says yes of values
 * that nobody measured.
 */
export function metricCsv(reading: MetricReading, isSimulated: boolean): string {
  const { source, statistic, unit } = metricTraits(reading.metric);
  const header = 'time,namespace,metric,statistic,period_seconds,unit,resource,value,simulated';
  const about = [sourceTraits[source].namespace, reading.metric, statistic, reading.periodMs / 1000, unit];
  const rows = reading.series.flatMap(({ resourceId, points }) =>
    points.map(({ atMs, value }) =>
      [new Date(atMs).toISOString(), ...about, resourceId, value, isSimulated ? 'yes' : 'no']
        .map(String)
        .map(cell)
        .join(','),
    ),
  );
  return [header, ...rows, ''].join('\r\n');
}

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
