import { expect, test } from 'vitest';
import { metricNames, metricTraits } from '../../../shared/model/metric';
import { metricCsv } from '../../../shared/model/metric-csv';
import { metricWindow } from '../../../shared/model/metric-window';
import { simulatedReading, simulatedResources } from '../../../shared/model/simulated-metrics';
import { busyMetrics, utilisation } from '../../../shared/model/utilisation';

const nowMs = Date.UTC(2026, 3, 1, 12);

const readAll = (metric: (typeof metricNames)[number]) => {
  const ids = simulatedResources[metricTraits(metric).source].map(({ id }) => id);
  return simulatedReading(metric, ids, metricWindow(metric, '7d', nowMs));
};

test.each(metricNames)(
  'simulated values of %s are what that metric can have, the same at each call',
  (metric) => {
    const reading = readAll(metric);
    const { unit } = metricTraits(metric);
    const most = unit === 'percent' ? 100 : unit === 'share' ? 1 : Number.MAX_SAFE_INTEGER;
    expect(reading.series).toHaveLength(2);
    for (const { points } of reading.series) {
      expect(points).toHaveLength((reading.untilMs - reading.fromMs) / reading.periodMs);
      expect(points.filter(({ value }) => !(value >= 0 && value <= most))).toEqual([]);
    }
    expect(readAll(metric)).toEqual(reading);
  },
);

test.each(['emr', 'athena', 'ec2'] as const)(
  'the busier simulated resource of %s has the higher utilisation',
  (source) => {
    const { metric, rule } = busyMetrics[source] ?? { metric: 'IsIdle', rule: 'idleFlag' };
    const reading = readAll(metric);
    const [busier, other] = reading.series.map(({ points }) => utilisation(rule, points, reading).ratio ?? 0);
    expect(busier).toBeGreaterThan(other ?? 1);
  },
);

test('a CSV file says of each value when, what, how and of what it is, and whether it is simulated', () => {
  const reading = {
    metric: 'IsIdle',
    ...{ fromMs: 0, untilMs: 600_000, periodMs: 300_000 },
    series: [{ resourceId: 'a "b", c', points: [{ atMs: 300_000, value: 0.5 }] }],
  } as const;
  expect(metricCsv(reading, true).split('\r\n')).toEqual([
    'time,namespace,metric,statistic,period_seconds,unit,resource,value,simulated',
    '1970-01-01T00:05:00.000Z,AWS/ElasticMapReduce,IsIdle,Average,300,share,"a ""b"", c",0.5,yes',
    '',
  ]);
  expect(metricCsv(reading, false)).toContain(',no\r\n');
});

test('simulated clusters are idle or not, as EMR tells it', () => {
  const window = metricWindow('IsIdle', '24h', nowMs);
  const ids = simulatedResources.emr.map(({ id }) => id);
  for (const { points } of simulatedReading('IsIdle', ids, window).series)
    expect(new Set(points.map(({ value }) => value))).toEqual(new Set([0, 1]));
});
