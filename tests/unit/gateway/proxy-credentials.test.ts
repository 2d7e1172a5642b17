import { describe, expect, test } from 'vitest';
import { ProxyCredentials } from '../../../electron/gateway/proxy-credentials';

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
const credentials = new ProxyCredentials('nuvem', 'correct-horse');

describe('proxy credentials', () => {
  test.each([basic('nuvem:correct-horse'), basic('nuvem:correct-horse').replace('Basic', 'bAsIc')])(
    'accept %s',
    (header) => {
      expect(credentials.accepts(header)).toBe(true);
    },
  );

  test.each([
    undefined,
    '',
    'Basic',
    basic(''),
    basic('nuvem:'),
    basic('nuvem:correct-hors'),
    basic('nuvem:correct-horse '),
    basic('Nuvem:correct-horse'),
    basic(':correct-horse'),
    'Bearer correct-horse',
    'nuvem:correct-horse',
    `${basic('nuvem:correct-horse')}, ${basic('x')}`,
  ])('refuse %j', (header) => {
    expect(credentials.accepts(header)).toBe(false);
  });
});
