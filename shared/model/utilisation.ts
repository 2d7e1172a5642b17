import type { MetricName, MetricPoint, MetricReading, MetricSource } from './metric';

/**
 * How the busy time of a resource is known.
 * idleFlag: 1 while nothing runs, so that the rest of each period was busy, and a period without a value was not
 * observed; busyTime: milliseconds of work, each piece counted, and no value means no work; busyPercent: how much of
 * each observed period was busy.
 */
export type BusyRule = 'idleFlag' | 'busyTime' | 'busyPercent';

/** The metric that tells when a resource is busy; none of S3: it has nothing that is busy or idle. */
export const busyMetrics: Readonly<
  Record<MetricSource, { readonly metric: MetricName; readonly rule: BusyRule } | null>
> = {
  emr: { metric: 'IsIdle', rule: 'idleFlag' },
  s3: null,
  athena: { metric: 'EngineExecutionTime', rule: 'busyTime' },
  ec2: { metric: 'CPUUtilization', rule: 'busyPercent' },
};

export interface Utilisation {
  /** B: how long it was busy; more than `observedMs` where several pieces of work ran at the same time. */
  readonly busyMs: number;
  /** T: how long it was observed. */
  readonly observedMs: number;
  /** U = B / T; null: it was not observed. */
  readonly ratio: number | null;
}

/**
 * The utilisation law U = B / T (Denning and Buzen, "The Operational Analysis of Queueing Network Models", 1978) for
 * one resource, from the values of its busy metric in the reading's window.
 */
export function utilisation(
  rule: BusyRule,
  points: readonly MetricPoint[],
  { fromMs, untilMs, periodMs }: Pick<MetricReading, 'fromMs' | 'untilMs' | 'periodMs'>,
): Utilisation {
  const seen = points.filter(({ atMs }) => atMs >= fromMs && atMs + periodMs <= untilMs);
  const busyMs = sum(seen.map(({ value }) => busyOfPeriod(rule, value, periodMs)));
  const observedMs = rule === 'busyTime' ? untilMs - fromMs : seen.length * periodMs;
  return { busyMs, observedMs, ratio: observedMs > 0 ? busyMs / observedMs : null };
}

function busyOfPeriod(rule: BusyRule, value: number, periodMs: number): number {
  switch (rule) {
    case 'idleFlag':
      return (1 - clamp(value)) * periodMs;
    case 'busyPercent':
      return clamp(value / 100) * periodMs;
    case 'busyTime':
      return Math.max(0, value);
  }
}

const clamp = (share: number): number => Math.min(1, Math.max(0, share));
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
