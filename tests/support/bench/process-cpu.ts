import { readFile } from 'node:fs/promises';

/** So many ticks per second count in /proc (proc(5), USER_HZ). */
const ticksPerSecond = 100;

/** CPU seconds that a process has used so far in all of its threads (Linux, /proc/PID/stat). */
export async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Memory of a process alone in MiB, as proportional set size (Linux, /proc/PID/smaps_rollup). */
export async function processMemoryMiB(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? Number.NaN) / 1024;
}
