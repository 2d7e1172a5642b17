import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginOutage, continueOutage, retryDelayMs } from '../../../electron/connection/retry';

describe('the delay before a retry', () => {
  it('doubles from 1 s to 30 s and stays there', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 100].map((number) => retryDelayMs(number, 1))).toEqual([
      ...[1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000],
    ]);
  });

  it('is cut by chance to no less than half', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (number, random) => {
          const fullMs = retryDelayMs(number, 1);
          expect(retryDelayMs(number, random)).toBeGreaterThanOrEqual(fullMs / 2);
          expect(retryDelayMs(number, random)).toBeLessThanOrEqual(fullMs);
        },
      ),
    );
  });
});

describe('the time spent on an outage', () => {
  it('adds up its steps', () => {
    const outage = continueOutage(continueOutage(beginOutage(1000), 31_000), 51_000);
    expect(outage.triedMs).toBe(50_000);
  });

  it('does not count a night', () => {
    const outage = continueOutage(beginOutage(1000), 8 * 3_600_000);
    expect(outage.triedMs).toBeLessThanOrEqual(120_000);
  });
});
