import type { RemoteFact } from '../jupyter/remote-script';
import { factOf } from '../jupyter/remote-script';
import type { Reading } from './reading';

type SystemReading = Omit<Reading, 'disks' | 'kernels' | 'gpus'>;

/** Reads what `meter.sh` reports of Linux: lines of /proc (proc_stat(5), proc_meminfo(5)) and of cgroups(7). */
export function readLinux(facts: readonly RemoteFact[]): SystemReading {
  const kibibytes = new Map<string, number>();
  for (const { name, value } of facts) {
    const [key, amount] = name === 'memory' ? value.split(' ') : [];
    if (key !== undefined && isAmount(amount)) kibibytes.set(key, Number(amount));
  }
  return {
    cpu: readTicks(factOf(facts, 'ticks'), factOf(facts, 'cores')),
    cpuLimit: readCpuLimit(factOf(facts, 'cpu-limit'), factOf(facts, 'uptime')),
    memory: readMemory(kibibytes, factOf(facts, 'memory-limit')),
    swap: readSwap(kibibytes),
    load: readLoad(factOf(facts, 'load')),
  };
}

/** `1234 56 789 ...`: user, nice, system, idle, iowait, irq, softirq, steal; guest time is within user time. */
function readTicks(ticks: string | undefined, cores: string | undefined): Reading['cpu'] {
  const amounts = numbersIn(ticks);
  const coreCount = Number(cores);
  const [user, nice, system, idle, iowait = 0, irq = 0, softirq = 0, steal = 0] = amounts;
  if (user === undefined || nice === undefined || system === undefined || idle === undefined) return null;
  if (!(coreCount > 0)) return null;
  const busy = user + nice + system + irq + softirq + steal;
  return { kind: 'ticks', busy, total: busy + idle + iowait, coreCount };
}

/** Thousandths of a core that may be used, and microseconds that were. */
function readCpuLimit(limit: string | undefined, uptime: string | undefined): Reading['cpuLimit'] {
  const [milliCores, usedMicroseconds] = numbersIn(limit);
  const [atSeconds] = numbersIn(uptime);
  if (milliCores === undefined || usedMicroseconds === undefined || atSeconds === undefined) return null;
  if (milliCores === 0) return null;
  return { coreCount: milliCores / 1000, usedSeconds: usedMicroseconds / 1e6, atSeconds };
}

function readMemory(kibibytes: ReadonlyMap<string, number>, limit: string | undefined): Reading['memory'] {
  const total = kibibytes.get('MemTotal');
  // Kernels before 3.14 don't tell what is available.
  const available =
    kibibytes.get('MemAvailable') ??
    sum(kibibytes.get('MemFree'), kibibytes.get('Buffers'), kibibytes.get('Cached'));
  const [limitBytes, currentBytes, fileBytes = 0] = numbersIn(limit);
  const isLimited =
    limitBytes !== undefined &&
    limitBytes > 0 &&
    currentBytes !== undefined &&
    (total === undefined || limitBytes < total * 1024);
  if (isLimited) {
    return {
      usedBytes: Math.max(0, currentBytes - fileBytes),
      totalBytes: limitBytes,
      isLimited: true,
    };
  }
  if (total === undefined || available === undefined) return null;
  return { usedBytes: Math.max(0, total - available) * 1024, totalBytes: total * 1024, isLimited: false };
}

function readSwap(kibibytes: ReadonlyMap<string, number>): Reading['swap'] {
  const total = kibibytes.get('SwapTotal') ?? 0;
  const free = kibibytes.get('SwapFree') ?? 0;
  return total > 0 ? { usedBytes: Math.max(0, total - free) * 1024, totalBytes: total * 1024 } : null;
}

/** `0.25 0.46 1.09 4/125 27134` of Linux, `{ 0.25 0.46 1.09 }` of BSD. */
export function readLoad(text: string | undefined): Reading['load'] {
  const [one, five, fifteen] = numbersIn(text?.replace(/^\{\s*/, ''));
  return one === undefined || five === undefined || fifteen === undefined ? null : [one, five, fifteen];
}

/** The amounts that a text begins with, up to the first word that is none. */
export function numbersIn(text: string | undefined): readonly number[] {
  const words = text?.trim().split(/\s+/) ?? [];
  const end = words.findIndex((word) => !isAmount(word));
  return words.slice(0, end < 0 ? words.length : end).map(Number);
}

const isAmount = (word: string | undefined): boolean => word !== undefined && /^\d+(\.\d+)?$/.test(word);

const sum = (...amounts: readonly (number | undefined)[]): number | undefined =>
  amounts.reduce<number | undefined>(
    (total, amount) => (total === undefined || amount === undefined ? undefined : total + amount),
    0,
  );
