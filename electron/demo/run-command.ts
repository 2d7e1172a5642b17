import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { AppError } from '../../shared/errors/app-error';

const keptLines = 20;
const patienceMs = 3_000;

export interface CommandOptions {
  readonly signal: AbortSignal;
  /** Gets each line that the command prints, on either stream. */
  readonly onLine?: (line: string) => void;
}

export interface CommandResult {
  /** Null: there is no such command, or a signal ended it. */
  readonly exitCode: number | null;
  /** The last 20 lines that it printed, on either stream. */
  readonly lastLines: readonly string[];
}

/** Runs a program; a bad end is a result. @throws AppError `cancelled`, once the program and its children are gone */
export type RunCommand = (
  file: string,
  args: readonly string[],
  options: CommandOptions,
) => Promise<CommandResult>;

export const runCommand: RunCommand = (file, args, { signal, onLine }) =>
  new Promise((done, fail) => {
    if (signal.aborted) return fail(new AppError('cancelled'));
    // A process group of its own, so that its children can be ended with it.
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const lastLines: string[] = [];
    for (const output of [child.stdout, child.stderr]) {
      createInterface({ input: output }).on('line', (line) => {
        lastLines.push(line);
        if (lastLines.length > keptLines) lastLines.shift();
        onLine?.(line);
      });
    }
    const cancelKill = killOnAbort(child, signal);
    child.once('error', (error) => lastLines.push(error.message));
    child.once('close', (exitCode) => {
      cancelKill();
      if (signal.aborted) fail(new AppError('cancelled'));
      else done({ exitCode: child.pid === undefined ? null : exitCode, lastLines });
    });
  });

function killOnAbort(child: ChildProcess, signal: AbortSignal): () => void {
  let lastResort: NodeJS.Timeout | undefined;
  const kill = (): void => {
    killGroup(child, 'SIGTERM');
    lastResort = setTimeout(() => killGroup(child, 'SIGKILL'), patienceMs);
  };
  signal.addEventListener('abort', kill, { once: true });
  return () => {
    clearTimeout(lastResort);
    signal.removeEventListener('abort', kill);
  };
}

function killGroup(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, name);
  } catch (error) {
    // Gone in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
