import { describe, expect, test } from 'vitest';
import { commandFinding } from '../../../electron/diagnosis/command-answer';
import { clockFinding, storageFinding } from '../../../electron/diagnosis/survey';

const answer = (stdout: string, exitCode: number | null = 0, stderr = '') => ({ stdout, stderr, exitCode });
const found = (result: ReturnType<typeof answer>) => commandFinding(result, 'nuvem1', {})?.code ?? null;

describe('the answer to a command', () => {
  test.each([
    ['the word', answer('nuvem1\n'), null],
    ['the word as Windows ends lines', answer('nuvem1\r\n'), null],
    ['the word behind a greeting', answer('Welcome!\nnuvem1\n'), 'shell-chatty'],
    ['another program, which ends well', answer('Choose: 1) backup\n'), 'command-forced'],
    ['nothing at all, and well', answer(''), 'command-forced'],
    ['nologin', answer('This account is currently not available.\n', 1), 'shell-ends'],
    ['a signal', answer('', null), 'shell-ends'],
  ])('%s', (_name, result, code) => expect(found(result)).toBe(code));

  test('quotes at most what fits a screen', () => {
    const talk = Array.from({ length: 500 }, (_, line) => `line ${line}`).join('\n');
    expect(commandFinding(answer(talk), 'nuvem1', {})?.quotes).toHaveLength(12);
  });
});

describe('the folders to work in', () => {
  const facts = (...pairs: readonly (readonly [string, string])[]) =>
    pairs.map(([name, value]) => ({ name, value }));
  test('are told apart', () => {
    const home = facts(['home', '/home/ana'], ['temp', '/tmp']);
    expect(
      storageFinding([...home, ...facts(['home-folder', 'fine'], ['temp-folder', 'fine'])], {}),
    ).toBeNull();
    expect(storageFinding([...home, ...facts(['home-folder', 'not-writable'])], {})).toMatchObject({
      code: 'home-not-writable',
      params: { path: '/home/ana' },
    });
    expect(
      storageFinding([...home, ...facts(['home-folder', 'fine'], ['temp-folder', 'full'])], {}),
    ).toMatchObject({ code: 'disk-full', params: { path: '/tmp' } });
  });
});

test('a clock may be a little off, in both directions', () => {
  expect(clockFinding(299_000, {})).toBeNull();
  expect(clockFinding(-299_000, {})).toBeNull();
  expect(clockFinding(3_600_000, {})).toMatchObject({ code: 'clock-ahead', params: { minutes: 60 } });
  expect(clockFinding(-7_200_000, {})).toMatchObject({ code: 'clock-behind', params: { minutes: 120 } });
});
