import { beforeEach, expect, it } from 'vitest';
import { DoorKeys } from '../../../../electron/gateway/browser-access/door-keys';
import { FakeClock } from '../../../support/fake-clock';

let clock: FakeClock;
let keys: DoorKeys;

beforeEach(() => {
  clock = new FakeClock();
  let next = 0;
  keys = new DoorKeys({
    clock,
    randomSecret: () => {
      next += 1;
      return `secret-${next}`;
    },
  });
});

it('a ticket gives a cookie once, for the page that it was made for', () => {
  const ticket = keys.issueTicket('/lab?reset');
  const entered = keys.redeem(ticket);
  expect(entered?.path).toBe('/lab?reset');
  expect(keys.accepts(entered?.cookie ?? '')).toBe(true);
  expect(keys.redeem(ticket)).toBeNull();
  expect(keys.browserCount).toBe(1);
});

it('a ticket that nobody showed within a minute is worth nothing', () => {
  const late = keys.issueTicket('/');
  clock.advance(59_999);
  const soon = keys.issueTicket('/');
  clock.advance(1);
  expect(keys.redeem(late)).toBeNull();
  expect(keys.redeem(soon)).not.toBeNull();
});

it('what is no cookie of ours lets nobody in: not a ticket, not a guess', () => {
  const ticket = keys.issueTicket('/');
  for (const guess of ['', ticket, 'secret-9']) expect(keys.accepts(guess)).toBe(false);
});

it('of more browsers than anybody uses the oldest is let out', () => {
  const cookies = Array.from({ length: 9 }, () => keys.redeem(keys.issueTicket('/'))?.cookie ?? '');
  expect(cookies.map((cookie) => keys.accepts(cookie))).toEqual([false, ...Array(8).fill(true)]);
});
