import { AppError } from '../../../shared/errors/app-error';

/** What there is to ask of this computer. */
export interface PluginSearch {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What a program prints when it is asked for its version; null: there is no such program. */
  readonly versionOf: (file: string) => Promise<string | null>;
}

/** The first that reads the session from its environment: before, its token was an argument, for all to see. */
const oldestVersion = [1, 2, 497, 1] as const;

/**
 * The path of AWS's session-manager-plugin: of `PATH`, else where AWS's installers put it, for a program started from
 * the desktop does not see the `PATH` of a shell.
 * @throws session-plugin-missing, session-plugin-old
 */
export async function findSessionPlugin({ platform, environment, versionOf }: PluginSearch): Promise<string> {
  const places =
    platform === 'win32'
      ? [
          'session-manager-plugin.exe',
          `${environment.ProgramFiles ?? 'C:\\Program Files'}\\Amazon\\SessionManagerPlugin\\bin\\session-manager-plugin.exe`,
        ]
      : [
          'session-manager-plugin',
          '/usr/local/bin/session-manager-plugin',
          '/usr/local/sessionmanagerplugin/bin/session-manager-plugin',
          '/opt/homebrew/bin/session-manager-plugin',
        ];
  for (const file of places) {
    const version = await versionOf(file);
    if (version === null) continue;
    if (!isNewEnough(version)) throw new AppError('session-plugin-old', { version: version.trim() });
    return file;
  }
  throw new AppError('session-plugin-missing');
}

function isNewEnough(version: string): boolean {
  if (!/^\d+(\.\d+){0,3}$/.test(version.trim())) return false;
  const parts = version.trim().split('.').map(Number);
  for (const [index, least] of oldestVersion.entries()) {
    const part = parts[index] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}
