import { z } from 'zod';
import { MachineId } from './machine';

/** What a connection log can say; the texts are `log.<code>` in both catalogues. */
export const logCodes = [
  'connect-started',
  'name-resolved',
  'tcp-connected',
  'server-version',
  'algorithms-agreed',
  'host-key-trusted',
  'host-key-unknown',
  'host-key-accepted',
  'host-key-rejected',
  'host-key-changed',
  'host-key-revoked',
  'host-key-saved',
  'host-key-not-saved',
  'auth-methods-offered',
  'auth-trying',
  'auth-refused',
  'auth-partial',
  'auth-succeeded',
  'prompt-asked',
  'prompt-cancelled',
  'secret-from-vault',
  'secret-remembered',
  'server-banner',
  'ready',
  'keepalive-missed',
  'lost',
  'retry-scheduled',
  'retry-now',
  'retries-given-up',
  'resumed-from-sleep',
  'failed',
  'disconnecting',
  'disconnected',
  'notebook-searching',
  'notebook-found',
  'notebook-none-found',
  'notebook-starting',
  'notebook-started',
  'notebook-stopped',
  'notebook-failed',
  'gateway-opened',
] as const;

export const LogEntry = z.strictObject({
  /** Grows by one with each entry of a machine's log. */
  sequence: z.number().int(),
  atMs: z.number(),
  level: z.enum(['info', 'warning', 'error']),
  code: z.enum(logCodes),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type LogEntry = Readonly<z.infer<typeof LogEntry>>;
export type LogCode = LogEntry['code'];

export const LogBatch = z.strictObject({ machineId: MachineId, entries: z.array(LogEntry).readonly() });
export type LogBatch = Readonly<z.infer<typeof LogBatch>>;
