import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** The table of docs/security.md says which test holds which point; it must not say so of tests that are gone. */
const rows = readFileSync('docs/security.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| \d+ \|/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, number = '', point = '', holders = '']) => ({ number: Number(number), point, holders }));

/** `path`: “title”, “title” */
const holdersIn = (text: string): readonly { readonly file: string; readonly title: string }[] =>
  text.split('<br>').flatMap((part) => {
    const file = /`([^`]+)`/.exec(part)?.[1] ?? '';
    return [...part.matchAll(/“([^”]+)”/g)].map(([, title = '']) => ({ file, title }));
  });

describe('the table of Electron’s checklist', () => {
  it('has all twenty points', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it.each(rows)('names tests that exist for point $number, $point', ({ holders }) => {
    const named = holdersIn(holders);
    expect(named.length).toBeGreaterThan(0);
    for (const { file, title } of named) {
      expect([file, existsSync(file)]).toEqual([file, true]);
      const source = readFileSync(file, 'utf8');
      expect([title, source.includes(title)]).toEqual([title, true]);
    }
  });
});
