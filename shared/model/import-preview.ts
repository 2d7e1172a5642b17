import { z } from 'zod';
import { ErrorReport } from '../errors/app-error';
import { ImportChoice, ImportPlan, importSourceKinds } from './import-plan';
import { MachineId } from './machine';

/** No list of machines that people keep comes near it. */
export const mostImportMegabytes = 16;

/** A place of this computer that machines can be imported from. */
export const ImportPlace = z.strictObject({ kind: z.enum(importSourceKinds), location: z.string() });
export type ImportPlace = Readonly<z.infer<typeof ImportPlace>>;

export const PreviewId = z.uuid().brand<'PreviewId'>();
export type PreviewId = z.infer<typeof PreviewId>;

/** What the user is shown before they import; only the newest one can be. */
export const ImportPreview = z.strictObject({ id: PreviewId, plan: ImportPlan });
export type ImportPreview = Readonly<z.infer<typeof ImportPreview>>;

/** What became of a file that was opened from outside: what it would bring in, or why it can't be read. */
export const OfferedImport = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('preview'), preview: ImportPreview }),
  z.strictObject({ kind: z.literal('failed'), error: ErrorReport }),
]);
export type OfferedImport = Readonly<z.infer<typeof OfferedImport>>;

export const ImportRequest = z.strictObject({
  previewId: PreviewId,
  choices: z.array(ImportChoice).min(1).readonly(),
  /** The user wants the host keys of the plan to be trusted. */
  trustsHostKeys: z.boolean(),
  /** The user wants the default settings of the plan in the place of theirs. */
  takesDefaults: z.boolean(),
});
export type ImportRequest = Readonly<z.infer<typeof ImportRequest>>;

export const ImportResult = z.strictObject({
  /** For undoing it, until the app quits. */
  previewId: PreviewId,
  addedIds: z.array(MachineId).readonly(),
  replacedIds: z.array(MachineId).readonly(),
  trustedHostKeys: z.number().int(),
  /** `host:port` of those whose host is known by another key, or whose key is revoked. */
  refusedHostKeys: z.array(z.string()).readonly(),
});
export type ImportResult = Readonly<z.infer<typeof ImportResult>>;
