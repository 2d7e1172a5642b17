import { beforeEach, expect, test } from 'vitest';
import { OwnIdleCount } from '../../../../electron/jupyter/idle/own-idle-count';
import { FakeClock } from '../../../support/fake-clock';

const hourMs = 3_600_000;
const minuteMs = 60_000;
const rest = { isWorking: false, trace: 'a' };
const work = { isWorking: true, trace: 'a' };

let clock: FakeClock;
let count: OwnIdleCount;

beforeEach(() => {
  clock = new FakeClock();
  count = new OwnIdleCount({ kind: 'stop', afterHours: 2 }, clock);
});

/** So much time passes, and then the server tells this. */
function after(ms: number, activity: Parameters<OwnIdleCount['take']>[0]): OwnIdleCount {
  clock.advance(ms);
  count.take(activity);
  return count;
}

test('a server on which nothing runs is over after its time, not before', () => {
  expect(after(0, rest).told).toEqual({ policy: { kind: 'stop', afterHours: 2 }, idleMs: 0 });
  expect(after(hourMs, rest).told.idleMs).toBe(hourMs);
  expect(after(50 * minuteMs, rest).isOver).toBe(false);
  expect(after(10 * minuteMs - 1, rest).isOver).toBe(false);
  expect(after(1, rest).isOver).toBe(true);
});

test('a kernel that works, or did anything since, lets the time begin anew', () => {
  after(hourMs, rest);
  expect(after(hourMs, work).told.idleMs).toBeNull();
  expect(count.isOver).toBe(false);
  expect(after(minuteMs, { ...rest, trace: 'b' }).told.idleMs).toBe(0);
  expect(after(hourMs, { ...rest, trace: 'b' }).told.idleMs).toBe(hourMs);
});

test('nobody knows of a server that does not tell, and it is not ended', () => {
  after(hourMs, rest);
  expect(after(hourMs, null).told.idleMs).toBeNull();
  expect(count.isOver).toBe(false);
});

test('what ran out while the connection was away is announced first, by the whole time of a notice', () => {
  after(0, rest);
  expect(after(9 * hourMs, rest).told.idleMs).toBe(2 * hourMs - 10 * minuteMs);
  expect(count.isOver).toBe(false);
  expect(after(10 * minuteMs - 1, rest).isOver).toBe(false);
  expect(after(1, rest).isOver).toBe(true);
});

test('what ran and ended while the connection was away counts', () => {
  after(0, rest);
  expect(after(9 * hourMs, { ...rest, trace: 'b' }).told.idleMs).toBe(0);
});

test('keeping it lets the time begin anew, and it is announced again', () => {
  after(0, rest);
  after(110 * minuteMs, rest);
  count.keep();
  expect(count.told.idleMs).toBe(0);
  expect(after(9 * hourMs, rest).isOver).toBe(false);
  expect(after(10 * minuteMs, rest).isOver).toBe(true);
});

test('a server that is only told of, or let run, is never over', () => {
  count.set({ kind: 'tell', afterHours: 1 });
  expect(after(9 * hourMs, rest)).toMatchObject({ isOver: false, told: { idleMs: 9 * hourMs } });
  count.set({ kind: 'nothing' });
  expect(after(9 * hourMs, rest)).toMatchObject({ isOver: false, told: { idleMs: null } });
});
