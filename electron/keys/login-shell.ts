import { type ChildProcess, spawn } from 'node:child_process';

export interface LoginShellDeps {
  readonly env: NodeJS.ProcessEnv;
  /** The user's shell as the system's user database has it; null when it has none. */
  readonly shell: string | null;
  readonly newMark: () => string;
  /** How long the shell may take; its start files may do anything. */
  readonly timeoutMs: number;
}

const largestOutputBytes = 1024 * 1024;

/**
 * Reads variables as they are in the user's login shell. The shell is started once, interactive as a terminal would
 * have it, and given up on when it takes too long; what its start files print is told apart by a random mark.
 */
export function makeShellVariable(deps: LoginShellDeps): (name: string) => Promise<string | null> {
  let environment: Promise<ReadonlyMap<string, string>> | null = null;
  return async (name) => {
    environment ??= readEnvironment(deps);
    return (await environment).get(name) ?? null;
  };
}

async function readEnvironment(deps: LoginShellDeps): Promise<ReadonlyMap<string, string>> {
  const { shell } = deps;
  if (shell === null || !/^\/.*(^|\/)(ba|z|da|k|fi|)sh$/.test(shell)) return new Map();
  const mark = deps.newMark();
  // Valid in POSIX shells and fish alike.
  const command = `printf '%s' ${mark}; /usr/bin/env -0 2>/dev/null || /usr/bin/env; printf '%s' ${mark}`;
  const output = await outputUntilEnd(shell, ['-ilc', command], mark, deps);
  // What start files print stands before the first mark.
  const text = output.split(mark)[1] ?? '';
  const separator = text.includes('\0') ? '\0' : '\n';
  return new Map(
    text.split(separator).flatMap((line) => {
      const at = line.indexOf('=');
      return at > 0 ? [[line.slice(0, at), line.slice(at + 1)] as const] : [];
    }),
  );
}

/**
 * What a command prints until the second mark, or until there is no more time. Its end is not waited for: what its
 * start files have put into the background may hold the output open.
 */
function outputUntilEnd(
  program: string,
  args: readonly string[],
  mark: string,
  deps: LoginShellDeps,
): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    // In a group of its own: neither does it reach for a terminal, nor does what it started outlive it.
    const child = spawn(program, args, {
      env: deps.env,
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    const end = () => {
      clearTimeout(timer);
      killGroup(child);
      child.stdout.destroy();
      resolve(Buffer.concat(chunks).toString('utf8'));
    };
    const timer = setTimeout(end, deps.timeoutMs);
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      sizeBytes += chunk.length;
      const isComplete = Buffer.concat(chunks).toString('utf8').split(mark).length > 2;
      if (isComplete || sizeBytes > largestOutputBytes) end();
    });
    child.once('error', end);
    child.stdout.once('close', end);
  });
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
