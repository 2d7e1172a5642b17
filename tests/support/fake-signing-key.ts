import type { AgentKey } from '../../electron/keys/agent';

/** A key that nobody asks to sign. */
export const fakeSigningKey = (name: string, part: Partial<AgentKey> = {}): AgentKey => ({
  keyType: 'ssh-ed25519',
  fingerprint: `SHA256:${name}`,
  publicKey: Buffer.from(name),
  certificate: null,
  comment: name,
  sign: () => Promise.reject(new Error(`${name} was asked to sign`)),
  ...part,
});
