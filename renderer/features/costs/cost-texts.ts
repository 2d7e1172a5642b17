import type { TFunction } from 'i18next';
import { type CostItem, type CostShare, type CostSum, costSoFar } from '../../../shared/model/costs';
import { dollars } from '../../../shared/util/dollars';

type CostsText = TFunction<'costs'>;

/** What an hour of it costs and what it has cost since its start; empty: no price of it is known. */
export function costFacts(t: CostsText, language: string, item: CostItem, nowMs: number): readonly string[] {
  if (item.usdPerHour === 0) return [];
  const kind = item.isAtMost ? 'atMost' : 'about';
  const sums = {
    perHour: dollars(item.usdPerHour, language),
    soFar: dollars(costSoFar(item, nowMs), language),
  };
  return [t(`perHour.${kind}`, sums), t(`sinceStart.${kind}`, sums)];
}

/** Where the prices of an item are from, and of what day. */
export function sourceText(t: CostsText, language: string, { source, asOf }: CostItem): string {
  if (asOf === '') return '';
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  return t(`source.${source}`, { date: day.format(Date.parse(asOf)) });
}

/** So many instances of one kind, and their prices. */
export function shareText(t: CostsText, language: string, share: CostShare): string {
  const { count, instanceType, isSpot, usdPerHour, surchargeUsdPerHour } = share;
  const what = t(isSpot ? 'share.spot' : 'share.onDemand', { count, instanceType });
  if (usdPerHour === null || surchargeUsdPerHour === null) return t('share.unpriced', { what });
  const prices = {
    what,
    instance: dollars(usdPerHour, language),
    surcharge: dollars(surchargeUsdPerHour, language),
  };
  return t(surchargeUsdPerHour === 0 ? 'share.priced' : 'share.pricedWithEmr', prices);
}

/** The sums of several, as one sentence. */
export function sumText(t: CostsText, language: string, sum: CostSum): string {
  const { instanceCount, clusterCount, usdPerHour, usdSoFar } = sum;
  const names = [
    ...(instanceCount > 0 ? [t('instances', { count: instanceCount })] : []),
    ...(clusterCount > 0 ? [t('clusters', { count: clusterCount })] : []),
  ];
  const what = new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
  return t('sum', { what, perHour: dollars(usdPerHour, language), soFar: dollars(usdSoFar, language) });
}
