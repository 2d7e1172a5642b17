import { z } from 'zod';
import { ErrorReport } from '../errors/app-error';
import { MachineId } from './machine';

/** Of a job's folder on the machine, chosen by Nuvem. */
export const JobId = z
  .string()
  .regex(/^[0-9a-f]{12}$/)
  .brand<'JobId'>();
export type JobId = z.infer<typeof JobId>;

const name = z
  .string()
  .max(100)
  .regex(/^[\w.@+-]*$/);

/** What a job asks Slurm for. An empty text leaves it to Slurm's defaults. */
export const SlurmRequest = z.strictObject({
  minutes: z.number().int().min(1).max(525_600),
  partition: name,
  cpus: z.number().int().min(1).max(4096),
  /** Of the node, as `--mem` takes it: `4G`. */
  memory: z.string().regex(/^(\d{1,9}[KMGTkmgt]?)?$/),
  /** As `--gres=gpu:` takes it: `1`, `a100:2`. */
  gpus: z
    .string()
    .max(50)
    .regex(/^([\w.-]+:)?\d*$/),
  account: name,
  qos: name,
  /** Options of sbatch, with or without `#SBATCH` in front. */
  extra: z
    .array(
      z
        .string()
        .max(500)
        .regex(/^(#SBATCH\s+)?--?[A-Za-z]\P{Cc}*$/u),
    )
    .max(20)
    .readonly(),
});
export type SlurmRequest = Readonly<z.infer<typeof SlurmRequest>>;

export const defaultSlurmRequest: SlurmRequest = {
  minutes: 120,
  partition: '',
  cpus: 1,
  memory: '',
  gpus: '',
  account: '',
  qos: '',
  extra: [],
};

export const SlurmPartition = z.strictObject({
  name: z.string(),
  isDefault: z.boolean(),
  isUp: z.boolean(),
  /** As Slurm writes it: `1-00:00:00`, `infinite`. */
  timeLimit: z.string(),
  nodes: z.number().int(),
  idleNodes: z.number().int(),
  /** Generic resources of its nodes, such as `gpu:a100:4`; empty: none. */
  resources: z.string(),
});
export type SlurmPartition = Readonly<z.infer<typeof SlurmPartition>>;

/** How a job ended (squeue(1), JOB STATE CODES); `GONE`: Slurm does not know it any more. */
export const jobEnds = [
  'COMPLETED',
  'FAILED',
  'CANCELLED',
  'TIMEOUT',
  'OUT_OF_MEMORY',
  'NODE_FAIL',
  'PREEMPTED',
  'BOOT_FAIL',
  'DEADLINE',
  'REVOKED',
  'GONE',
] as const;
export type JobEnd = (typeof jobEnds)[number];

export const JobState = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('pending'),
    /** As Slurm names it (squeue(1), JOB REASON CODES). */
    reason: z.string(),
    /** By this computer's clock; null: Slurm has no idea yet. */
    startsAtMs: z.number().nullable(),
  }),
  z.strictObject({
    kind: z.literal('running'),
    node: z.string(),
    /** When its time is over, by this computer's clock; null: never. */
    endsAtMs: z.number().nullable(),
    /** Jupyter has told where it listens. */
    isServing: z.boolean(),
  }),
  /** Its time is over or it was cancelled, and its processes are being ended. */
  z.strictObject({ kind: z.literal('ending') }),
  z.strictObject({ kind: z.literal('ended'), how: z.enum(jobEnds) }),
]);
export type JobState = Readonly<z.infer<typeof JobState>>;

/** A notebook that is or was a job of Slurm. */
export const SlurmJob = z.strictObject({
  id: JobId,
  /** Slurm's own. */
  number: z.string(),
  partition: z.string(),
  folder: z.string(),
  submittedAtMs: z.number().nullable(),
  state: JobState,
});
export type SlurmJob = Readonly<z.infer<typeof SlurmJob>>;

export const SlurmSnapshot = z.strictObject({
  machineId: MachineId,
  revision: z.number().int(),
  isLooking: z.boolean(),
  /** Null: nobody has looked in this run. */
  cluster: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('absent') }),
      z.strictObject({ kind: z.literal('there'), partitions: z.array(SlurmPartition).readonly() }),
      z.strictObject({ kind: z.literal('silent'), error: ErrorReport }),
    ])
    .nullable(),
  jobs: z.array(SlurmJob).readonly(),
});
export type SlurmSnapshot = Readonly<z.infer<typeof SlurmSnapshot>>;

export const SlurmPlan = z.strictObject({ id: JobId, script: z.string(), command: z.string() });
export type SlurmPlan = Readonly<z.infer<typeof SlurmPlan>>;

/** The server in a job goes by it in `notebooks`. */
export const serverIdOfJob = (id: JobId): string => `slurm-${id}`;
export const isOfJob = (serverId: string): boolean => serverId.startsWith('slurm-');
