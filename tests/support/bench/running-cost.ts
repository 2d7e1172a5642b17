import { runCommand } from '../lab/run-command';
import { cpuSeconds } from './process-cpu';

/** What something costs while it goes on. */
export interface RunningCost {
  readonly hereCpuSecondsPerHour: number;
  readonly machineCpuSecondsPerHour: number;
  /** Of the SSH connection, both directions. */
  readonly kilobytesPerHour: number;
}

interface Watched {
  readonly herePids: readonly number[];
  readonly machinePids: readonly number[];
  readonly sshPort: number;
}

/** Looks on for some seconds. Processes that come and go meanwhile are not counted. Linux only. */
export async function runningCost(
  { herePids, machinePids, sshPort }: Watched,
  seconds: number,
): Promise<RunningCost> {
  const read = async () => ({
    here: await cpuOf(herePids),
    machine: await cpuOf(machinePids),
    bytes: await bytesOfConnections(sshPort),
  });
  const before = await read();
  await new Promise((next) => setTimeout(next, seconds * 1000));
  const after = await read();
  const perHour = 3600 / seconds;
  return {
    hereCpuSecondsPerHour: (after.here - before.here) * perHour,
    machineCpuSecondsPerHour: (after.machine - before.machine) * perHour,
    kilobytesPerHour: ((after.bytes - before.bytes) / 1000) * perHour,
  };
}

async function cpuOf(pids: readonly number[]): Promise<number> {
  const used = await Promise.all(pids.map((pid) => cpuSeconds(pid).catch(() => 0)));
  return used.reduce((sum, seconds) => sum + seconds, 0);
}

/** Bytes that the clients of a port of this computer have sent and got so far (ss(8), `bytes_sent`, `bytes_received`). */
async function bytesOfConnections(port: number): Promise<number> {
  const said = await runCommand('ss', ['-tinOH', 'state', 'established', 'dst', `127.0.0.1:${port}`]);
  const counts = [...said.matchAll(/bytes_(?:sent|received):(\d+)/g)].map(([, count]) => Number(count));
  return counts.reduce((sum, count) => sum + count, 0);
}
