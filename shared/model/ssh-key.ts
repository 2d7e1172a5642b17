import { z } from 'zod';
import { MachineId } from './machine';

/** Whose way of writing a key file is: PEM stands for PKCS #1, SEC 1 and PKCS #8 too. */
const KeyContainer = z.enum(['openSsh', 'pem', 'putty']);
export type KeyContainer = z.infer<typeof KeyContainer>;

/** What of a key everybody may know. */
const PublicHalf = z
  .strictObject({
    /** SSH name of the type, e.g. `ssh-ed25519`. */
    keyType: z.string(),
    /** Null: a type without sizes. */
    bits: z.number().int().nullable(),
    /** `SHA256:...` as OpenSSH prints it. */
    fingerprint: z.string(),
    /** As in `authorized_keys`, with the comment. */
    line: z.string(),
  })
  .readonly();

/** A private key file in the user's `~/.ssh`, or elsewhere if a machine signs in with it. */
export const SshKey = z.strictObject({
  /** Unique in the list: the file name in `~/.ssh`, an absolute path elsewhere. */
  name: z.string(),
  /** Absolute. */
  path: z.string(),
  container: KeyContainer,
  /** `unsupported` and `damaged` ones can't sign in from Nuvem. */
  state: z.enum(['usable', 'unsupported', 'damaged']),
  isEncrypted: z.boolean(),
  /** Null: it can't be told without the passphrase. */
  publicHalf: PublicHalf.nullable(),
  comment: z.string(),
  /** Others may read or change it: OpenSSH then refuses to use it. */
  isOpenToOthers: z.boolean(),
  /** The saved machines that sign in with its file, or by an agent that is to offer it alone. */
  machineIds: z.array(MachineId).readonly(),
});
export type SshKey = Readonly<z.infer<typeof SshKey>>;

export const SshKeyList = z.strictObject({
  folder: z.string(),
  keys: z.array(SshKey).readonly(),
});
export type SshKeyList = Readonly<z.infer<typeof SshKeyList>>;

export const sshKeyKinds = [
  'ed25519',
  'rsa-3072',
  'rsa-4096',
  'ecdsa-256',
  'ecdsa-384',
  'ecdsa-521',
] as const;
export type SshKeyKind = (typeof sshKeyKinds)[number];

/** Of a key file to be written. Messages are text keys below `keys.problem.`. */
export const NewKeyName = z
  .string()
  .trim()
  .min(1, 'key-name-empty')
  .max(100, 'key-name-characters')
  .regex(/^[A-Za-z0-9_][\w.@+-]*$/, 'key-name-characters')
  .refine((name) => !/\.pub$|\.$/i.test(name), 'key-name-characters');

/** Empty: none. */
const Passphrase = z.string().max(1024);

/** A key to be made. */
export const NewSshKey = z.strictObject({
  kind: z.enum(sshKeyKinds),
  name: NewKeyName,
  comment: z
    .string()
    .trim()
    .max(200, 'comment-not-one-line')
    .regex(/^[^\r\n\0]*$/, 'comment-not-one-line'),
  passphrase: Passphrase,
});
export type NewSshKey = Readonly<z.infer<typeof NewSshKey>>;

/** Another passphrase for a listed key, which becomes an OpenSSH one if it was PEM. */
export const PassphraseChange = z.strictObject({
  name: z.string(),
  oldPassphrase: Passphrase,
  newPassphrase: Passphrase,
});
export type PassphraseChange = Readonly<z.infer<typeof PassphraseChange>>;

/** A private key file that the user has chosen to import. */
export const ForeignKey = z.strictObject({
  path: z.string(),
  container: KeyContainer,
  isEncrypted: z.boolean(),
  /** Null: it can't be told without the passphrase. */
  publicHalf: PublicHalf.nullable(),
  comment: z.string(),
});
export type ForeignKey = Readonly<z.infer<typeof ForeignKey>>;

/** The file at `path`, written as an OpenSSH key of this name in `~/.ssh`. */
export const KeyImport = z.strictObject({
  path: z.string().min(1).max(4096),
  name: NewKeyName,
  /** Opens the file. */
  passphrase: Passphrase,
  /** Of the new file. */
  newPassphrase: Passphrase,
});
export type KeyImport = Readonly<z.infer<typeof KeyImport>>;
