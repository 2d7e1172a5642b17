import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/errors/app-error';
import type { DemoStep } from '../../shared/model/demo';
import type { RunCommand } from './run-command';

/** What the demo's environment holds; the newest that Python 3.9 can run. */
export const demoRequirements = ['jupyterlab==4.5.11', 'ipykernel==6.31.0'] as const;

const folderPrefix = 'demo-environment.';
/** Looks without importing, which takes a second or two. */
const jupyterIsThere = 'import importlib.util as u, sys; sys.exit(u.find_spec("jupyterlab") is None)';
const markerName = 'nuvem-complete.json';

export interface EnvironmentWork {
  readonly cacheFolder: string;
  readonly runCommand: RunCommand;
  readonly findPython: () => Promise<string>;
  readonly report: (step: DemoStep, detail: string) => void;
  readonly signal: AbortSignal;
}

/**
 * The folder of a virtual environment with JupyterLab: the one that is there, else a new one.
 *
 * An environment can't be moved, so it is made under a name of its own below `cacheFolder` and counts only once a
 * marker file says that it is complete. Whatever goes wrong, nothing of a half-made one stays.
 * @throws AppError `demo-python-missing`, `demo-install-failed` with pip's last lines, `cancelled`
 */
export async function prepareEnvironment(work: EnvironmentWork): Promise<string> {
  await mkdir(work.cacheFolder, { recursive: true });
  return (await usableEnvironment(work)) ?? (await makeEnvironment(work));
}

async function makeEnvironment(work: EnvironmentWork): Promise<string> {
  const { report, runCommand, signal } = work;
  report('finding-python', '');
  const python = await work.findPython();
  const folder = await mkdtemp(join(work.cacheFolder, `${folderPrefix}${process.pid}-`));
  const run = async (step: DemoStep, file: string, args: readonly string[]): Promise<void> => {
    report(step, '');
    const onLine = (line: string): void => report(step, line.trim());
    const { exitCode, lastLines } = await runCommand(file, args, { signal, onLine });
    if (exitCode !== 0) throw new AppError('demo-install-failed', {}, { details: lastLines });
  };
  try {
    await run('creating-environment', python, ['-m', 'venv', folder]);
    await run('installing-jupyter', pythonOf(folder), [
      ...['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--progress-bar=off'],
      ...['--prefer-binary', ...demoRequirements],
    ]);
    await markComplete(folder);
    return folder;
  } catch (error) {
    await removeFolder(folder);
    throw error;
  }
}

/** Removes what can't be used: half-made ones of processes that are gone, and those that a Python update broke. */
async function usableEnvironment({
  cacheFolder,
  runCommand,
  signal,
}: EnvironmentWork): Promise<string | null> {
  for (const name of await readdir(cacheFolder)) {
    if (!name.startsWith(folderPrefix)) continue;
    const folder = join(cacheFolder, name);
    if (await isComplete(folder)) {
      const { exitCode } = await runCommand(pythonOf(folder), ['-c', jupyterIsThere], { signal });
      if (exitCode === 0) return folder;
    } else if (isRunning(Number.parseInt(name.slice(folderPrefix.length), 10))) continue;
    await removeFolder(folder);
  }
  return null;
}

function pythonOf(folder: string): string {
  return join(folder, 'bin', 'python');
}

async function markComplete(folder: string): Promise<void> {
  const draft = join(folder, `${markerName}.draft`);
  await writeFile(draft, JSON.stringify(demoRequirements));
  await rename(draft, join(folder, markerName));
}

async function isComplete(folder: string): Promise<boolean> {
  try {
    return (await readFile(join(folder, markerName), 'utf8')) === JSON.stringify(demoRequirements);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
