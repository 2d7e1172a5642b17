import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Transport } from '../../../electron/connection/transport';
import { readFacts, runRemoteScript, scriptInput } from '../../../electron/jupyter/remote-script';
import { AppError } from '../../../shared/errors/app-error';

const mark = 'nuvem0123456789abcdef01234567';
const random = (sizeBytes: number): Buffer => Buffer.alloc(sizeBytes, 7);

/** Runs a script by a real shell and resolves with what it reported. */
const run = (shell: string, text: string, values: Record<string, string>) =>
  readFacts(
    execFileSync(shell, ['-s'], { input: scriptInput({ text, values }, mark), encoding: 'utf8' }),
    mark,
  );

const shells = ['/bin/sh', '/bin/bash', '/bin/dash'].filter((shell) => existsSync(shell));

/** Anything that may stand in a machine's settings: all but line breaks and NUL. */
const value = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({
      unit: fc.constantFrom(
        "'",
        '"',
        '`',
        '$',
        '\\',
        '(',
        ')',
        '{',
        '}',
        ';',
        '&',
        '|',
        '<',
        '>',
        '*',
        '?',
        '~',
        '#',
        '!',
        ' ',
        '\t',
        '-',
        '%',
        '=',
        'a',
        'é',
      ),
      maxLength: 30,
    }),
    fc.constantFrom(
      '',
      ' ',
      '-n',
      '-e',
      '\\',
      "'",
      '$(touch /tmp/x)',
      '`id`',
      mark,
      `<<${mark}`,
      '~root',
      '%s%n',
      'a\u2028b',
      '\u2029',
    ),
  )
  .filter((text) => !/[\r\n\0]/.test(text));

describe.each(shells)('a script run by %s', (shell) => {
  test.each(['nível', 'não', 'nuvemé', 'zé', mark, `${mark}é`])('gets the value %s whole', (text) => {
    expect(run(shell, 'say one "$one"\n', { one: text })).toContainEqual({ name: 'one', value: text });
  });

  test('gets every value byte for byte, and runs none of it', () => {
    fc.assert(
      fc.property(value, value, (one, other) => {
        const facts = run(shell, 'say one "$one"\nsay other "$other"\n', { one, other });
        expect(facts).toEqual([
          { name: 'begin', value: '' },
          { name: 'one', value: one },
          { name: 'other', value: other },
        ]);
      }),
      { numRuns: 150 },
    );
  });
});

test.each(['a\nb', 'a\rb', 'a\0b'])('a value with a line break or NUL is refused: %j', (text) => {
  expect(() => scriptInput({ text: '', values: { text } }, mark)).toThrow(AppError);
});

test('only lines with the mark are facts', () => {
  const output = ['welcome', `${mark} begin `, 'noise nuvem', `x${mark} one 1`, `${mark} two 2 and 3`].join(
    '\n',
  );
  expect(readFacts(output, mark)).toEqual([
    { name: 'begin', value: '' },
    { name: 'two', value: '2 and 3' },
  ]);
});

test('a machine without a POSIX shell is named as such, with what it said', async () => {
  const exec: Transport['exec'] = async () => ({
    exitCode: 1,
    stdout: '',
    stderr:
      "'sh' is not recognized as an internal or external command,\r\noperable program or batch file.\r\n",
  });
  await expect(
    runRemoteScript({ exec } as Transport, { text: '', values: {} }, random),
  ).rejects.toMatchObject({
    code: 'remote-shell-unsupported',
    details: [
      "'sh' is not recognized as an internal or external command,",
      'operable program or batch file.',
    ],
  });
});
