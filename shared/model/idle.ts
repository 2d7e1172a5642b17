import { z } from 'zod';
import { IdlePolicy } from './idle-policy';
import { MachineId } from './machine';
import { ServerId } from './notebook';

/** How long a server has been idle. */
export const ServerIdle = z.strictObject({
  serverId: ServerId,
  policy: IdlePolicy,
  /** Who counts, and ends it: what keeps its output on the machine, or Nuvem itself, only while it runs. */
  countedBy: z.enum(['machine', 'nuvem']),
  /** Since when nothing has run, by this computer's clock. Null: something runs, or nobody counts. */
  idleSinceMs: z.number().nullable(),
  /** When it ends if nothing runs until then. Null: it does not, or something runs. */
  stopsAtMs: z.number().nullable(),
});
export type ServerIdle = Readonly<z.infer<typeof ServerIdle>>;

/** The servers of a machine whose policy can be known and changed from here. */
export const IdleSnapshot = z.strictObject({
  machineId: MachineId,
  revision: z.number().int(),
  servers: z.array(ServerIdle).readonly(),
});
export type IdleSnapshot = Readonly<z.infer<typeof IdleSnapshot>>;

/** How long before a server ends its user is told; in ms. */
export const stopNoticeMs = (afterHours: number): number =>
  Math.min(10 * 60_000, (afterHours * 3_600_000) / 4);
