import fc from 'fast-check';
import { expect, test } from 'vitest';
import { metricNames, metricSources, metricsOf, metricTraits } from '../../../shared/model/metric';
import { metricRanges, metricWindow, rangeMs, rangesOf } from '../../../shared/model/metric-window';
import { busyMetrics } from '../../../shared/model/utilisation';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const atMs = Date.UTC(2026, 3, 1, 12, 34, 56);

test.each([
  ['IsIdle', '3h', 5 * minuteMs],
  ['IsIdle', '7d', 15 * minuteMs],
  ['EngineExecutionTime', '3h', minuteMs],
  ['CPUUtilization', '90d', 6 * 60 * minuteMs],
  ['BucketSizeBytes', '30d', dayMs],
] as const)('%s over %s is read in periods of %d ms', (metric, range, periodMs) => {
  expect(metricWindow(metric, range, atMs).periodMs).toBe(periodMs);
});

test('the period that is not over yet is left out', () => {
  const { untilMs } = metricWindow('IsIdle', '3h', atMs);
  expect(new Date(untilMs).toISOString()).toBe('2026-04-01T12:30:00.000Z');
});

test('every window holds its whole range in whole periods that CloudWatch has, and no more than a screen shows', () => {
  const metric = fc.constantFrom(...metricNames);
  const range = fc.constantFrom(...metricRanges);
  fc.assert(
    fc.property(metric, range, fc.integer({ min: 1e12, max: 4e12 }), (name, chosen, nowMs) => {
      const { fromMs, untilMs, periodMs } = metricWindow(name, chosen, nowMs);
      expect(fromMs % periodMs).toBe(0);
      expect(untilMs % periodMs).toBe(0);
      expect(periodMs).toBeGreaterThanOrEqual(metricTraits(name).smallestPeriodSeconds * 1000);
      expect(untilMs).toBeLessThanOrEqual(nowMs);
      expect(nowMs - untilMs).toBeLessThan(periodMs);
      expect(untilMs - fromMs).toBeGreaterThanOrEqual(rangeMs[chosen]);
      expect((untilMs - fromMs) / periodMs).toBeLessThanOrEqual(800);
      if (rangeMs[chosen] > 15 * dayMs) expect(periodMs).toBeGreaterThanOrEqual(5 * minuteMs);
      if (rangeMs[chosen] > 63 * dayMs) expect(periodMs).toBeGreaterThanOrEqual(60 * minuteMs);
    }),
  );
});

test('every service has metrics, and ranges in which each of them has more than one value', () => {
  for (const source of metricSources)
    for (const metric of metricsOf(source))
      for (const range of rangesOf(source)) {
        const { fromMs, untilMs, periodMs } = metricWindow(metric, range, atMs);
        expect((untilMs - fromMs) / periodMs).toBeGreaterThan(1);
      }
});

test('the metric that tells when something is busy is one of that service', () => {
  for (const source of metricSources) {
    const busy = busyMetrics[source];
    if (busy !== null) expect(metricTraits(busy.metric).source).toBe(source);
  }
});
