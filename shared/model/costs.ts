import { z } from 'zod';
import { AwsAccountId } from './aws-account';
import { MachineId } from './machine';

/** So many instances of one kind, and what an hour of one of them costs in US dollars; null: that is not known. */
export const CostShare = z.strictObject({
  instanceType: z.string(),
  isSpot: z.boolean(),
  count: z.number().int(),
  usdPerHour: z.number().nullable(),
  /** What EMR takes on top; 0 for what is no cluster. */
  surchargeUsdPerHour: z.number().nullable(),
});
export type CostShare = Readonly<z.infer<typeof CostShare>>;

/** Something at AWS that runs and costs money by the hour: the instance that machines are, or a cluster. */
export const CostItem = z.strictObject({
  kind: z.enum(['instance', 'cluster']),
  accountId: AwsAccountId,
  /** AWS's id of it. */
  id: z.string(),
  name: z.string(),
  /** The machines that are this instance, or the primary node of this cluster. */
  machineIds: z.array(MachineId).readonly(),
  /** It is the user's own, so that it is in the sums. */
  isCounted: z.boolean(),
  /** When it was started, by AWS; null: AWS does not say. */
  startedAtMs: z.number().nullable(),
  /** The moment of `usdSoFar`. */
  atMs: z.number(),
  /** Since its start, in US dollars. */
  usdSoFar: z.number(),
  usdPerHour: z.number(),
  /** Of some of its instances the price is not known: they are not in the sums. */
  unpricedCount: z.number().int(),
  /** Some are spot instances, which cost less than what is counted. */
  isAtMost: z.boolean(),
  /** `list`: all prices are of AWS's price list for the region; `table`: some are of Nuvem's own, older table. */
  source: z.enum(['list', 'table']),
  /** The day of the oldest price, as `YYYY-MM-DD`; empty: no price is known. */
  asOf: z.string(),
  shares: z.array(CostShare).readonly(),
});
export type CostItem = Readonly<z.infer<typeof CostItem>>;

export const CostsSnapshot = z.strictObject({
  revision: z.number().int(),
  items: z.array(CostItem).readonly(),
});
export type CostsSnapshot = Readonly<z.infer<typeof CostsSnapshot>>;

export const noCosts: CostsSnapshot = { revision: -1, items: [] };

const msPerHour = 3_600_000;

/** What an item has cost by now, in US dollars: it grows by the hour from the moment at which AWS was asked. */
export const costSoFar = ({ usdSoFar, usdPerHour, atMs }: CostItem, nowMs: number): number =>
  usdSoFar + (usdPerHour * Math.max(0, nowMs - atMs)) / msPerHour;

/** What an item has cost since a moment while it ran as it does now, in US dollars. */
export const costOfTime = ({ usdPerHour, startedAtMs }: CostItem, sinceMs: number, nowMs: number): number =>
  (usdPerHour * Math.max(0, nowMs - Math.max(sinceMs, startedAtMs ?? sinceMs))) / msPerHour;

export interface CostSum {
  readonly instanceCount: number;
  readonly clusterCount: number;
  readonly usdPerHour: number;
  /** Since each of them was started. */
  readonly usdSoFar: number;
}

/** The sums of the items that are counted, the same in the window and the tray; null: none has a known price. */
export function sumOf(items: readonly CostItem[], nowMs: number): CostSum | null {
  const counted = items.filter(({ isCounted, usdPerHour }) => isCounted && usdPerHour > 0);
  if (counted.length === 0) return null;
  const clusterCount = counted.filter(({ kind }) => kind === 'cluster').length;
  return {
    instanceCount: counted.length - clusterCount,
    clusterCount,
    usdPerHour: counted.reduce((sum, { usdPerHour }) => sum + usdPerHour, 0),
    usdSoFar: counted.reduce((sum, item) => sum + costSoFar(item, nowMs), 0),
  };
}
