import { readFile } from 'node:fs/promises';
import { processTree } from '../lab/processes';

/**
 * Memory of a process and all below it in MiB, as proportional set size: pages that several share count once in
 * all (Linux, /proc/PID/smaps_rollup).
 */
export async function treeMemoryMiB(rootPid: number): Promise<number> {
  let totalKiB = 0;
  for (const pid of await processTree(rootPid)) {
    // Short-lived helpers may be gone by now.
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
    totalKiB += Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0);
  }
  return totalKiB / 1024;
}
