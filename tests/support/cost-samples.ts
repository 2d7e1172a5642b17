import type { AwsAccountId } from '../../shared/model/aws-account';
import type { CostItem } from '../../shared/model/costs';
import { uuid } from './samples';

/** A cluster of three m5.xlarge that has run for ten hours. */
export const sampleCost = (item: Partial<CostItem> = {}): CostItem => ({
  kind: 'cluster',
  accountId: uuid<AwsAccountId>(1),
  id: 'j-2AXXXXXXGAPLF',
  name: 'Nightly training of the segmentation model',
  machineIds: [],
  isCounted: true,
  startedAtMs: Date.UTC(2026, 2, 4, 8),
  atMs: Date.UTC(2026, 2, 4, 18),
  usdSoFar: 7.2,
  usdPerHour: 0.72,
  unpricedCount: 0,
  isAtMost: false,
  source: 'list',
  asOf: '2026-03-02',
  shares: [
    { instanceType: 'm5.xlarge', isSpot: false, count: 3, usdPerHour: 0.192, surchargeUsdPerHour: 0.048 },
  ],
  ...item,
});
