import type { KeyNumbers } from './openssh-private-key';
import type { KeyFault } from './private-key';

/** A whole key pair, opened so that it can be written in another way. */
export interface KeyPair {
  readonly numbers: KeyNumbers;
  /** As it travels in SSH (RFC 4253, 6.6). */
  readonly publicKey: Buffer;
  readonly comment: string;
}

/** Opens a key whose outside `keyFormatOf` calls supported; `passphrase` is null for one without. */
export type ReadKeyPair = (file: Buffer, passphrase: string | null) => Promise<KeyPair | KeyFault>;
