import { z } from 'zod';
import { ErrorReport } from '../errors/app-error';
import { AwsAccountId } from './aws-account';
import { EmrClusterId } from './emr-cluster';

/** More are not listed: nobody would go through them, and each is looked at again after it was copied. */
export const mostNodeFiles = 2000;

/** A file on the disk of a cluster's primary node, which ends with the cluster. */
export const NodeFile = z.strictObject({
  /** Absolute, on the node. */
  path: z.string(),
  sizeBytes: z.number(),
  modifiedAtMs: z.number(),
});
export type NodeFile = Readonly<z.infer<typeof NodeFile>>;

/** Of Jupyter, or of Zeppelin, whose older versions keep each in a folder as `note.json`. */
export const isNotebookPath = (path: string): boolean => /\.(ipynb|zpln)$|\/note\.json$/.test(path);

/** `notRead`: it may not be read, or is gone; `changed`: it was written to each time that it was copied. */
export const NotCopied = z.strictObject({ path: z.string(), reason: z.enum(['notRead', 'changed']) });
export type NotCopied = Readonly<z.infer<typeof NotCopied>>;

/** What was found, and how much of it is safe. */
const found = z.strictObject({
  kind: z.literal('found'),
  /** Notebooks first, then newest first. */
  files: z.array(NodeFile).readonly(),
  /** Files and folders that the login user may not read. */
  unread: z.array(z.string()).readonly(),
  /** There are more than are listed. */
  isCut: z.boolean(),
  /** On this computer; null: nothing was copied yet. */
  folder: z.string().nullable(),
  /** Paths of those that are whole in `folder`. */
  copied: z.array(z.string()).readonly(),
  /** Of the last try. */
  missing: z.array(NotCopied).readonly(),
});
export type FoundNodeFiles = Readonly<z.infer<typeof found>>;

export const NodeFilesState = z.discriminatedUnion('kind', [
  /** Nobody has asked. */
  z.strictObject({ kind: z.literal('idle') }),
  /** Connecting, and looking at the disk. */
  z.strictObject({ kind: z.literal('looking') }),
  z.strictObject({ kind: z.literal('failed'), error: ErrorReport }),
  found,
  z.strictObject({
    kind: z.literal('copying'),
    folder: z.string(),
    doneFiles: z.number().int(),
    allFiles: z.number().int(),
    doneBytes: z.number(),
    allBytes: z.number(),
  }),
]);
export type NodeFilesState = Readonly<z.infer<typeof NodeFilesState>>;

/** The files on the primary node of the cluster that somebody is about to terminate. */
export const NodeFilesSnapshot = z.strictObject({
  revision: z.number().int(),
  /** Null: none. */
  of: z.strictObject({ accountId: AwsAccountId, clusterId: EmrClusterId }).nullable(),
  state: NodeFilesState,
});
export type NodeFilesSnapshot = Readonly<z.infer<typeof NodeFilesSnapshot>>;

export const noNodeFiles: NodeFilesSnapshot = { revision: -1, of: null, state: { kind: 'idle' } };

/** `copied`: every file that was asked for is safe; `cancelled`: the user chose no folder. */
export const NodeCopyOutcome = z.enum(['copied', 'incomplete', 'cancelled']);
export type NodeCopyOutcome = z.infer<typeof NodeCopyOutcome>;
