import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CostSpan, sumsOf } from '../../../../electron/aws/costs/cost-span';
import { tablePrice, tableSurcharge } from '../../../../electron/aws/prices/price-table';
import { costOfTime, costSoFar, sumOf } from '../../../../shared/model/costs';
import { sampleCost } from '../../../support/cost-samples';

const hourMs = 3_600_000;
const startMs = Date.UTC(2026, 2, 4);
const types = ['m5.xlarge', 'r5.2xlarge', 'x9.large'];
const prices = {
  ec2: types.flatMap((type) => tablePrice(type) ?? []),
  emr: types.flatMap((type) => tableSurcharge(type) ?? []),
};
const span = (change: Partial<CostSpan> = {}): CostSpan => ({
  ...{ instanceType: 'm5.xlarge', isSpot: false, fromMs: startMs, untilMs: null },
  ...change,
});

describe('what a cluster costs', () => {
  test('is the price of each instance and what EMR takes on top, for as long as it was there', () => {
    const gone = span({ untilMs: startMs + hourMs });
    const sums = sumsOf([span(), span(), gone], prices, startMs + 10 * hourMs);
    expect(sums.usdPerHour).toBeCloseTo(2 * 0.24);
    expect(sums.usdSoFar).toBeCloseTo(2 * 2.4 + 0.24);
    expect(sums).toMatchObject({ unpricedCount: 0, isAtMost: false, source: 'table', asOf: '2025-01-15' });
    expect(sums.shares).toEqual([
      { instanceType: 'm5.xlarge', isSpot: false, count: 2, usdPerHour: 0.192, surchargeUsdPerHour: 0.048 },
    ]);
  });

  test('is at most so much with spot instances, and leaves out what has no known price', () => {
    const sums = sumsOf([span({ isSpot: true }), span({ instanceType: 'x9.large' })], prices, startMs);
    expect(sums).toMatchObject({ isAtMost: true, unpricedCount: 1 });
    expect(sums.shares).toMatchObject([{ isSpot: true }, { instanceType: 'x9.large', usdPerHour: null }]);
    // AWS counts a minute at least.
    expect(sums.usdSoFar).toBeCloseTo(0.24 / 60);
  });

  test('never falls, and grows in a window as it grows where it is counted', () => {
    const time = fc.integer({ min: 0, max: 1000 });
    const anySpan = fc
      .record({ instanceType: fc.constantFrom(...types), isSpot: fc.boolean(), from: time, lasts: time })
      .chain(({ instanceType, isSpot, from, lasts }) => {
        const fromMs = startMs + from * 60_000;
        return fc.boolean().map((isOpen) => ({
          ...{ instanceType, isSpot, fromMs },
          untilMs: isOpen ? null : fromMs + lasts * 60_000,
        }));
      });
    fc.assert(
      fc.property(fc.array(anySpan), time, (spans, laterMinutes) => {
        const atMs = startMs + 2001 * 60_000;
        const laterMs = atMs + laterMinutes * 60_000;
        const sums = sumsOf(spans, prices, atMs);
        const later = sumsOf(spans, prices, laterMs);
        expect(later.usdSoFar).toBeGreaterThanOrEqual(sums.usdSoFar);
        expect(costSoFar(sampleCost(sums), laterMs)).toBeCloseTo(later.usdSoFar, 6);
      }),
    );
  });
});

describe('sums', () => {
  const atMs = startMs + 10 * hourMs;
  const base = { startedAtMs: startMs, atMs, usdSoFar: 2.4, usdPerHour: 0.24 };

  test('are of what is counted as the user’s own and has a price', () => {
    const items = [
      sampleCost(base),
      sampleCost({ ...base, isCounted: false }),
      sampleCost({ ...base, kind: 'instance', id: 'i-1' }),
      sampleCost({ ...base, id: 'j-NEW', usdPerHour: 0, usdSoFar: 0 }),
    ];
    expect(sumOf(items, atMs + hourMs)).toEqual({
      ...{ instanceCount: 1, clusterCount: 1 },
      usdPerHour: expect.closeTo(0.48),
      usdSoFar: expect.closeTo(2 * 2.64),
    });
    expect(sumOf([sampleCost({ isCounted: false })], atMs)).toBe(null);
  });

  test('of a connection begin with it, and not before the start', () => {
    const item = sampleCost(base);
    expect(costOfTime(item, atMs - hourMs, atMs)).toBeCloseTo(0.24);
    expect(costOfTime(item, startMs - hourMs, startMs + hourMs)).toBeCloseTo(0.24);
    expect(costOfTime(item, atMs + hourMs, atMs)).toBe(0);
  });
});
