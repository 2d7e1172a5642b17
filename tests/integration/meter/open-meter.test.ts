import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import type { Transport } from '../../../electron/connection/transport';
import { openMeter } from '../../../electron/meter/open-meter';
import { sampleOf } from '../../../electron/meter/reading';
import { systemClock } from '../../../electron/system/clock';
import { makeTempFolder } from '../../support/lab/temp-folder';

const ended: Promise<unknown>[] = [];
afterEach(async () => {
  await Promise.all(ended.splice(0));
});

/** Runs the script by this computer's own shell. */
function open(program: string, args: readonly string[], folder = '~') {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  ended.push(once(child, 'exit'));
  const openCommand = async () => Duplex.from({ readable: child.stdout, writable: child.stdin });
  const transport = { openCommand } as Partial<Transport> as Transport;
  return openMeter(transport, { folder, clock: systemClock, random: randomBytes });
}

const shells = [
  ['dash', ['-s']],
  ['bash', ['-s']],
  ['bash', ['--posix', '-s']],
  ['busybox', ['sh', '-s']],
  ['mksh', ['-s']],
  ['zsh', ['--emulate', 'sh', '-s']],
].filter(([name]) => spawnSync('which', [String(name)]).status === 0) as [string, string[]][];

test.each(shells)('%s %j measures twice and ends with its input', async (program, args) => {
  const meter = await open(program, args, "~/it's a “folder”");
  const first = await meter.measure(true);
  const second = await meter.measure(false);
  expect(first).toMatchObject({ cpu: { kind: 'ticks' }, memory: expect.anything(), load: expect.anything() });
  expect(first.disks).toHaveLength(1);
  expect(second).toMatchObject({ cpu: { kind: 'ticks' }, disks: null });
  meter.close();
  await Promise.all(ended);
});

test('where no shell answers, that is said', async () => {
  const failure = open('sh', ['-c', 'echo This account is for backups only.; head -c 100 >/dev/null']);
  await expect(failure).rejects.toMatchObject({
    code: 'remote-shell-unsupported',
    details: ['This account is for backups only.'],
  });
});

const memory = '/sys/fs/cgroup/memory';
const canLimit = process.getuid?.() === 0 && existsSync(`${memory}/memory.limit_in_bytes`);
if (!canLimit) console.warn('skipped: only root can make groups with limits, here of cgroups version 1');

describe.skipIf(!canLimit)('in a group with limits (cgroups version 1)', () => {
  const name = `nuvem-meter-${process.pid}`;
  const groups = [memory, '/sys/fs/cgroup/cpu', '/sys/fs/cgroup/cpuacct'].map((each) => `${each}/${name}`);

  afterEach(async () => {
    for (const group of groups) await rmdir(group);
  });

  test('memory and processors are those of the group', async () => {
    for (const group of groups) await mkdir(group);
    await writeFile(`${groups[0]}/memory.limit_in_bytes`, String(64 * 1024 * 1024));
    await writeFile(`${groups[1]}/cpu.cfs_period_us`, '100000');
    await writeFile(`${groups[1]}/cpu.cfs_quota_us`, '50000');
    const enter = groups.map((group) => `echo $$ >${group}/cgroup.procs`).join('; ');
    const meter = await open('sh', ['-c', `${enter}; exec sh -s`]);
    const before = await meter.measure(false);
    const now = await meter.measure(false);
    const { memory: used, cpu } = sampleOf(before, now, 1);
    meter.close();
    await Promise.all(ended);
    expect(used).toMatchObject({ totalBytes: 64 * 1024 * 1024, isLimited: true });
    expect(used?.usedBytes).toBeLessThan(64 * 1024 * 1024);
    expect(cpu).toMatchObject({ coreCount: 0.5, isLimited: true });
  });
});

const canPretend = process.getuid?.() === 0 && spawnSync('unshare', ['-m', 'true']).status === 0;
if (!canPretend) console.warn('skipped: only root can show a shell another /sys/fs/cgroup');

test.skipIf(!canPretend)(
  'the tightest limit of the groups around counts (cgroups version 2, its files as documented)',
  async () => {
    const folder = await makeTempFolder('cgroup');
    const tree = join(folder.path, 'tree');
    const job = join(tree, 'slurm', 'job_7');
    await mkdir(job, { recursive: true });
    const files = {
      [join(folder.path, 'own')]: '0::/slurm/job_7\n',
      [join(job, 'memory.max')]: 'max\n',
      [join(job, 'memory.current')]: '1\n',
      [join(job, 'cpu.max')]: '150000 100000\n',
      [join(job, 'cpu.stat')]: 'usage_usec 2000000\nuser_usec 1500000\n',
      [join(tree, 'slurm', 'memory.max')]: '1073741824\n',
      [join(tree, 'slurm', 'memory.current')]: '536870912\n',
      [join(tree, 'slurm', 'memory.stat')]: 'anon 1\nfile 2\ninactive_file 268435456\nactive_file 5\n',
      [join(tree, 'slurm', 'cpu.max')]: 'max 100000\n',
    };
    for (const [path, text] of Object.entries(files)) await writeFile(path, text);
    const pretend = `mount --bind ${tree} /sys/fs/cgroup && mount --bind ${folder.path}/own /proc/$$/cgroup`;
    const meter = await open('unshare', ['-m', 'sh', '-c', `${pretend} && exec sh -s`]);
    const reading = await meter.measure(false);
    meter.close();
    await Promise.all(ended);
    await folder.remove();
    expect(reading.memory).toEqual({ usedBytes: 268_435_456, totalBytes: 1_073_741_824, isLimited: true });
    expect(reading.cpuLimit).toMatchObject({ coreCount: 1.5, usedSeconds: 2 });
  },
);
