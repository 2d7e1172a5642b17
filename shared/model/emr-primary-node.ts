import { z } from 'zod';
import { MachineDraft, MachineId } from './machine';

/** The primary node of a cluster, and the saved machine by which it is reached. */
export const EmrPrimaryNode = z.strictObject({
  /** Names by which it is reached from anywhere, and inside its network; empty: it has none, or not yet. */
  publicName: z.string(),
  privateName: z.string(),
  /** Of EC2; empty: the cluster was made without one. */
  keyPair: z.string(),
  /** Null: nobody has connected to it yet. */
  machineId: MachineId.nullable(),
  /** The private key of the cluster's key pair, as far as the user has named it; empty: they have not. */
  keyPath: z.string(),
});
export type EmrPrimaryNode = Readonly<z.infer<typeof EmrPrimaryNode>>;

/** How to reach it: schema messages are text keys below `validation.`, as those of a machine are. */
export const EmrNodeWay = z.strictObject({
  host: MachineDraft.shape.route.shape.host,
  port: MachineDraft.shape.route.shape.port,
  user: MachineDraft.shape.route.shape.user,
  keyPath: z.string().trim().min(1, 'key-path-empty').max(4096, 'key-path-empty'),
  /** A saved machine to go through; null: straight. */
  jumpId: MachineId.nullable(),
});
export type EmrNodeWay = Readonly<z.infer<typeof EmrNodeWay>>;

/** The pages that AWS keeps of a cluster that has ended. */
export const persistentUis = ['spark', 'yarn', 'tez'] as const;
export const PersistentUi = z.enum(persistentUis);
export type PersistentUi = z.infer<typeof PersistentUi>;
