import { describe, expect, test } from 'vitest';
import { findSessionPlugin } from '../../../../electron/aws/ec2/session-plugin';
import { AppError } from '../../../../shared/errors/app-error';

const found = (platform: NodeJS.Platform, programs: Readonly<Record<string, string>>): Promise<string> =>
  findSessionPlugin({
    platform,
    environment: { ProgramFiles: 'D:\\Programs' },
    versionOf: async (file) => programs[file] ?? null,
  }).catch((thrown: unknown) => AppError.from(thrown).code);

describe("AWS's session-manager-plugin", () => {
  test.each([
    ['linux', 'session-manager-plugin'],
    ['darwin', '/usr/local/sessionmanagerplugin/bin/session-manager-plugin'],
    ['win32', 'D:\\Programs\\Amazon\\SessionManagerPlugin\\bin\\session-manager-plugin.exe'],
  ] as const)('is found on %s at %s', async (platform, file) => {
    expect(await found(platform, { [file]: '1.2.764.0\n' })).toBe(file);
  });

  test('is missed where it is not', async () => {
    expect(await found('linux', {})).toBe('session-plugin-missing');
  });

  test.each([
    ['1.2.497.0\n', 'session-plugin-old'],
    ['1.1.900.0', 'session-plugin-old'],
    ['what?', 'session-plugin-old'],
    ['', 'session-plugin-old'],
    ['1.2.498.0', 'session-manager-plugin'],
    ['1.3', 'session-manager-plugin'],
    ['2.0.0.0\r\n', 'session-manager-plugin'],
  ])('of version %j: %s', async (version, outcome) => {
    expect(await found('linux', { 'session-manager-plugin': version })).toBe(outcome);
  });
});
