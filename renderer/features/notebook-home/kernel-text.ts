import type { TFunction } from 'i18next';
import type { Kernel } from '../../../shared/model/kernel';

/** What a kernel was started for, as its user knows it. */
export function kernelTitle(t: TFunction, { sessions, displayName }: Kernel): string {
  const names = sessions.map(({ type, path, name }) =>
    type === 'console' ? t('home.console') : path || name,
  );
  return names.length === 0 ? t('home.withoutPage', { kernel: displayName }) : names.join(', ');
}

const minuteMs = 60_000;
const units = [
  { unit: 'day', ms: 24 * 60 * minuteMs },
  { unit: 'hour', ms: 60 * minuteMs },
  { unit: 'minute', ms: minuteMs },
] as const;

/** `5 minutes ago`; "this minute" for less than one, and for what a clock that is ahead tells. */
export function agoText(language: string, atMs: number, nowMs: number): string {
  const passedMs = Math.max(0, nowMs - atMs);
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const { unit, ms } = units.find((one) => passedMs >= one.ms) ?? { unit: 'minute', ms: minuteMs };
  return format.format(-Math.floor(passedMs / ms), unit);
}
