import type { RemoteFact } from '../jupyter/remote-script';
import { factOf } from '../jupyter/remote-script';
import { numbersIn, readLoad } from './read-linux';
import type { Reading } from './reading';

type SystemReading = Omit<Reading, 'disks' | 'kernels' | 'gpus'>;

/** Reads what `meter.sh` reports of macOS: sysctl(8), vm_stat(1) and ps(1). */
export function readDarwin(facts: readonly RemoteFact[]): SystemReading {
  const values = sysctlValues(facts);
  const [coreCount = 0] = numbersIn(values.get('hw.ncpu'));
  const [cpuSum] = numbersIn(factOf(facts, 'cpu-sum'));
  return {
    // What ps tells is an average of the last minute or so, in per cent of one core.
    cpu:
      coreCount > 0 && cpuSum !== undefined
        ? { kind: 'share', busyShare: Math.min(1, cpuSum / 100 / coreCount), coreCount }
        : null,
    cpuLimit: null,
    memory: readVmStat(facts, numbersIn(values.get('hw.memsize'))[0]),
    swap: readSwapUsage(values.get('vm.swapusage')),
    load: readLoad(values.get('vm.loadavg')),
  };
}

/** Reads what `meter.sh` reports of FreeBSD: sysctl(8) and swapinfo(8). */
export function readFreeBsd(facts: readonly RemoteFact[]): SystemReading {
  const values = sysctlValues(facts);
  const numberOf = (name: string) => numbersIn(values.get(name))[0];
  const [user, nice, system, interrupt, idle] = numbersIn(values.get('kern.cp_time'));
  const coreCount = numberOf('hw.ncpu') ?? 0;
  const totalBytes = numberOf('hw.physmem');
  const pageBytes = numberOf('vm.stats.vm.v_page_size');
  const freePages = numberOf('vm.stats.vm.v_free_count');
  const [inactive, laundry] = ['v_inactive_count', 'v_laundry_count'].map(
    (name) => numberOf(`vm.stats.vm.${name}`) ?? 0,
  );
  const canTell = user !== undefined && nice !== undefined && system !== undefined && coreCount > 0;
  const busy = (user ?? 0) + (nice ?? 0) + (system ?? 0) + (interrupt ?? 0);
  return {
    cpu: canTell && idle !== undefined ? { kind: 'ticks', busy, total: busy + idle, coreCount } : null,
    cpuLimit: null,
    memory:
      totalBytes === undefined || pageBytes === undefined || freePages === undefined
        ? null
        : {
            usedBytes: Math.max(0, totalBytes - (freePages + (inactive ?? 0) + (laundry ?? 0)) * pageBytes),
            totalBytes,
            isLimited: false,
          },
    swap: readSwapInfo(facts),
    load: readLoad(values.get('vm.loadavg')),
  };
}

function sysctlValues(facts: readonly RemoteFact[]): ReadonlyMap<string, string> {
  const named = facts.filter(({ name }) => name === 'sysctl').map(({ value }) => value);
  return new Map(named.map((text) => [text.slice(0, text.indexOf(' ')), text.slice(text.indexOf(' ') + 1)]));
}

/** `Mach Virtual Memory Statistics: (page size of 16384 bytes)`, then lines such as `Pages free:   4523.` */
function readVmStat(facts: readonly RemoteFact[], totalBytes: number | undefined): Reading['memory'] {
  const lines = facts.filter(({ name }) => name === 'vm_stat').map(({ value }) => value);
  const pageBytes = Number(/page size of (\d+) bytes/.exec(lines[0] ?? '')?.[1]);
  const pages = new Map(
    lines.flatMap((line) => {
      const match = /^(.+):\s+(\d+)\.?$/.exec(line);
      return match === null ? [] : [[match[1], Number(match[2])] as const];
    }),
  );
  const free = pages.get('Pages free');
  if (totalBytes === undefined || free === undefined || !(pageBytes > 0)) return null;
  const reusable = ['Pages inactive', 'Pages speculative', 'Pages purgeable'];
  const available = reusable.reduce((total, name) => total + (pages.get(name) ?? 0), free);
  return { usedBytes: Math.max(0, totalBytes - available * pageBytes), totalBytes, isLimited: false };
}

/** `total = 2048.00M  used = 1012.25M  free = 1035.75M  (encrypted)` */
function readSwapUsage(text: string | undefined): Reading['swap'] {
  const bytesOf = (name: string): number => {
    const match = new RegExp(`${name} = ([\\d.]+)M`).exec(text ?? '');
    return Number(match?.[1] ?? 0) * 1024 * 1024;
  };
  const totalBytes = bytesOf('total');
  return totalBytes > 0 ? { usedBytes: bytesOf('used'), totalBytes } : null;
}

/** `Device 1K-blocks Used Avail Capacity`, then a line for each device. */
function readSwapInfo(facts: readonly RemoteFact[]): Reading['swap'] {
  const devices = facts
    .filter(({ name, value }) => name === 'swapinfo' && value.startsWith('/dev/'))
    .map(({ value }) => numbersIn(value.replace(/^\S+\s+/, '')));
  const totalBytes = devices.reduce((total, [blocks = 0]) => total + blocks * 1024, 0);
  const usedBytes = devices.reduce((total, [, used = 0]) => total + used * 1024, 0);
  return totalBytes > 0 ? { usedBytes, totalBytes } : null;
}
