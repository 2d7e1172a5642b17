import { beforeEach, expect, test, vi } from 'vitest';
import type { AwsSession } from '../../../../electron/aws/aws-session';
import { type AlarmNews, AlarmWatch } from '../../../../electron/aws/metrics/alarm-watch';
import { AppError } from '../../../../shared/errors/app-error';
import { FakeClock } from '../../../support/fake-clock';

const minuteMs = 60_000;

let clock: FakeClock;
let isSignedIn: boolean;
let answer: () => Promise<unknown>;
let calls: number;
let news: AlarmNews[];
let watch: AlarmWatch;

const alarms = (...states: readonly string[]) => ({
  MetricAlarms: states.map((StateValue, index) => ({ AlarmName: `alarm-${index}`, StateValue })),
});
const say = (...states: readonly string[]) => {
  answer = async () => alarms(...states);
};
const looked = (times: number) =>
  vi.waitFor(() => expect([calls, watch.state().isLoading]).toEqual([times, false]), { timeout: 30_000 });

beforeEach(() => {
  clock = new FakeClock();
  isSignedIn = true;
  calls = 0;
  news = [];
  say('OK');
  const session: Pick<AwsSession, 'call'> = {
    call: (async () => {
      calls += 1;
      return answer();
    }) as unknown as AwsSession['call'],
  };
  watch = new AlarmWatch({
    session: async () => session as AwsSession,
    isSignedIn: () => isSignedIn,
    clock,
    onChanged: () => undefined,
    onNews: (one) => news.push(one),
  });
});

test('an alarm that changes between two looks is news, once', async () => {
  watch.refresh();
  await looked(1);
  expect(news).toEqual([]);
  say('ALARM');
  clock.advance(minuteMs);
  await looked(2);
  clock.advance(minuteMs);
  await looked(3);
  expect(news.map(({ alarm, before }) => [alarm.name, before, alarm.state])).toEqual([
    ['alarm-0', 'OK', 'ALARM'],
  ]);
});

test('an alarm that is new, or gone, is no news', async () => {
  watch.refresh();
  await looked(1);
  say('OK', 'ALARM');
  clock.advance(minuteMs);
  await looked(2);
  say();
  clock.advance(minuteMs);
  await looked(3);
  expect(news).toEqual([]);
});

test('of its own accord it asks only where the user is signed in', async () => {
  isSignedIn = false;
  watch.startQuietly();
  clock.advance(minuteMs);
  expect(calls).toBe(0);
  isSignedIn = true;
  clock.advance(minuteMs);
  await looked(1);
});

test('a busy AWS is asked again, a missing permission is not', async () => {
  answer = async () => Promise.reject(new AppError('aws-throttled'));
  watch.refresh();
  await looked(1);
  answer = async () => Promise.reject(new AppError('aws-denied'));
  clock.advance(minuteMs);
  await looked(2);
  expect(watch.state().error?.code).toBe('aws-denied');
  clock.advance(10 * minuteMs);
  expect(calls).toBe(2);
  say('OK');
  watch.refresh();
  await looked(3);
  expect(watch.state()).toMatchObject({ error: null, alarms: [{ state: 'OK' }] });
});

test('nothing is asked after it was stopped', async () => {
  watch.refresh();
  await looked(1);
  watch.stop();
  clock.advance(10 * minuteMs);
  expect(calls).toBe(1);
});
