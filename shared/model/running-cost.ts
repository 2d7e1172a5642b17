import type { Ec2Instance } from './ec2';
import { costSince, type HourlyPrice, priceOf } from './hourly-price';

type Priced = Pick<Ec2Instance, 'instanceType' | 'platform' | 'state' | 'launchedAtMs' | 'isSpot'>;

/** AWS counts its time: from running to stopped. */
const isCounted = ({ state }: Pick<Ec2Instance, 'state'>): boolean => state === 'running';

/** What the instances that run cost together. */
export interface RunningCost {
  readonly count: number;
  readonly usdPerHour: number;
  /** Since each of them was started last. */
  readonly usdSoFar: number;
  /** So many of them have a price that is not known, and are not in the sums. */
  readonly unpricedCount: number;
  /** Some price is of Nuvem's own table, or that of a spot instance, which costs less. */
  readonly isEstimate: boolean;
}

/** Adds up what runs now. */
export function runningCost(
  instances: readonly Priced[],
  prices: readonly HourlyPrice[],
  nowMs: number,
): RunningCost {
  const counted = instances.filter(isCounted);
  const priced = counted.flatMap((instance) => {
    const price = priceOf(instance, prices);
    return price === undefined ? [] : [{ instance, price }];
  });
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    count: counted.length,
    usdPerHour: sum(priced.map(({ price }) => price.usdPerHour)),
    usdSoFar: sum(
      priced.map(({ instance, price }) => costSince(price.usdPerHour, instance.launchedAtMs ?? nowMs, nowMs)),
    ),
    unpricedCount: counted.length - priced.length,
    isEstimate: priced.some(({ instance, price }) => instance.isSpot || price.source === 'table'),
  };
}
