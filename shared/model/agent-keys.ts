import { z } from 'zod';

/** The keys that an SSH agent holds now. */
export const AgentKeyList = z.strictObject({
  /** Where it was found. */
  socketPath: z.string(),
  keys: z
    .array(
      z.strictObject({
        /** `<type> <base64>`, as `pinnedKey` of an identity holds it. */
        line: z.string(),
        /** SSH name of the type, e.g. `ssh-ed25519` or `ssh-ed25519-cert-v01@openssh.com`. */
        keyType: z.string(),
        /** `SHA256:...` as OpenSSH prints it. */
        fingerprint: z.string(),
        comment: z.string(),
      }),
    )
    .readonly(),
});
export type AgentKeyList = Readonly<z.infer<typeof AgentKeyList>>;
