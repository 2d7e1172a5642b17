import type { TFunction } from 'i18next';
import type { MetricUnit } from '../../../shared/model/metric';

interface Scale {
  readonly unit: string;
  readonly factor: number;
}

/** Largest first. Decimal, as Intl's units are. */
const byteScales: readonly Scale[] = [
  { unit: 'terabyte', factor: 1e12 },
  { unit: 'gigabyte', factor: 1e9 },
  { unit: 'megabyte', factor: 1e6 },
  { unit: 'kilobyte', factor: 1e3 },
  { unit: 'byte', factor: 1 },
];
const timeScales: readonly Scale[] = [
  { unit: 'hour', factor: 3_600_000 },
  { unit: 'minute', factor: 60_000 },
  { unit: 'second', factor: 1000 },
  { unit: 'millisecond', factor: 1 },
];

/** A value of a metric as people read it, e.g. `40.2 GB`. */
export function valueText(language: string, unit: MetricUnit, value: number): string {
  switch (unit) {
    case 'bytes':
      return scaled(language, byteScales, value);
    case 'megabytes':
      return scaled(language, byteScales, value * 1e6);
    case 'milliseconds':
      return scaled(language, timeScales, value);
    case 'percent':
      return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(
        value / 100,
      );
    case 'count':
    case 'share':
      return new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(value);
  }
}

/** How long something was, e.g. `5.3 hr`. */
export const durationText = (language: string, durationMs: number): string =>
  scaled(language, timeScales, durationMs);

function scaled(language: string, scales: readonly Scale[], value: number): string {
  const scale = scales.find(({ factor }) => value >= factor) ?? scales.at(-1);
  const { unit, factor } = scale ?? { unit: 'byte', factor: 1 };
  return new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: 1 }).format(
    value / factor,
  );
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The length of a period, as it stands in `every …`. */
export function periodText(t: TFunction<'metrics'>, periodMs: number): string {
  if (periodMs % dayMs === 0) return t('periods.days', { count: periodMs / dayMs });
  if (periodMs % hourMs === 0) return t('periods.hours', { count: periodMs / hourMs });
  return t('periods.minutes', { count: Math.round(periodMs / minuteMs) });
}
