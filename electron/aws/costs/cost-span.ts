import type { CostItem, CostShare } from '../../../shared/model/costs';
import type { HourlyPrice } from '../../../shared/model/hourly-price';

/** The time that AWS charges for one instance. */
export interface CostSpan {
  readonly instanceType: string;
  readonly isSpot: boolean;
  readonly fromMs: number;
  /** Null: it still runs. */
  readonly untilMs: number | null;
}

export interface SpanPrices {
  /** Of the instances themselves. */
  readonly ec2: readonly HourlyPrice[];
  /** What EMR takes on top; null: it is no cluster. */
  readonly emr: readonly HourlyPrice[] | null;
}

type Sums = Pick<
  CostItem,
  'atMs' | 'usdSoFar' | 'usdPerHour' | 'unpricedCount' | 'isAtMost' | 'source' | 'asOf' | 'shares'
>;

/** AWS counts seconds, and at least so many of each start. */
const leastMs = 60_000;
const msPerHour = 3_600_000;

/** What the instances of one thing cost together, at a moment. */
export function sumsOf(spans: readonly CostSpan[], prices: SpanPrices, nowMs: number): Sums {
  const open = spans.filter(({ untilMs }) => untilMs === null);
  const used = spans.flatMap((span) => rateOf(span, prices)?.prices ?? []);
  return {
    atMs: nowMs,
    usdSoFar: spans.reduce((sum, span) => sum + costOf(span, prices, nowMs), 0),
    usdPerHour: open.reduce((sum, span) => sum + (rateOf(span, prices)?.usdPerHour ?? 0), 0),
    unpricedCount: open.filter((span) => rateOf(span, prices) === null).length,
    isAtMost: open.some(({ isSpot }) => isSpot),
    source: used.some(({ source }) => source === 'table') ? 'table' : 'list',
    asOf: used.map(({ asOf }) => asOf).sort()[0] ?? '',
    shares: sharesOf(open, prices),
  };
}

/** In US dollars; 0 where the price is not known. */
function costOf(span: CostSpan, prices: SpanPrices, nowMs: number): number {
  const lastedMs = Math.max(leastMs, (span.untilMs ?? nowMs) - span.fromMs);
  return ((rateOf(span, prices)?.usdPerHour ?? 0) * lastedMs) / msPerHour;
}

/** Null: a part of the price is not known. */
function rateOf({ instanceType }: CostSpan, { ec2, emr }: SpanPrices) {
  const found = [ec2, ...(emr === null ? [] : [emr])].map((list) => priceIn(list, instanceType));
  const prices = found.flatMap((price) => price ?? []);
  if (prices.length < found.length) return null;
  return { prices, usdPerHour: prices.reduce((sum, { usdPerHour }) => sum + usdPerHour, 0) };
}

const priceIn = (list: readonly HourlyPrice[], instanceType: string): HourlyPrice | undefined =>
  list.find((price) => price.instanceType === instanceType);

function sharesOf(open: readonly CostSpan[], { ec2, emr }: SpanPrices): readonly CostShare[] {
  const shares = new Map<string, CostShare>();
  for (const { instanceType, isSpot } of open) {
    const key = `${instanceType} ${isSpot}`;
    shares.set(key, {
      instanceType,
      isSpot,
      count: (shares.get(key)?.count ?? 0) + 1,
      usdPerHour: priceIn(ec2, instanceType)?.usdPerHour ?? null,
      surchargeUsdPerHour: emr === null ? 0 : (priceIn(emr, instanceType)?.usdPerHour ?? null),
    });
  }
  return [...shares.values()];
}
