import ssh2 from 'ssh2';
import { AppError } from '../../shared/errors/app-error';

export interface Ed25519KeyPair {
  /** OpenSSH private key file, without passphrase. */
  readonly privateKey: string;
  /** One line as in `authorized_keys`. */
  readonly publicKey: string;
}

/** A fresh ed25519 key pair (RFC 8709). `comment` ends up in both files. */
export function generateEd25519KeyPair(comment: string): Ed25519KeyPair {
  const pair = ssh2.utils.generateKeyPairSync('ed25519', { comment });
  return { privateKey: pair.private, publicKey: pair.public };
}

/** The key's public part as it travels in SSH (RFC 4253, 6.6). @throws AppError `key-file-unsupported` */
export function publicKeyBlob(key: string): Buffer {
  const parsed = ssh2.utils.parseKey(key);
  if (parsed instanceof Error) throw new AppError('key-file-unsupported', {}, { cause: parsed });
  return parsed.getPublicSSH();
}
