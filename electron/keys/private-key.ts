import type { SigningKey } from './signing-key';

/** `unsupported`: nobody can tell before it is opened, e.g. an elliptic curve that SSH does not use. */
export type KeyFault = 'wrongPassphrase' | 'damaged' | 'unsupported';

/** Reads a private key from a file's bytes, or says why it can't. */
export type ParsePrivateKey = (file: Buffer, passphrase: string | null) => Promise<SigningKey | KeyFault>;
