import { runCommand } from './run-command';

export interface ProcessInfo {
  readonly parentPid: number;
  /** Name of the program, without path or arguments. */
  readonly name: string;
}

/** All processes of this computer by pid, as `ps` sees them. */
export async function listProcesses(): Promise<ReadonlyMap<number, ProcessInfo>> {
  const lines = (await runCommand('ps', ['-A', '-o', 'pid=,ppid=,comm='])).trim().split('\n');
  return new Map(
    lines.map((line) => {
      const [pid, parentPid, ...name] = line.trim().split(/\s+/);
      return [Number(pid), { parentPid: Number(parentPid), name: name.join(' ') }];
    }),
  );
}

/** A process and all below it, those without a name that fits left out. */
export async function processTree(rootPid: number, name = /./): Promise<readonly number[]> {
  const processes = await listProcesses();
  const pids = [rootPid];
  for (const parent of pids) {
    for (const [pid, { parentPid }] of processes) if (parentPid === parent) pids.push(pid);
  }
  return pids.filter((pid) => name.test(processes.get(pid)?.name ?? ''));
}
