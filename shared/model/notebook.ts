import { z } from 'zod';
import { ErrorReport } from '../errors/app-error';
import { MachineId } from './machine';

export const ServerId = z.string().min(1).max(200).brand<'ServerId'>();
export type ServerId = z.infer<typeof ServerId>;

/** Whether what kernels say while the connection is away is kept on the machine. */
export const OutputKeeping = z.discriminatedUnion('kind', [
  /** It was not opened in this run. */
  z.strictObject({ kind: z.literal('unknown') }),
  /** `isRestored`: what was kept is put into the cells of a page that opens later, after Nuvem has ended, say. */
  z.strictObject({ kind: z.literal('kept'), isRestored: z.boolean() }),
  z.strictObject({
    kind: z.literal('cannot'),
    /** No Python 3.7; no room for our files; it did not start or can't be reached. */
    why: z.enum(['python', 'space', 'start']),
  }),
]);
export type OutputKeeping = Readonly<z.infer<typeof OutputKeeping>>;

/**
 * What keeps a server alive without the connection; `service` and `systemService`: a unit of the user's or the
 * machine's systemd, which starts it again; `user`: what the user started it by.
 */
export const detachedWays = [
  'systemd',
  'service',
  'systemService',
  'tmux',
  'setsid',
  'docker',
  'podman',
  'slurm',
  'user',
] as const;

export const reasonsAgainstSystemd = [
  'no-systemd',
  'no-user-manager',
  'lingering-off',
  'systemd-refused',
] as const;

/** A Jupyter server that runs on a machine, as the user sees it. Its token never leaves the main process. */
export const NotebookServer = z.strictObject({
  id: ServerId,
  /** Started by Nuvem, or found: started by the user by other means. */
  origin: z.enum(['nuvem', 'found']),
  /** `notebook` is Notebook 7, `classic` what came before it. */
  interface: z.enum(['lab', 'notebook', 'classic']),
  /** Version of the server package, e.g. `2.14.1`. Empty when the server does not tell. */
  version: z.string(),
  /** Absolute root folder on the machine. */
  folder: z.string(),
  /** `port 8888` or the socket's path: for showing only. */
  address: z.string(),
  /** What keeps it alive without the connection. */
  detachedBy: z.enum(detachedWays),
  /** Why systemd, which keeps servers best, does not keep this one; absent: it does, or it was not Nuvem's choice. */
  whyNotSystemd: z.enum(reasonsAgainstSystemd).exactOptional(),
  /** Of the container that it runs in; absent: it runs on the machine itself. */
  image: z.string().exactOptional(),
  /** The job of Slurm that it runs in, on another computer; absent: it runs in none of Nuvem's. */
  job: z.strictObject({ number: z.string(), node: z.string() }).exactOptional(),
  startedAtMs: z.number().nullable(),
  /** False: nothing is known yet that lets one in; the user may know it. */
  canOpen: z.boolean(),
  /** What it asks for; absent: it can be opened. */
  asks: z
    .strictObject({
      what: z.enum(['password', 'tokenOrPassword']),
      /** Its process is known to be the user's own, so that what it is told may be remembered. */
      canBeRemembered: z.boolean(),
    })
    .exactOptional(),
  keeping: OutputKeeping,
});
export type NotebookServer = Readonly<z.infer<typeof NotebookServer>>;

/** A unit of systemd that Nuvem made runs it, and starts it again when it breaks down. */
export const isService = ({ detachedBy }: Pick<NotebookServer, 'detachedBy'>): boolean =>
  detachedBy === 'service' || detachedBy === 'systemService';

export const notebookSteps = [
  'connecting',
  'finding',
  'preparing',
  'launching',
  'waiting',
  'opening',
] as const;

export const NotebookActivity = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('idle') }),
  z.strictObject({ kind: z.literal('looking') }),
  z.strictObject({ kind: z.literal('starting'), step: z.enum(notebookSteps) }),
  /** A container's image comes to the machine; `layers` is null where the engine does not tell. */
  z.strictObject({
    kind: z.literal('fetchingImage'),
    image: z.string(),
    layers: z.number().int().nullable(),
    layersArrived: z.number().int(),
  }),
  z.strictObject({ kind: z.literal('stopping'), serverId: ServerId }),
  z.strictObject({ kind: z.literal('failed'), error: ErrorReport }),
]);
export type NotebookActivity = Readonly<z.infer<typeof NotebookActivity>>;

export const NotebookSnapshot = z.strictObject({
  machineId: MachineId,
  revision: z.number().int(),
  activity: NotebookActivity,
  /** Null: never looked in this run. */
  servers: z.array(NotebookServer).readonly().nullable(),
  /** Where Nuvem started servers before, the last one first; absent: none, or never looked in this run. */
  recentFolders: z.array(z.string()).readonly().exactOptional(),
});
export type NotebookSnapshot = Readonly<z.infer<typeof NotebookSnapshot>>;

export const isBusy = (activity: NotebookActivity): boolean =>
  activity.kind !== 'idle' && activity.kind !== 'failed';
