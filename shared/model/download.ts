import { z } from 'zod';
import { ErrorReport } from '../errors/app-error';
import { MachineId } from './machine';

export const DownloadId = z.uuid().brand<'DownloadId'>();
export type DownloadId = z.infer<typeof DownloadId>;

export const DownloadState = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('running'), bytesPerSecond: z.number() }),
  z.strictObject({ kind: z.literal('paused') }),
  /** Cut off with the connection; it goes on by itself once that is back. */
  z.strictObject({ kind: z.literal('waiting') }),
  z.strictObject({ kind: z.literal('finished') }),
  z.strictObject({ kind: z.literal('failed'), error: ErrorReport, canRetry: z.boolean() }),
]);
export type DownloadState = Readonly<z.infer<typeof DownloadState>>;

/** A file that comes, or came, from a page of a machine to this computer. */
export const Download = z.strictObject({
  id: DownloadId,
  machineId: MachineId,
  name: z.string(),
  /** Where it goes on this computer. */
  path: z.string(),
  receivedBytes: z.number(),
  /** Null: the server does not say. */
  totalBytes: z.number().nullable(),
  /** The server lets a download that was cut off go on from there; if not, it begins again. */
  canContinue: z.boolean(),
  state: DownloadState,
});
export type Download = Readonly<z.infer<typeof Download>>;

export const DownloadList = z.strictObject({
  revision: z.number().int(),
  /** The newest first. */
  downloads: z.array(Download).readonly(),
});
export type DownloadList = Readonly<z.infer<typeof DownloadList>>;

/** There is more to come: ending the app would lose it. */
export const isUnderway = ({ state }: Pick<Download, 'state'>): boolean =>
  state.kind === 'running' || state.kind === 'paused' || state.kind === 'waiting';
