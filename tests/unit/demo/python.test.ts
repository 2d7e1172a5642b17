import { describe, expect, test } from 'vitest';
import { findPython, pythonInstallCommand } from '../../../electron/demo/python';
import type { RunCommand } from '../../../electron/demo/run-command';

/** A system on which these interpreters answer with these lines. */
function systemWith(answers: Readonly<Record<string, readonly string[]>>): RunCommand {
  return async (file) => {
    const lastLines = answers[file];
    return lastLines === undefined ? { exitCode: null, lastLines: [] } : { exitCode: 0, lastLines };
  };
}

function find(answers: Readonly<Record<string, readonly string[]>>): Promise<string> {
  return findPython({
    runCommand: systemWith(answers),
    signal: new AbortController().signal,
    installCommand: async () => 'install it',
  });
}

describe('which Python makes the demo environment', () => {
  test('python3 when it will do', async () => {
    expect(await find({ python3: ['3.9', '/usr/bin/python3', 'True'] })).toBe('/usr/bin/python3');
  });

  test('python when python3 is too old', async () => {
    const answers = {
      python3: ['3.8', '/usr/bin/python3', 'True'],
      python: ['3.13', '/opt/bin/python', 'True'],
    };
    expect(await find(answers)).toBe('/opt/bin/python');
  });

  test.each([
    ['there is none', {}],
    ['it is Python 2', { python: ['2.7', '/usr/bin/python', 'True'] }],
    ['it can make no environments', { python3: ['3.11', '/usr/bin/python3', 'False'] }],
  ])('the installing command is shown when %s', async (_, answers) => {
    await expect(find(answers)).rejects.toMatchObject({
      code: 'demo-python-missing',
      params: { minimum: '3.9' },
      details: ['install it'],
    });
  });
});

describe('the installing command', () => {
  const on = (platform: NodeJS.Platform, manager: string | null, isRoot = false): Promise<string> =>
    pythonInstallCommand({ platform, isRoot, hasCommand: async (name) => name === manager });

  test.each([
    ['sudo apt-get install -y python3-venv', on('linux', 'apt-get')],
    ['apt-get install -y python3-venv', on('linux', 'apt-get', true)],
    ['sudo dnf install -y python3', on('linux', 'dnf')],
    ['brew install python', on('darwin', null)],
    ['https://www.python.org/downloads/', on('linux', null)],
  ])('is: %s', async (expected, command) => {
    expect(await command).toBe(expected);
  });
});
