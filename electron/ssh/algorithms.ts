import { getCiphers } from 'node:crypto';
import type { Algorithms, CipherAlgorithm, ServerHostKeyAlgorithm } from 'ssh2';
import { oldAlgorithms } from '../../shared/model/old-algorithms';
import { usableKeyTypes } from '../trust/public-key';

const ciphers: readonly { readonly ssh: CipherAlgorithm; readonly openssl: string }[] = [
  { ssh: 'aes128-gcm@openssh.com', openssl: 'aes-128-gcm' },
  { ssh: 'aes256-gcm@openssh.com', openssl: 'aes-256-gcm' },
  { ssh: 'aes128-ctr', openssl: 'aes-128-ctr' },
  { ssh: 'aes192-ctr', openssl: 'aes-192-ctr' },
  { ssh: 'aes256-ctr', openssl: 'aes-256-ctr' },
  { ssh: 'chacha20-poly1305@openssh.com', openssl: 'chacha20' },
];
const oldCiphers: typeof ciphers = [
  { ssh: 'aes256-cbc', openssl: 'aes-256-cbc' },
  { ssh: 'aes192-cbc', openssl: 'aes-192-cbc' },
  { ssh: 'aes128-cbc', openssl: 'aes-128-cbc' },
  { ssh: '3des-cbc', openssl: 'des-ede3-cbc' },
];

/**
 * What Nuvem offers, best first: no SHA-1, no CBC, no compression; AES-GCM before all, because it is the fastest
 * here; the classic Diffie-Hellman groups last, because each blocks Electron's main process for 0.5 to 4 s. ssh2
 * refuses names that this runtime's crypto lacks (Electron's has no ChaCha20), so they are left out. Host key types
 * by which the machine is known come first: else a known machine could look unknown. `allowsOld` adds
 * `oldAlgorithms`, after all others.
 */
export function algorithmsFor(
  knownKeyTypes: readonly string[],
  allowsOld: boolean,
): Readonly<Required<{ [Kind in keyof Algorithms]: Extract<Algorithms[Kind], readonly unknown[]> }>> {
  const old = allowsOld ? oldAlgorithms : null;
  const available = new Set(getCiphers());
  const isKnown = (keyType: string) => knownKeyTypes.includes(keyType);
  const keyTypes = [...usableKeyTypes.filter(isKnown), ...usableKeyTypes.filter((type) => !isKnown(type))];
  return {
    kex: [
      'curve25519-sha256',
      'curve25519-sha256@libssh.org',
      'ecdh-sha2-nistp256',
      'ecdh-sha2-nistp384',
      'ecdh-sha2-nistp521',
      'diffie-hellman-group14-sha256',
      'diffie-hellman-group-exchange-sha256',
      'diffie-hellman-group16-sha512',
      ...(old?.kex ?? []),
    ],
    serverHostKey: keyTypes.flatMap((keyType) => hostKeyAlgorithms(keyType, allowsOld)),
    cipher: [...ciphers, ...(old === null ? [] : oldCiphers)]
      .filter(({ openssl }) => available.has(openssl))
      .map(({ ssh }) => ssh),
    hmac: [
      'hmac-sha2-256-etm@openssh.com',
      'hmac-sha2-512-etm@openssh.com',
      'hmac-sha2-256',
      'hmac-sha2-512',
      ...(old?.mac ?? []),
    ],
    compress: ['none'],
  };
}

/** An RSA key signs with SHA-2 (RFC 8332), or with SHA-1 where that is allowed. */
function hostKeyAlgorithms(
  keyType: (typeof usableKeyTypes)[number],
  allowsOld: boolean,
): ServerHostKeyAlgorithm[] {
  if (keyType !== 'ssh-rsa') return [keyType];
  return ['rsa-sha2-512', 'rsa-sha2-256', ...(allowsOld ? oldAlgorithms.signature : [])];
}
