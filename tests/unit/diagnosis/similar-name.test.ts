import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { similarName } from '../../../electron/diagnosis/similar-name';

describe('a misspelt name', () => {
  test.each([
    ['a letter too few', 'gpu.exmple.com'],
    ['a letter too many', 'gpu.exxample.com'],
    ['two letters swapped', 'gpu.exmaple.com'],
    ['a wrong letter', 'gpu.ezample.com'],
    ['another case and a slip', 'GPU.example.con'],
  ])('is recognised: %s', (_slip, typed) => {
    expect(similarName(typed, ['etl.example.org', 'gpu.example.com'])).toBe('gpu.example.com');
  });

  test('is not guessed at when the names only share their end', () => {
    expect(similarName('etl.example.com', ['gpu.example.com'])).toBeNull();
    expect(similarName('db1', ['gpu'])).toBeNull();
  });

  test('is never the name itself', () => {
    fc.assert(fc.property(fc.string(), (name) => similarName(name, [name, name.toUpperCase()]) === null));
  });
});
