import { type SpawnOptions, spawn } from 'node:child_process';

export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

type RunOptions = Pick<SpawnOptions, 'cwd' | 'env'>;

/** Runs a command without stdin and resolves with what it wrote. Rejects only when it cannot be started. */
export function runQuietly(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, stdout, stderr }));
  });
}

/** Like `runQuietly`, for a command that has to succeed: rejects with its last lines when it does not. */
export async function runOrThrow(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const result = await runQuietly(command, args, options);
  if (result.code === 0) return result;
  const lastLines = `${result.stdout}\n${result.stderr}`.trim().split('\n').slice(-20).join('\n');
  throw new Error(`${command} ${args.join(' ')} ended with code ${result.code}:\n${lastLines}`);
}

/**
 * Runs a command whose output the user sees; resolves with its exit code. Rejects when it cannot be started or
 * takes longer than `timeoutMs`, which ends it.
 */
export function runVisibly(
  command: string,
  args: readonly string[],
  options: RunOptions & { readonly timeoutMs?: number } = {},
): Promise<number> {
  const { timeoutMs, ...spawnOptions } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...spawnOptions, stdio: ['ignore', 'inherit', 'inherit'] });
    const timer = timeoutMs === undefined ? undefined : setTimeout(giveUp, timeoutMs);
    function giveUp(): void {
      child.kill('SIGTERM');
      reject(new Error(`${command} took longer than ${(timeoutMs ?? 0) / 60_000} minutes`));
    }
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve(code ?? 1);
    });
  });
}
