import type { DiskUse, GpuUse, KernelUse, MeterSample } from '../../shared/model/meter';

/** What a machine said of itself at one moment: counters are as they stand since it was started. */
export interface Reading {
  readonly cpu:
    | { readonly kind: 'ticks'; readonly busy: number; readonly total: number; readonly coreCount: number }
    | { readonly kind: 'share'; readonly busyShare: number; readonly coreCount: number }
    | null;
  /** What the container or job that we are in may use of the cores, and has used. */
  readonly cpuLimit: {
    readonly coreCount: number;
    readonly usedSeconds: number;
    readonly atSeconds: number;
  } | null;
  readonly memory: MeterSample['memory'];
  readonly swap: MeterSample['swap'];
  readonly load: MeterSample['load'];
  /** Null: was not asked for this time. */
  readonly disks: readonly DiskUse[] | null;
  /** Null: was not asked for this time. */
  readonly kernels: readonly KernelUse[] | null;
  readonly gpus: readonly GpuUse[];
}

/** The reading, with what was asked for only the time before. */
export const completed = (before: Reading | null, now: Reading): Reading => ({
  ...now,
  disks: now.disks ?? before?.disks ?? null,
  kernels: now.kernels ?? before?.kernels ?? null,
});

/** The sample that a reading gives together with the one before it, if there is one. */
export function sampleOf(before: Reading | null, now: Reading, atMs: number): MeterSample {
  const { memory, swap, load, gpus } = now;
  const cpu = cpuOf(before, now);
  return { atMs, cpu, memory, swap, load, gpus, disks: now.disks ?? [], kernels: now.kernels ?? [] };
}

function cpuOf(before: Reading | null, { cpu, cpuLimit }: Reading): MeterSample['cpu'] {
  if (cpuLimit !== null && (cpu === null || cpuLimit.coreCount < cpu.coreCount)) {
    const { coreCount, usedSeconds, atSeconds } = cpuLimit;
    const earlier = before?.cpuLimit;
    const busyShare = earlier
      ? shareOf(usedSeconds - earlier.usedSeconds, (atSeconds - earlier.atSeconds) * coreCount)
      : null;
    return { busyShare, coreCount, isLimited: true };
  }
  if (cpu === null) return null;
  const { coreCount } = cpu;
  if (cpu.kind === 'share') return { busyShare: cpu.busyShare, coreCount, isLimited: false };
  const earlier = before?.cpu;
  const busyShare =
    earlier?.kind === 'ticks' ? shareOf(cpu.busy - earlier.busy, cpu.total - earlier.total) : null;
  return { busyShare, coreCount, isLimited: false };
}

/** Null: no time has gone by. Counters of the idle may go back a little, see proc_stat(5). */
function shareOf(used: number, whole: number): number | null {
  return whole > 0 ? Math.min(1, Math.max(0, used / whole)) : null;
}
