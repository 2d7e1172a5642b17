import type { PortOwner } from './port-owner';

/** Runs a program and resolves with its standard output; rejects when it is missing or fails. */
export type RunProgram = (program: string, args: readonly string[]) => Promise<string>;

/**
 * Which process listens on a TCP port of this computer, on systems without /proc: macOS has lsof(8), Windows
 * netstat and tasklist. Null when they are missing or do not let this user see.
 */
export async function findPortOwnerByProgram(
  port: number,
  platform: NodeJS.Platform,
  run: RunProgram,
): Promise<PortOwner | null> {
  try {
    if (platform !== 'win32')
      return readLsof(await run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc']));
    const processId = readNetstat(await run('netstat', ['-ano', '-p', 'TCP']), port);
    if (processId === null) return null;
    const tasks = await run('tasklist', ['/FI', `PID eq ${processId}`, '/FO', 'CSV', '/NH']);
    return { processId, name: readTasklist(tasks) };
  } catch {
    // Only the name of the program is lost: that the port is taken is known.
    return null;
  }
}

/** Lines of `-F`: `p<process id>`, then `c<command>`. */
export function readLsof(output: string): PortOwner | null {
  const field = (letter: string): string | undefined =>
    output
      .split('\n')
      .find((line) => line.startsWith(letter))
      ?.slice(1)
      .trim();
  const processId = Number(field('p'));
  return processId > 0 ? { processId, name: field('c') ?? '' } : null;
}

/** `TCP 127.0.0.1:8888 0.0.0.0:0 LISTENING 1234`; the state is in the user's language, port 0 of nobody is not. */
export function readNetstat(output: string, port: number): number | null {
  for (const line of output.split('\n')) {
    const [protocol, local, foreign, , processId] = line.trim().split(/\s+/);
    const isListening = protocol === 'TCP' && (foreign === '0.0.0.0:0' || foreign === '[::]:0');
    if (isListening && local?.endsWith(`:${port}`) && Number(processId) > 0) return Number(processId);
  }
  return null;
}

/** `"python.exe","1234","Console","1","10.000 K"`; a sentence when there is no such process. */
function readTasklist(output: string): string {
  return /^"([^"]+)","\d+"/m.exec(output)?.[1] ?? '';
}
