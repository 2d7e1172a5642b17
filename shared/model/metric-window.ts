import type { MetricSource } from './metric';
import { type MetricName, metricTraits } from './metric';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How far back a chart goes. */
export const metricRanges = ['3h', '24h', '7d', '30d', '90d'] as const;
export type MetricRange = (typeof metricRanges)[number];

export const rangeMs: Readonly<Record<MetricRange, number>> = {
  '3h': 3 * hourMs,
  '24h': dayMs,
  '7d': 7 * dayMs,
  '30d': 30 * dayMs,
  '90d': 90 * dayMs,
};

/** Those in which metrics of a service make a line: S3 tells one value a day, and often a day late. */
export const rangesOf = (source: MetricSource): readonly MetricRange[] =>
  source === 's3' ? metricRanges.filter((range) => rangeMs[range] >= 7 * dayMs) : metricRanges;

export interface MetricWindow {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly periodMs: number;
}

/** Divisors of a day, so that what is aligned to one is aligned to all shorter ones. */
const periodsMs = [minuteMs, 5 * minuteMs, 15 * minuteMs, hourMs, 6 * hourMs, dayMs];

/** More points than a screen has pixels to tell apart. */
const mostPoints = 800;

/**
 * CloudWatch keeps values of one minute for 15 days, of five minutes for 63 and of an hour for 455 (Amazon CloudWatch
 * User Guide, "Metrics retention"); older ones are only in longer periods.
 */
const keptFor = [
  { periodMs: minuteMs, ageMs: 15 * dayMs },
  { periodMs: 5 * minuteMs, ageMs: 63 * dayMs },
];

/**
 * The window of a range that ends now, in whole periods: the shortest that the metric is told in, that CloudWatch still
 * has, and that gives no more points than can be seen. The period that is not over yet is left out, or its value would
 * be lower than the others for no other reason.
 */
export function metricWindow(metric: MetricName, range: MetricRange, nowMs: number): MetricWindow {
  const lengthMs = rangeMs[range];
  const smallestMs = metricTraits(metric).smallestPeriodSeconds * 1000;
  const isKept = (periodMs: number): boolean =>
    keptFor.every((kept) => periodMs > kept.periodMs || lengthMs <= kept.ageMs);
  const periodMs =
    periodsMs.find((ms) => ms >= smallestMs && lengthMs / ms <= mostPoints && isKept(ms)) ?? dayMs;
  const untilMs = Math.floor(nowMs / periodMs) * periodMs;
  return { fromMs: untilMs - Math.ceil(lengthMs / periodMs) * periodMs, untilMs, periodMs };
}
