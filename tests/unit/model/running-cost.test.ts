import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ec2States } from '../../../shared/model/ec2';
import { costSince, type HourlyPrice, priceOf } from '../../../shared/model/hourly-price';
import { runningCost } from '../../../shared/model/running-cost';
import { sampleInstance } from '../../support/ec2-samples';

const types = ['m5.xlarge', 'g5.xlarge', 'x9.large'] as const;
const prices: readonly HourlyPrice[] = [
  { instanceType: 'm5.xlarge', usdPerHour: 0.192, source: 'list', asOf: '2026-03-04' },
  { instanceType: 'g5.xlarge', usdPerHour: 1.006, source: 'table', asOf: '2025-01-15' },
];
const nowMs = Date.UTC(2026, 2, 6);
const instance = fc
  .record({
    instanceType: fc.constantFrom(...types),
    platform: fc.constantFrom('Linux/UNIX', 'Windows', ''),
    state: fc.constantFrom(...ec2States),
    launchedAtMs: fc.option(fc.integer({ min: nowMs - 1e9, max: nowMs + 1e6 })),
    isSpot: fc.boolean(),
  })
  .map((part) => sampleInstance(1, part));
const instances = fc.array(instance);

describe('what an instance costs', () => {
  test('grows with time and never is less than a minute', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 100, noNaN: true }), fc.nat(1e9), fc.nat(1e9), (usd, a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        expect(costSince(usd, 0, less)).toBeLessThanOrEqual(costSince(usd, 0, more));
        expect(costSince(usd, 0, less)).toBeGreaterThanOrEqual(usd / 60 - 1e-9);
      }),
    );
    expect(costSince(0.192, 0, 3_600_000)).toBeCloseTo(0.192);
  });

  test('is not known of other systems than Linux, which cost more', () => {
    expect(priceOf({ instanceType: 'm5.xlarge', platform: 'Windows' }, prices)).toBe(undefined);
    expect(priceOf({ instanceType: 'm5.xlarge', platform: 'Linux/UNIX' }, prices)).toBe(prices[0]);
  });
});

describe('what all that runs costs', () => {
  test('is the sum of its parts, in whatever order', () => {
    fc.assert(
      fc.property(instances, instances, (some, others) => {
        const [a, b, both] = [some, others, [...others, ...some]].map((list) =>
          runningCost(list, prices, nowMs),
        );
        for (const key of ['count', 'unpricedCount', 'usdPerHour', 'usdSoFar'] as const)
          expect(both?.[key]).toBeCloseTo((a?.[key] ?? 0) + (b?.[key] ?? 0), 6);
        expect(both?.isEstimate).toBe(a?.isEstimate || b?.isEstimate);
      }),
    );
  });

  test('leaves out what does not run, and what has no price', () => {
    fc.assert(
      fc.property(instances, (list) => {
        const running = list.filter(({ state }) => state === 'running');
        const cost = runningCost(list, prices, nowMs);
        expect(cost).toEqual(runningCost(running, prices, nowMs));
        expect(cost.count).toBe(running.length);
        expect(cost.unpricedCount).toBe(running.filter((one) => !priceOf(one, prices)).length);
        if (cost.unpricedCount === cost.count) expect(cost.usdPerHour + cost.usdSoFar).toBe(0);
      }),
    );
  });

  test('is an estimate where a price is of the table or of a spot instance', () => {
    const one = (part: Parameters<typeof sampleInstance>[1]) =>
      runningCost([sampleInstance(1, part)], prices, nowMs).isEstimate;
    expect(one({ instanceType: 'm5.xlarge' })).toBe(false);
    expect(one({ instanceType: 'g5.xlarge' })).toBe(true);
    expect(one({ instanceType: 'm5.xlarge', isSpot: true })).toBe(true);
    expect(one({ instanceType: 'x9.large', isSpot: true })).toBe(false);
  });
});
