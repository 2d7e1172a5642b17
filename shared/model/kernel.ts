import { z } from 'zod';
import { MachineId } from './machine';
import { ServerId } from './notebook';

export const KernelId = z.string().min(1).max(200).brand<'KernelId'>();
export type KernelId = z.infer<typeof KernelId>;

/** `unknown`: the server says something of the kernel that Nuvem does not know. */
export const KernelState = z.enum(['starting', 'idle', 'busy', 'restarting', 'dead', 'unknown']);
export type KernelState = z.infer<typeof KernelState>;

/** What a kernel was started for; one kernel may serve several (Jupyter Server REST API, `/api/sessions`). */
export const KernelSession = z.strictObject({
  id: z.string(),
  type: z.enum(['notebook', 'console', 'file', 'other']),
  /** Below the server's folder, with `/` between names and none in front. For a console it names no file. */
  path: z.string(),
  /** What a page shows as its name, e.g. `train.ipynb`; may be empty. */
  name: z.string(),
});
export type KernelSession = Readonly<z.infer<typeof KernelSession>>;

export const Kernel = z.strictObject({
  id: KernelId,
  /** Name of its kernel specification, e.g. `python3`. */
  name: z.string(),
  /** As the user knows it, e.g. `Python 3 (ipykernel)`; the specification's name when the server does not tell. */
  displayName: z.string(),
  state: KernelState,
  /** By this computer's clock. Null: the server does not tell. */
  lastActivityMs: z.number().nullable(),
  /** Since when it works without a pause, as far as Nuvem saw it; null when it is not busy. */
  busySinceMs: z.number().nullable(),
  /** Pages and programs that hold a web socket to it; Nuvem's watch holds none. Null: the server does not tell. */
  connections: z.number().int().nullable(),
  sessions: z.array(KernelSession).readonly(),
});
export type Kernel = Readonly<z.infer<typeof Kernel>>;

/** The file that a page shows of it, below the server's folder; null: it has none. */
export function fileOf({ sessions }: Pick<Kernel, 'sessions'>): string | null {
  const isFile = ({ type, path }: KernelSession): boolean =>
    (type === 'notebook' || type === 'file') && path !== '';
  return sessions.find(isFile)?.path ?? null;
}

/** How well a server's kernels are known at this moment; of a server without an entry nobody has asked yet. */
export const KernelWatch = z.discriminatedUnion('kind', [
  /** The first answer is on its way. */
  z.strictObject({ kind: z.literal('looking') }),
  z.strictObject({
    kind: z.literal('watching'),
    /** `events`: what kernels publish is heard as it happens; `asking`: the server is asked every few seconds. */
    by: z.enum(['events', 'asking']),
  }),
  /** The connection to the machine is down: the kernels are as they were last seen. */
  z.strictObject({ kind: z.literal('connectionDown') }),
  /** Nobody listens at the server's address any more. */
  z.strictObject({ kind: z.literal('serverGone') }),
  z.strictObject({
    kind: z.literal('unreadable'),
    /** `token`: it lets nobody in without a token that Nuvem cannot read; `answer`: it does not answer as Jupyter does. */
    reason: z.enum(['token', 'answer']),
  }),
]);
export type KernelWatch = Readonly<z.infer<typeof KernelWatch>>;

/** The kernels of one server. */
export const ServerKernels = z.strictObject({
  serverId: ServerId,
  watch: KernelWatch,
  /** When they were last told of. Null: never, so that an empty list says nothing. */
  seenAtMs: z.number().nullable(),
  kernels: z.array(Kernel).readonly(),
});
export type ServerKernels = Readonly<z.infer<typeof ServerKernels>>;

/** The kernels of all servers that are known of a machine, in the order of `NotebookSnapshot.servers`. */
export const KernelsSnapshot = z.strictObject({
  machineId: MachineId,
  revision: z.number().int(),
  servers: z.array(ServerKernels).readonly(),
});
export type KernelsSnapshot = Readonly<z.infer<typeof KernelsSnapshot>>;
