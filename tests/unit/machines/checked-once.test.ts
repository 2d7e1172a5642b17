import { expect, it } from 'vitest';
import { z } from 'zod';
import { checkedOnce } from '../../../electron/machines/checked-once';

let looks = 0;
const Named = z.strictObject({
  name: z
    .string()
    .trim()
    .refine((name) => {
      looks += 1;
      return name !== '';
    }, 'name-empty'),
});
const List = z.array(checkedOnce(Named));

it('a value that was found good is not looked at again, and stays what it became', () => {
  const [given, other] = [{ name: ' a ' }, { name: 'b' }];
  const first = List.parse([given]);
  expect(first).toEqual([{ name: 'a' }]);
  looks = 0;
  expect(List.parse([given])[0]).toBe(first[0]);
  expect(List.parse(first)[0]).toBe(first[0]);
  expect(looks).toBe(0);
  expect(List.parse([other, given])).toEqual([{ name: 'b' }, { name: 'a' }]);
  expect(looks).toBe(1);
});

it('a value that is not good is refused each time, with its place', () => {
  const bad = { name: ' ' };
  for (const _time of [1, 2]) {
    const { error } = List.safeParse([{ name: 'a' }, bad]);
    expect(error?.issues).toMatchObject([{ path: [1, 'name'], message: 'name-empty' }]);
  }
});

it.each([[null], ['a'], [undefined], [{ name: 'a', more: 1 }]])('%j is refused', (value) => {
  expect(List.safeParse([value]).success).toBe(false);
});
