import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { OneAtATime } from '../../../electron/jupyter/one-at-a-time';

test('work waits for the work before it, however that ends', async () => {
  const work = new OneAtATime();
  const course: string[] = [];
  let fail: (error: Error) => void = () => undefined;
  const first = work.do('first', () => {
    course.push('first');
    return new Promise((_, reject) => {
      fail = reject;
    });
  });
  const second = work.do('second', async () => void course.push('second'));
  await setImmediate();
  expect(course).toEqual(['first']);
  fail(new Error('failed'));
  await expect(first).rejects.toThrow('failed');
  await second;
  expect(course).toEqual(['first', 'second']);
});

test('who asks for what is under way shares it; once it has ended it is done anew', async () => {
  const work = new OneAtATime();
  let times = 0;
  const count = async () => {
    times += 1;
  };
  const [one, other] = [work.do('look', count), work.do('look', count)];
  expect(other).toBe(one);
  await one;
  expect(times).toBe(1);
  await work.do('look', count);
  expect(times).toBe(2);
});
