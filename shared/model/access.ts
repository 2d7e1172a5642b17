import { z } from 'zod';
import { ErrorReport } from '../errors/app-error';
import { MachineId } from './machine';

/** A line of the machine's `authorized_keys`; what it is not about is left out. */
export const AuthorizedEntry = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('key'),
    /** Of exactly this line: it changes with any of its bytes. */
    id: z.string(),
    /** The key's comment, by which people tell whose it is; may be empty. */
    name: z.string(),
    keyType: z.string(),
    /** Null: a type without sizes. */
    bits: z.number().int().nullable(),
    fingerprint: z.string(),
    /** As in the file, e.g. `from="10.*"`; empty: nothing is restricted. */
    options: z.string(),
    /** Nuvem signs in with it, or may: an agent offers all of its keys. */
    isInUse: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('notUnderstood'), id: z.string(), text: z.string() }),
]);
export type AuthorizedEntry = Readonly<z.infer<typeof AuthorizedEntry>>;
export type AuthorizedKeyEntry = Extract<AuthorizedEntry, { kind: 'key' }>;

/** Why sshd does not read the file, or not only this file. */
export const AccessWarning = z.discriminatedUnion('kind', [
  /** Others may write to it (`permissions`, as `ls` shows them), so that sshd ignores the file. */
  z.strictObject({ kind: z.literal('openToOthers'), path: z.string(), permissions: z.string() }),
  /** It belongs to somebody else. */
  z.strictObject({ kind: z.literal('foreignOwner'), path: z.string() }),
  /** The server takes keys from other files than this one. */
  z.strictObject({ kind: z.literal('keysElsewhere'), files: z.string() }),
  /** The server takes no keys at all. */
  z.strictObject({ kind: z.literal('keysOff') }),
]);
export type AccessWarning = Readonly<z.infer<typeof AccessWarning>>;

/** Who can log in to a machine as its user. */
export const AccessList = z.strictObject({
  machineId: MachineId,
  /** Of the file, on the machine. */
  path: z.string(),
  entries: z.array(AuthorizedEntry).readonly(),
  warnings: z.array(AccessWarning).readonly(),
});
export type AccessList = Readonly<z.infer<typeof AccessList>>;

/** A public key that somebody sent, before it is added. */
export const OfferedKey = z.strictObject({
  keyType: z.string(),
  bits: z.number().int().nullable(),
  fingerprint: z.string(),
  name: z.string(),
  options: z.string(),
});
export type OfferedKey = Readonly<z.infer<typeof OfferedKey>>;

export const OfferedText = z.string().max(64 * 1024);

/** Messages are text keys below `access.problem.`. */
export const OfferedName = z
  .string()
  .trim()
  .max(200, 'name-not-one-line')
  .regex(/^\P{Cc}*$/u, 'name-not-one-line');

/** Why a login with the installed key was not proven. */
export const ProofFailure = z.discriminatedUnion('kind', [
  /** The server refused the key, most likely because of these; they may be empty. */
  z.strictObject({ kind: z.literal('refused'), because: z.array(AccessWarning).readonly() }),
  /** No attempt came as far as that. */
  z.strictObject({ kind: z.literal('notTried'), error: ErrorReport }),
]);
export type ProofFailure = Readonly<z.infer<typeof ProofFailure>>;

/** What became of a key that was to be installed. */
export const InstallReport = z.strictObject({
  /** The key's line, when it was added now; null when it was there already. */
  addedEntryId: z.string().nullable(),
  /** From which the right to write was taken from others. */
  mended: z.array(z.strictObject({ path: z.string(), permissions: z.string() })).readonly(),
  proof: z.discriminatedUnion('kind', [
    /** `alsoWanted`: what the server asks for besides the key, e.g. `keyboard-interactive`; empty: nothing. */
    z.strictObject({ kind: z.literal('proven'), alsoWanted: z.string() }),
    z.strictObject({ kind: z.literal('failed'), failure: ProofFailure }),
  ]),
});
export type InstallReport = Readonly<z.infer<typeof InstallReport>>;
