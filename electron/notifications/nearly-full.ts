import type { MeterSample } from '../../shared/model/meter';

/** What of a machine is nearly full, and how full. */
export interface FullResource {
  readonly kind: 'memory' | 'disk' | 'gpu';
  /** Where the disk is mounted, or the GPU's number and name; empty for memory. */
  readonly place: string;
  readonly usedBytes: number;
  readonly totalBytes: number;
}

/** From which share on it is told, and below which it must have fallen before it is told again. */
const limits = {
  memory: { full: 0.92, again: 0.85 },
  disk: { full: 0.95, again: 0.92 },
  gpu: { full: 0.95, again: 0.85 },
} as const;

/** Notices when a machine's memory, disks or GPU memory become nearly full; says so once until there is room again. */
export class NearlyFull {
  readonly #full = new Set<string>();

  /** What has become nearly full with this sample. */
  learn(sample: MeterSample): readonly FullResource[] {
    return resourcesOf(sample).filter((resource) => {
      const { kind, place, usedBytes, totalBytes } = resource;
      const key = `${kind} ${place}`;
      const share = totalBytes > 0 ? usedBytes / totalBytes : 0;
      if (share < limits[kind].again) this.#full.delete(key);
      if (share < limits[kind].full || this.#full.has(key)) return false;
      this.#full.add(key);
      return true;
    });
  }
}

function resourcesOf({ memory, disks, gpus }: MeterSample): readonly FullResource[] {
  return [
    ...(memory === null ? [] : [{ ...memory, kind: 'memory' as const, place: '' }]),
    ...disks.map(({ path, usedBytes, availableBytes }) => ({
      kind: 'disk' as const,
      place: path,
      usedBytes,
      totalBytes: usedBytes + availableBytes,
    })),
    ...gpus.flatMap((gpu) =>
      gpu.memory === null
        ? []
        : [{ ...gpu.memory, kind: 'gpu' as const, place: `${gpu.index} (${gpu.name})` }],
    ),
  ];
}
