import { z } from 'zod';

/** What an hour of a kind of instance costs on demand, with Linux, before taxes and discounts. */
export const HourlyPrice = z.strictObject({
  instanceType: z.string(),
  usdPerHour: z.number().nonnegative(),
  /** `list`: AWS's price list, asked for the region; `table`: Nuvem's own table of another region, an estimate. */
  source: z.enum(['list', 'table']),
  /** The day of which the price is, as `YYYY-MM-DD`. */
  asOf: z.string(),
});
export type HourlyPrice = Readonly<z.infer<typeof HourlyPrice>>;

/** AWS counts seconds, and at least so many of each start. */
const leastSeconds = 60;

/** The price of an instance; undefined: it is not known, or it has a system that costs more than Linux. */
export const priceOf = (
  { instanceType, platform }: { readonly instanceType: string; readonly platform: string },
  prices: readonly HourlyPrice[],
): HourlyPrice | undefined =>
  platform === 'Linux/UNIX' ? prices.find((price) => price.instanceType === instanceType) : undefined;

/** In US dollars, for the time since the start that AWS counts. */
export function costSince(usdPerHour: number, startedAtMs: number, nowMs: number): number {
  const seconds = Math.max(leastSeconds, (nowMs - startedAtMs) / 1000);
  return (usdPerHour * seconds) / 3600;
}
