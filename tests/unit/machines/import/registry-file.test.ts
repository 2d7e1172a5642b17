import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRegistryFile, parseRegistryFile } from '../../../../electron/machines/import/registry-file';
import { AppError } from '../../../../shared/errors/app-error';

const head = 'Windows Registry Editor Version 5.00\n\n';
const parse = (body: string) => parseRegistryFile(head + body, 'putty.reg');
const quoted = (text: string) => `"${text.replaceAll(/[\\"]/g, '\\$&')}"`;

describe('a file of the registry editor', () => {
  test('gives the strings and numbers of its keys', () => {
    const { keys, unreadableLines } = parse(
      ['[HKEY_CURRENT_USER\\A]', '"Host"="a\\\\b \\"c\\""', '"Port"=dword:0000001f ; old', '@="x"', ''].join(
        '\n',
      ),
    );
    expect(unreadableLines).toEqual([]);
    expect(keys).toEqual([
      {
        path: 'HKEY_CURRENT_USER\\A',
        line: 3,
        values: new Map<string, string | number>([
          ['Host', 'a\\b "c"'],
          ['Port', 31],
          ['', 'x'],
        ]),
      },
    ]);
  });

  test('gives strings that are written as bytes over several lines', () => {
    const { keys } = parse('[A]\n"x"=hex(2):61,00,\\\n  62,00,00,00\n"y"=hex:01,02\n"z"="after"\n');
    expect([...(keys[0]?.values ?? [])]).toEqual([
      ['x', 'ab'],
      ['z', 'after'],
    ]);
  });

  test.each([
    [true, head],
    [true, 'REGEDIT4\n[A]\n'],
    [false, '[A]\n"x"="1"\n'],
  ])('is one (%s) by its first line', (isOne, text) => {
    expect(isRegistryFile(text)).toBe(isOne);
  });

  test('passes over deleted keys and names lines that make no sense', () => {
    const { keys, unreadableLines } = parse('[-A]\n"x"="1"\n[B]\nnonsense\n"y"=dword:zz\n"z"="2"\n');
    expect(keys.map(({ path, values }) => [path, [...values]])).toEqual([['B', [['z', '2']]]]);
    expect(unreadableLines).toEqual([6, 7]);
  });

  test('gives every value back that was written, whatever it is', () => {
    const text = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll(/[\r\0]/g, ''));
    const name = text.map((value) => value.replaceAll('\n', ''));
    const value = fc.oneof(text, fc.nat(0xffffffff));
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(name, value), { selector: ([key]) => key }), (values) => {
        const lines = values.map(
          ([key, written]) =>
            `${quoted(key)}=${typeof written === 'number' ? `dword:${written.toString(16).padStart(8, '0')}` : quoted(written)}`,
        );
        const { keys, unreadableLines } = parse(`[HKEY\\K]\n${lines.join('\n')}\n`);
        expect(unreadableLines).toEqual([]);
        expect([...(keys[0]?.values ?? [])]).toEqual(values);
      }),
    );
  });

  test('never ends in a crash', () => {
    const piece = fc.constantFrom(
      '[',
      ']',
      '"',
      '\\',
      '=',
      'dword:',
      'hex(2):',
      '61,',
      '\n',
      ';',
      '-',
      'a',
      '@',
    );
    const anything = fc.oneof(
      fc.array(piece).map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(anything, (body) => {
        const lines = body.split('\n').length;
        for (const line of parse(body).unreadableLines) expect(line).toBeLessThanOrEqual(lines + 2);
      }),
    );
  }, 60_000);

  test('is given up when it is something else', () => {
    const outcome = (() => {
      try {
        return parse('nonsense\n'.repeat(200));
      } catch (error) {
        return error;
      }
    })();
    expect(outcome).toEqual(new AppError('import-file-damaged', { path: 'putty.reg', line: 3 }));
  });
});
