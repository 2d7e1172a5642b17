/** A private key that is ready to sign. Its secret part stays inside the SSH implementation that made it. */
export interface PrivateKey {
  /** SSH name of the type, e.g. `ssh-ed25519`. */
  readonly keyType: string;
  /** `SHA256:...` of its public half. */
  readonly fingerprint: string;
}

/** `unsupported`: nobody can tell before it is opened, e.g. an elliptic curve that SSH does not use. */
export type KeyFault = 'wrongPassphrase' | 'damaged' | 'unsupported';

/** Reads a private key from a file's bytes, or says why it can't. */
export type ParsePrivateKey = (file: Buffer, passphrase: string | null) => Promise<PrivateKey | KeyFault>;
