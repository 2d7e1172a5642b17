import { describe, expect, it } from 'vitest';
import { hasTray, type RunProgram } from '../../../electron/desktop/tray-presence';

const missing = (): never => {
  throw Object.assign(new Error('spawn'), { code: 'ENOENT' });
};
const desktop =
  (answers: Record<string, string | (() => never)>): RunProgram =>
  async (program) => {
    const answer = answers[program] ?? missing;
    return typeof answer === 'function' ? answer() : answer;
  };
const fails = (): never => {
  throw Object.assign(new Error('exit'), { code: 1 });
};

describe('on Linux', () => {
  it.each([
    ['dbus-send says so', { 'dbus-send': '   variant       boolean true\n' }, true],
    ['gdbus says so where dbus-send is missing', { gdbus: '(<true>,)\n' }, true],
    ['a watcher has nobody who shows icons', { 'dbus-send': '   variant       boolean false\n' }, false],
    ['nobody shows icons, says gdbus', { gdbus: '(<false>,)\n' }, false],
    ['there is no watcher', { 'dbus-send': fails, gdbus: '(<true>,)' }, false],
    ['there is no D-Bus', { gdbus: fails }, false],
    ['there are no programs to ask with', {}, false],
  ])('%s', async (_what, answers, expected) => {
    expect(await hasTray('linux', desktop(answers))).toBe(expected);
  });
});

it.each(['win32', 'darwin'] as const)('there always is one on %s', async (platform) => {
  expect(await hasTray(platform, missing)).toBe(true);
});
