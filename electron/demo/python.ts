import { AppError } from '../../shared/errors/app-error';
import type { RunCommand } from './run-command';

export const oldestPython = { major: 3, minor: 9 } as const;

/** Prints the version, the interpreter's path and whether it can make environments, a line each. */
const probe = [
  'import importlib.util as u, sys',
  'print("%d.%d" % sys.version_info[:2])',
  'print(sys.executable)',
  'print(all(u.find_spec(name) for name in ("venv", "ensurepip")))',
].join('\n');

export interface PythonSearch {
  readonly runCommand: RunCommand;
  readonly signal: AbortSignal;
  /** The command that installs what is missing on this system; shown to the user. */
  readonly installCommand: () => Promise<string>;
}

/**
 * The path of a Python of at least 3.9 that can make virtual environments.
 * @throws AppError `demo-python-missing` with the command that installs it as details, `cancelled`
 */
export async function findPython({ runCommand, signal, installCommand }: PythonSearch): Promise<string> {
  // A desktop app on macOS does not get the PATH of the user's shell.
  for (const name of ['python3', 'python', '/opt/homebrew/bin/python3', '/usr/local/bin/python3']) {
    const { exitCode, lastLines } = await runCommand(name, ['-c', probe], { signal });
    const [version = '', path = '', canMakeEnvironments] = lastLines;
    const isGood = exitCode === 0 && isNewEnough(version) && canMakeEnvironments === 'True';
    if (isGood) return path;
  }
  const minimum = `${oldestPython.major}.${oldestPython.minor}`;
  throw new AppError('demo-python-missing', { minimum }, { details: [await installCommand()] });
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major === oldestPython.major && minor >= oldestPython.minor;
}

export interface SystemFacts {
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  readonly hasCommand: (name: string) => Promise<boolean>;
}

/** The one command that brings Python with virtual environments to this system. */
export async function pythonInstallCommand({ platform, isRoot, hasCommand }: SystemFacts): Promise<string> {
  if (platform === 'darwin') return 'brew install python';
  const sudo = isRoot ? '' : 'sudo ';
  if (await hasCommand('apt-get')) return `${sudo}apt-get install -y python3-venv`;
  if (await hasCommand('dnf')) return `${sudo}dnf install -y python3`;
  if (await hasCommand('zypper')) return `${sudo}zypper install -y python3`;
  if (await hasCommand('pacman')) return `${sudo}pacman -S --noconfirm python`;
  return 'https://www.python.org/downloads/';
}
