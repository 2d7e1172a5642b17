import { z } from 'zod';
import { MachineId } from './machine';

/** Stands for the text of a line: lines that are the same are one. */
export const TrustedHostId = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'TrustedHostId'>();
export type TrustedHostId = z.infer<typeof TrustedHostId>;

/** A line of the user's known_hosts file. */
export const TrustedHost = z.strictObject({
  id: TrustedHostId,
  /** Names and patterns as they stand there; empty when they are hashed. */
  names: z.array(z.string()).readonly(),
  /** `revoked` keys are never accepted; a `cert-authority` vouches for the keys of hosts. */
  marker: z.enum(['none', 'revoked', 'cert-authority']),
  /** SSH name of the type, e.g. `ssh-ed25519`. */
  keyType: z.string(),
  /** `SHA256:...` as OpenSSH prints it. */
  fingerprint: z.string(),
  comment: z.string(),
  /** The saved machines that this line is about. */
  machineIds: z.array(MachineId).readonly(),
  /** When a machine first signed in to has shown this key; null when none has. */
  firstSeenMs: z.int().nonnegative().nullable(),
});
export type TrustedHost = Readonly<z.infer<typeof TrustedHost>>;

export const TrustedHostList = z.strictObject({
  /** The known_hosts file. */
  path: z.string(),
  hosts: z.array(TrustedHost).readonly(),
});
export type TrustedHostList = Readonly<z.infer<typeof TrustedHostList>>;

/** Revocations and certificate authorities are policy: they are shown, but not removed here. */
export const canForgetHost = ({ marker }: TrustedHost): boolean => marker === 'none';
