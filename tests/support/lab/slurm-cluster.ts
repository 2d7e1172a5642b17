import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findCommand } from '../../../build/system/packages';
import { freePort } from './free-port';
import { runCommand } from './run-command';
import { makeTempFolder } from './temp-folder';

/** A real Slurm of its own: munged, slurmctld and two nodes on this computer, on free ports of loopback. */
export interface SlurmCluster {
  /** What its commands need in their environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Runs one of its commands and resolves with what it printed. */
  run(command: string, args: readonly string[]): Promise<string>;
  /** Ends all jobs, then its daemons. */
  stop(): Promise<void>;
}

const startMsAtMost = 60_000;
/** Room in memory for one job of the tests and half of another one. */
const nodeMegabytes = 2000;

/** Why no Slurm can run here; null: it can. */
export async function whyNoSlurm(): Promise<string | null> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'Slurm is tested as root on Linux alone';
  for (const name of ['munged', 'slurmctld', 'slurmd', 'sbatch']) {
    if ((await findCommand(name)) === null) return `there is no ${name}: install slurmctld, slurmd and munge`;
  }
  return null;
}

/** Resolves once both of its nodes take jobs; partitions: `short` (one node, an hour at most) and `long` (both). */
export async function startSlurmCluster(): Promise<SlurmCluster> {
  const temporary = await makeTempFolder('slurm');
  const folder = temporary.path;
  const children: ChildProcess[] = [];
  const start = async (command: string, args: readonly string[]): Promise<void> => {
    const program = await findCommand(command);
    if (program === null) throw new Error(`there is no ${command}`);
    children.push(spawn(program, [...args], { cwd: folder, stdio: 'ignore', env }));
  };
  const configuration = join(folder, 'slurm.conf');
  const environment = { SLURM_CONF: configuration };
  const env = { ...process.env, ...environment };
  const run = async (command: string, args: readonly string[]): Promise<string> =>
    runCommand('env', [`SLURM_CONF=${configuration}`, command, ...args]);
  const stop = async (): Promise<void> => {
    await run('scancel', ['--user', 'root', '--signal=KILL', '--full']).catch(() => '');
    await run('scancel', ['--user', 'root']).catch(() => '');
    for (const child of children.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(timer);
    }
    await temporary.remove();
  };
  try {
    for (const name of ['munge', 'state', 'log', 'spool-lab1', 'spool-lab2'])
      await mkdir(join(folder, name), { mode: 0o700 });
    await chmod(folder, 0o755);
    await writeFile(join(folder, 'munge', 'key'), randomBytes(1024), { mode: 0o400 });
    const munge = (name: string): string => join(folder, 'munge', name);
    await start('munged', [
      '--foreground',
      '--force',
      `--socket=${munge('s')}`,
      `--key-file=${munge('key')}`,
      `--log-file=${munge('log')}`,
      `--pid-file=${munge('pid')}`,
      `--seed-file=${munge('seed')}`,
    ]);
    const ports = [await freePort(), await freePort(), await freePort()];
    await writeFile(configuration, configurationOf(folder, ports));
    await start('slurmctld', ['-D', '-c', '-f', configuration]);
    for (const node of ['lab1', 'lab2']) await start('slurmd', ['-D', '-N', node, '-f', configuration]);
    await untilIdle(run);
    return { environment, run, stop };
  } catch (error) {
    const log = await readFile(join(folder, 'log', 'slurmctld'), 'utf8').catch(() => '');
    await stop();
    throw new Error(`Slurm did not start: ${log.slice(-2000)}`, { cause: error });
  }
}

async function untilIdle(run: SlurmCluster['run']): Promise<void> {
  for (const startedMs = Date.now(); Date.now() - startedMs < startMsAtMost; await pause(200)) {
    const states = await run('sinfo', ['-h', '-N', '-p', 'long', '-o', '%T']).catch(() => '');
    if (states === 'idle\nidle\n') return;
  }
  throw new Error('its nodes did not become idle');
}

/** slurm.conf(5). No cgroups, no accounting, nothing outside of the folder. */
function configurationOf(
  folder: string,
  [controller, first, second]: readonly (number | undefined)[],
): string {
  const node = (name: string, port: number | undefined): string =>
    `NodeName=${name} NodeHostname=${hostname()} NodeAddr=127.0.0.1 Port=${port} CPUs=2 RealMemory=${nodeMegabytes}`;
  return `ClusterName=lab
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort=${controller}
AuthType=auth/munge
AuthInfo=socket=${folder}/munge/s
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool-%n
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd-%n.pid
SlurmctldLogFile=${folder}/log/slurmctld
SlurmdLogFile=${folder}/log/slurmd-%n
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
SchedulerParameters=bf_interval=2,sched_interval=2
MpiDefault=none
SwitchType=switch/none
ReturnToService=2
KillWait=2
OverTimeLimit=0
${node('lab1', first)}
${node('lab2', second)}
PartitionName=short Nodes=lab1 Default=YES MaxTime=60 State=UP
PartitionName=long Nodes=ALL MaxTime=INFINITE State=UP
`;
}
