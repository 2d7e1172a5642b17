import { describe, expect, test } from 'vitest';
import { portOfCommand, profileOf } from '../../../electron/jupyter/launch';

describe('the port of a command', () => {
  test.each([
    ['jupyter lab --port 9000', 9000],
    ['jupyter lab --port=9000 --no-browser', 9000],
    ['jupyter lab --ServerApp.port=9000', 9000],
    ['jupyter notebook --NotebookApp.port=9000', 9000],
    ['jupyter lab', null],
    ['jupyter lab --port-retries=5', null],
    ['jupyter lab --port=99999', null],
    ['jupyter lab --port=$PORT', null],
  ])('%s is %s', (line, port) => {
    expect(portOfCommand(line)).toBe(port);
  });
});

describe('the profile of a server', () => {
  const auto = { workingFolder: '~/work', notebook: { kind: 'auto' } } as const;

  test('is the same for the same settings', () => {
    expect(profileOf(auto)).toBe(profileOf({ ...auto }));
  });

  test.each([
    { workingFolder: '~/other', notebook: { kind: 'auto' } },
    { workingFolder: '~/work', notebook: { kind: 'environment', path: '~/venv' } },
    { workingFolder: '~/work', notebook: { kind: 'command', line: '~/venv' } },
  ] as const)('is another one for %j', (settings) => {
    expect(profileOf(settings)).not.toBe(profileOf(auto));
  });
});
