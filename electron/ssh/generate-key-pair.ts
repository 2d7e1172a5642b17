import ssh2 from 'ssh2';
import type { SshKeyKind } from '../../shared/model/ssh-key';
import type { KeyPairFiles } from '../keys/key-folder';

const settings = {
  ed25519: ['ed25519', undefined],
  'rsa-3072': ['rsa', 3072],
  'rsa-4096': ['rsa', 4096],
  'ecdsa-256': ['ecdsa', 256],
  'ecdsa-384': ['ecdsa', 384],
  'ecdsa-521': ['ecdsa', 521],
} as const;

/** As `ssh-keygen` does by default. */
const cipher = 'aes256-ctr';
const rounds = 16;

/** A fresh key pair in OpenSSH's format; an empty passphrase means none. */
export function generateKeyPair(
  kind: SshKeyKind,
  comment: string,
  passphrase: string,
): Promise<KeyPairFiles> {
  const [type, bits] = settings[kind];
  const options = {
    comment,
    ...(bits === undefined ? {} : { bits }),
    ...(passphrase === '' ? {} : { passphrase, cipher, rounds }),
  };
  return new Promise((resolve, reject) => {
    ssh2.utils.generateKeyPair(type as 'rsa', options as { bits: number }, (error, pair) => {
      if (error) reject(error);
      else resolve({ privateKey: pair.private, publicKey: pair.public });
    });
  });
}
