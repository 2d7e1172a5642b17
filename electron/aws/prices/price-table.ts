import type { HourlyPrice } from '../../../shared/model/hourly-price';

const mostSurchargeUsd = 0.27;

/** The day of the table, and the region that it is of: us-east-1. */
const asOf = '2025-01-15';

/** US dollars for the hour of the size `xlarge` on demand with Linux; the other sizes are multiples of it. */
const usdOfXlarge: ReadonlyMap<string, number> = new Map(
  Object.entries({
    c5: 0.17,
    c6i: 0.17,
    c7i: 0.1785,
    m5: 0.192,
    m6i: 0.192,
    m6g: 0.154,
    m7i: 0.2016,
    r5: 0.252,
    r6i: 0.252,
    r7i: 0.2646,
    t3: 0.1664,
  }),
);
const sizes: ReadonlyMap<string, number> = new Map(
  Object.entries({
    micro: 1 / 16,
    small: 1 / 8,
    medium: 1 / 4,
    large: 1 / 2,
    xlarge: 1,
  }),
);
/** Families whose small sizes are the same multiples; the others begin at `large`. */
const withSmallSizes = ['t3'];

/** What follows no rule: computers with GPUs. */
const usdOf: ReadonlyMap<string, number> = new Map(
  Object.entries({
    'g4dn.xlarge': 0.526,
    'g4dn.2xlarge': 0.752,
    'g4dn.4xlarge': 1.204,
    'g4dn.8xlarge': 2.176,
    'g4dn.12xlarge': 3.912,
    'g4dn.16xlarge': 4.352,
    'g5.xlarge': 1.006,
    'g5.2xlarge': 1.212,
    'g5.4xlarge': 1.624,
    'g5.8xlarge': 2.448,
    'g5.12xlarge': 5.672,
    'g5.16xlarge': 4.096,
    'g5.24xlarge': 8.144,
    'g5.48xlarge': 16.288,
    'p3.2xlarge': 3.06,
    'p3.8xlarge': 12.24,
    'p3.16xlarge': 24.48,
  }),
);

/**
 * An estimate for when AWS's price list can't be had; undefined: the table has none. Prices of AWS's public list
 * (EC2 On-Demand Pricing).
 */
export function tablePrice(instanceType: string): HourlyPrice | undefined {
  const usdPerHour = usdOf.get(instanceType) ?? byRule(instanceType);
  if (usdPerHour === undefined) return undefined;
  return { instanceType, usdPerHour, source: 'table', asOf };
}

/**
 * An estimate of what EMR takes for an hour of such an instance, on top of its price: a quarter of that, and never more
 * than so much (Amazon EMR pricing, "Amazon EMR on Amazon EC2").
 */
export function tableSurcharge(instanceType: string): HourlyPrice | undefined {
  const price = tablePrice(instanceType);
  return price && { ...price, usdPerHour: Math.min(price.usdPerHour / 4, mostSurchargeUsd) };
}

function byRule(instanceType: string): number | undefined {
  const [family = '', size = ''] = instanceType.split('.');
  const usd = usdOfXlarge.get(family);
  if (usd === undefined) return undefined;
  const multiple = /^([1-9]\d?)xlarge$/.exec(size)?.[1];
  if (multiple !== undefined) return usd * Number(multiple);
  const isSmall = size !== 'large' && size !== 'xlarge';
  const share = isSmall && !withSmallSizes.includes(family) ? undefined : sizes.get(size);
  return share === undefined ? undefined : usd * share;
}
