import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MetricPoint } from '../../../shared/model/metric';
import { type BusyRule, utilisation } from '../../../shared/model/utilisation';

const periodMs = 300_000;
const window = (periods: number) => ({ fromMs: 0, untilMs: periods * periodMs, periodMs });
const point = (index: number, value: number): MetricPoint => ({ atMs: index * periodMs, value });
const points = (...values: readonly number[]): readonly MetricPoint[] =>
  values.map((value, index) => point(index, value));

test('a cluster that was busy in three of four periods has a utilisation of three quarters', () => {
  expect(utilisation('idleFlag', points(0, 0, 1, 0), window(4))).toEqual({
    busyMs: 3 * periodMs,
    observedMs: 4 * periodMs,
    ratio: 0.75,
  });
});

test('periods of a cluster without a value count neither as busy nor as observed', () => {
  expect(utilisation('idleFlag', [point(1, 0), point(5, 1)], window(100)).ratio).toBe(0.5);
  expect(utilisation('idleFlag', [], window(100)).ratio).toBeNull();
});

test('time without a query of Athena counts as observed, and queries at the same time count each', () => {
  expect(utilisation('busyTime', [point(2, periodMs)], window(10)).ratio).toBe(0.1);
  expect(utilisation('busyTime', [point(0, 3 * periodMs)], window(1)).ratio).toBe(3);
  expect(utilisation('busyTime', [], window(10)).ratio).toBe(0);
});

test('the utilisation of a CPU is the average of what it was in use', () => {
  expect(utilisation('busyPercent', points(20, 40, 60), window(3)).ratio).toBeCloseTo(0.4);
});

test('what lies outside the window does not count', () => {
  const outside = [point(-1, 0), point(4, 0), { atMs: 3.5 * periodMs, value: 0 }];
  expect(utilisation('idleFlag', [...points(1, 1, 1, 1), ...outside], window(4)).ratio).toBe(0);
});

const shareRules: readonly BusyRule[] = ['idleFlag', 'busyPercent'];
const values = fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true })), {
  minLength: 1,
  maxLength: 60,
});
/** `null`: no value in that period. */
const given = (list: readonly (number | null)[], factor: number): readonly MetricPoint[] =>
  list.flatMap((value, index) => (value === null ? [] : [point(index, value * factor)]));
const factorOf = (rule: BusyRule): number =>
  rule === 'busyPercent' ? 100 : rule === 'busyTime' ? periodMs : 1;

test('no resource is busy for less than none or for more than all of the time that it was observed', () => {
  fc.assert(
    fc.property(fc.constantFrom(...shareRules), values, (rule, list) => {
      const { busyMs, observedMs, ratio } = utilisation(
        rule,
        given(list, factorOf(rule)),
        window(list.length),
      );
      expect(busyMs).toBeGreaterThanOrEqual(0);
      expect(busyMs).toBeLessThanOrEqual(observedMs * (1 + 1e-9));
      expect(observedMs).toBeLessThanOrEqual(list.length * periodMs);
      expect(ratio === null).toBe(observedMs === 0);
    }),
  );
});

test('busy and observed times of two halves of a window add up to those of the whole', () => {
  const rules = fc.constantFrom<BusyRule>('idleFlag', 'busyPercent', 'busyTime');
  fc.assert(
    fc.property(rules, values, fc.nat(60), (rule, list, cut) => {
      const all = given(list, factorOf(rule));
      const middleMs = Math.min(cut, list.length) * periodMs;
      const whole = utilisation(rule, all, window(list.length));
      const first = utilisation(rule, all, { fromMs: 0, untilMs: middleMs, periodMs });
      const last = utilisation(rule, all, { fromMs: middleMs, untilMs: list.length * periodMs, periodMs });
      expect(first.busyMs + last.busyMs).toBeCloseTo(whole.busyMs, 3);
      expect(first.observedMs + last.observedMs).toBe(whole.observedMs);
    }),
  );
});

test('it does not matter in which order the values come', () => {
  fc.assert(
    fc.property(values, (list) => {
      const all = given(list, 1);
      const turned = utilisation('idleFlag', all.toReversed(), window(list.length));
      const straight = utilisation('idleFlag', all, window(list.length));
      expect(turned.observedMs).toBe(straight.observedMs);
      expect(turned.busyMs).toBeCloseTo(straight.busyMs, 3);
    }),
  );
});
