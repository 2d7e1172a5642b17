import { z } from 'zod';
import { MachineId } from './machine';

/** A private key file in the user's `~/.ssh`. */
export const SshKey = z.strictObject({
  /** File name, unique in the list. */
  name: z.string(),
  /** Absolute. */
  path: z.string(),
  /** `unsupported` and `damaged` ones can't sign in from Nuvem. */
  state: z.enum(['usable', 'unsupported', 'damaged']),
  isEncrypted: z.boolean(),
  /** Null: it can't be told without the passphrase. */
  publicHalf: z
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
    .nullable(),
  comment: z.string(),
  /** Others may read or change it: OpenSSH then refuses to use it. */
  isOpenToOthers: z.boolean(),
  /** The saved machines that sign in with it. */
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

/** A key to be made. Messages are text keys below `keys.problem.`. */
export const NewSshKey = z.strictObject({
  kind: z.enum(sshKeyKinds),
  name: z
    .string()
    .trim()
    .min(1, 'key-name-empty')
    .max(100, 'key-name-characters')
    .regex(/^[A-Za-z0-9_][\w.@+-]*$/, 'key-name-characters')
    .refine((name) => !/\.pub$|\.$/i.test(name), 'key-name-characters'),
  comment: z
    .string()
    .trim()
    .max(200, 'comment-not-one-line')
    .regex(/^[^\r\n\0]*$/, 'comment-not-one-line'),
  /** Empty: none. */
  passphrase: z.string().max(1024),
});
export type NewSshKey = Readonly<z.infer<typeof NewSshKey>>;
