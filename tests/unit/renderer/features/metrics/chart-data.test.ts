import { expect, test } from 'vitest';
import { chartData } from '../../../../../renderer/features/metrics/chart-data';
import { mostCompared } from '../../../../../shared/model/metric';

const reading = {
  metric: 'IsIdle',
  ...{ fromMs: 0, untilMs: 4000, periodMs: 1000 },
  series: [
    { resourceId: 'j-1', points: [{ atMs: 1000, value: 1 }] },
    {
      resourceId: 'j-2',
      points: [
        { atMs: 0, value: 0.5 },
        { atMs: 3000, value: 0 },
      ],
    },
  ],
} as const;

test('all lines have a place for every period, and gaps where there is no value', () => {
  const { timesMs, lines } = chartData(reading, [{ id: 'j-1', name: 'Nightly' }]);
  expect(timesMs).toEqual([0, 1000, 2000, 3000]);
  expect(lines.map(({ label, values }) => [label, values])).toEqual([
    ['Nightly (j-1)', [null, 1, null, null]],
    ['j-2', [0.5, null, null, 0]],
  ]);
});

test('no two lines look alike to who sees no colours', () => {
  const series = Array.from({ length: mostCompared }, (_, index) => ({
    resourceId: `j-${index}`,
    points: [],
  }));
  const { lines } = chartData({ ...reading, series }, []);
  expect(new Set(lines.map(({ dash }) => dash.join(' '))).size).toBe(mostCompared);
  expect(new Set(lines.map(({ colour }) => colour)).size).toBe(mostCompared);
});
