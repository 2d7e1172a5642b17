import { z } from 'zod';
import { ErrorReport } from '../errors/app-error';
import { Port } from './host-and-port';
import { MachineId } from './machine';
import { TunnelId } from './tunnel';

/** Where a tunnel is. Times are milliseconds since the epoch. */
export const TunnelState = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('off') }),
  /** On; opens as soon as the machine is connected. */
  z.strictObject({ kind: z.literal('standby') }),
  z.strictObject({ kind: z.literal('opening') }),
  z.strictObject({ kind: z.literal('active'), sinceMs: z.number() }),
  /** The connection is on its way. A port on this computer is open meanwhile. */
  z.strictObject({ kind: z.literal('waiting') }),
  z.strictObject({ kind: z.literal('failed'), error: ErrorReport }),
]);
export type TunnelState = Readonly<z.infer<typeof TunnelState>>;

/** What goes through a tunnel; totals are since the app started or the tunnel was changed. */
export const TunnelActivity = z.strictObject({
  openConnections: z.number().int(),
  /** Clients that wait for the connection or for the far end to answer. */
  waitingConnections: z.number().int(),
  /** From this computer to the machine. */
  bytesUp: z.number(),
  bytesDown: z.number(),
  bytesUpPerSecond: z.number(),
  bytesDownPerSecond: z.number(),
  /** Why the last client that failed did; null again once one succeeds. */
  lastError: ErrorReport.nullable(),
});
export type TunnelActivity = Readonly<z.infer<typeof TunnelActivity>>;

export const idleActivity: TunnelActivity = {
  openConnections: 0,
  waitingConnections: 0,
  bytesUp: 0,
  bytesDown: 0,
  bytesUpPerSecond: 0,
  bytesDownPerSecond: 0,
  lastError: null,
};

/** A port on which something listens on the machine. */
export const ListeningPort = z.strictObject({
  port: Port,
  /** Where one has to connect to, on the machine: `127.0.0.1` unless it listens elsewhere only. */
  host: z.string(),
  /** Empty when the machine does not tell. */
  process: z.string(),
});
export type ListeningPort = Readonly<z.infer<typeof ListeningPort>>;

export const TunnelsSnapshot = z.strictObject({
  machineId: MachineId,
  /** Grows with every change of this machine's tunnels. */
  revision: z.number().int(),
  tunnels: z
    .array(z.strictObject({ tunnelId: TunnelId, state: TunnelState, activity: TunnelActivity }))
    .readonly(),
  isLooking: z.boolean(),
  /** What listens on the machine and no tunnel leads to. Null: never looked in this run. */
  ports: z.array(ListeningPort).readonly().nullable(),
});
export type TunnelsSnapshot = Readonly<z.infer<typeof TunnelsSnapshot>>;

/** Sent once a second while something goes through a machine's tunnels, and once when it has ended. */
export const TunnelMeasurement = z.strictObject({
  machineId: MachineId,
  atMs: z.number(),
  tunnels: z.array(z.strictObject({ tunnelId: TunnelId, activity: TunnelActivity })).readonly(),
});
export type TunnelMeasurement = Readonly<z.infer<typeof TunnelMeasurement>>;
