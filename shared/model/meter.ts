import { z } from 'zod';
import { ErrorReport } from '../errors/app-error';
import { KernelId } from './kernel';
import { MachineId } from './machine';

const Bytes = z.number().nonnegative();
/** 0 to 1. */
const Share = z.number().min(0).max(1);

export const DiskUse = z.strictObject({
  /** Where it is mounted, e.g. `/home`. */
  path: z.string(),
  usedBytes: Bytes,
  /** What this user may still write: less than what is free, where some is kept for root. */
  availableBytes: Bytes,
});
export type DiskUse = Readonly<z.infer<typeof DiskUse>>;

/** What nvidia-smi tells of one GPU; null is what that GPU does not tell. */
export const GpuUse = z.strictObject({
  index: z.number().int().nonnegative(),
  name: z.string(),
  busyShare: Share.nullable(),
  memory: z.strictObject({ usedBytes: Bytes, totalBytes: Bytes }).nullable(),
  temperatureCelsius: z.number().nullable(),
});
export type GpuUse = Readonly<z.infer<typeof GpuUse>>;

/** The process of a Jupyter kernel, whoever started it. */
export const KernelUse = z.strictObject({ kernelId: KernelId, memoryBytes: Bytes });
export type KernelUse = Readonly<z.infer<typeof KernelUse>>;

/** How busy a machine is. Null is what the machine does not tell, or not yet. */
export const MeterSample = z.strictObject({
  atMs: z.number(),
  cpu: z
    .strictObject({
      /** Of all that may be used. Null in the first sample, which has no time before it to compare with. */
      busyShare: Share.nullable(),
      /** How many cores may be used; not always a whole number in a container. */
      coreCount: z.number().positive(),
      /** A container or a job may use less than what the machine has. */
      isLimited: z.boolean(),
    })
    .nullable(),
  memory: z.strictObject({ usedBytes: Bytes, totalBytes: Bytes, isLimited: z.boolean() }).nullable(),
  /** Null: there is none. */
  swap: z.strictObject({ usedBytes: Bytes, totalBytes: Bytes }).nullable(),
  /** Processes that run or wait to, on average of the last 1, 5 and 15 minutes. */
  load: z.tuple([z.number(), z.number(), z.number()]).nullable(),
  /** Of the home folder and of the working folder; one where both are the same. */
  disks: z.array(DiskUse).readonly(),
  gpus: z.array(GpuUse).readonly(),
  /** Resident memory of the kernels that the machine's list of processes shows. */
  kernels: z.array(KernelUse).readonly(),
});
export type MeterSample = Readonly<z.infer<typeof MeterSample>>;

export const MeterState = z.discriminatedUnion('kind', [
  /** Nobody looks, or the machine is not connected. */
  z.strictObject({ kind: z.literal('off') }),
  z.strictObject({ kind: z.literal('starting') }),
  z.strictObject({ kind: z.literal('measuring'), sample: MeterSample }),
  /** Tried again after a while, as long as somebody looks. */
  z.strictObject({ kind: z.literal('failed'), error: ErrorReport }),
]);
export type MeterState = Readonly<z.infer<typeof MeterState>>;

export const MeterSnapshot = z.strictObject({
  machineId: MachineId,
  revision: z.number().int(),
  state: MeterState,
});
export type MeterSnapshot = Readonly<z.infer<typeof MeterSnapshot>>;
