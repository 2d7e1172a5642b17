import { KernelId } from '../../shared/model/kernel';
import type { DiskUse, GpuUse, KernelUse } from '../../shared/model/meter';
import type { RemoteFact } from '../jupyter/remote-script';
import { readDarwin, readFreeBsd } from './read-bsd';
import { readLinux } from './read-linux';
import type { Reading } from './reading';

const nothing: Omit<Reading, 'disks' | 'kernels' | 'gpus'> = {
  cpu: null,
  cpuLimit: null,
  memory: null,
  swap: null,
  load: null,
};

/**
 * What the facts of one measurement of `meter.sh` say. `system` is what `uname -s` says; of a system that nobody has
 * taught us, only disks and GPUs are known.
 */
export function readMeasurement(
  system: string,
  facts: readonly RemoteFact[],
  asksForDisks: boolean,
): Reading {
  const readSystem = { Linux: readLinux, Darwin: readDarwin, FreeBSD: readFreeBsd }[system];
  const valuesOf = (name: string) => facts.flatMap((fact) => (fact.name === name ? [fact.value] : []));
  return {
    ...(readSystem?.(facts) ?? nothing),
    disks: asksForDisks ? readDisks(valuesOf('disk')) : null,
    kernels: asksForDisks ? readKernels(valuesOf('kernel')) : null,
    gpus: valuesOf('gpu').flatMap((line) => readGpu(line) ?? []),
  };
}

/** `<id> <KiB>`: what started a kernel for it, a shell for instance, names the same file and is smaller. */
function readKernels(lines: readonly string[]): readonly KernelUse[] {
  const largest = new Map<KernelId, number>();
  for (const line of lines) {
    const match = /^([\w-]{1,200}) (\d+)$/.exec(line);
    const id = KernelId.safeParse(match?.[1]);
    if (id.success) largest.set(id.data, Math.max(largest.get(id.data) ?? 0, Number(match?.[2]) * 1024));
  }
  return [...largest].map(([kernelId, memoryBytes]) => ({ kernelId, memoryBytes }));
}

/** Lines of `df -P -k` (POSIX): device, blocks, used, available, capacity, where it is mounted. */
function readDisks(lines: readonly string[]): readonly DiskUse[] {
  const disks = new Map<string, DiskUse>();
  for (const line of lines) {
    const match = /^.*?\s+\d+\s+(\d+)\s+(-?\d+)\s+(?:\d+%|-)\s+(\/.*)$/.exec(line);
    const [, used, available, path] = match ?? [];
    if (path === undefined) continue;
    // Less than nothing is left where root has used what was kept for it.
    const availableBytes = Math.max(0, Number(available)) * 1024;
    disks.set(path, { path, usedBytes: Number(used) * 1024, availableBytes });
  }
  return [...disks.values()];
}

/**
 * A line of `nvidia-smi --query-gpu=index,name,utilization.gpu,memory.used,memory.total,temperature.gpu
 * --format=csv,noheader,nounits`: `0, NVIDIA A100-SXM4-40GB, 37, 10240, 40960, 51`, MiB and degrees Celsius.
 * What a GPU does not tell is `[N/A]` or `[Not Supported]` (nvidia-smi(1)). Null: the line is no GPU's.
 */
function readGpu(line: string): GpuUse | null {
  const match = /^(\d+), (.+), ([^,]*), ([^,]*), ([^,]*), ([^,]*)$/.exec(line.trim());
  const [, index, name = '', ...values] = match ?? [];
  if (index === undefined) return null;
  const [busy, used, total, temperature] = values.map((value) =>
    /^\d+(\.\d+)?$/.test(value) ? Number(value) : null,
  );
  const mebibyte = 1024 * 1024;
  return {
    index: Number(index),
    name,
    busyShare: typeof busy === 'number' ? Math.min(1, busy / 100) : null,
    memory:
      typeof used === 'number' && typeof total === 'number' && total > 0
        ? { usedBytes: used * mebibyte, totalBytes: total * mebibyte }
        : null,
    temperatureCelsius: temperature ?? null,
  };
}
