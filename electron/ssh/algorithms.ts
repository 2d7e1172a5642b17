import { getCiphers } from 'node:crypto';
import type { Algorithms, CipherAlgorithm, ServerHostKeyAlgorithm } from 'ssh2';

const ciphers: readonly { readonly ssh: CipherAlgorithm; readonly openssl: string }[] = [
  { ssh: 'aes128-gcm@openssh.com', openssl: 'aes-128-gcm' },
  { ssh: 'aes256-gcm@openssh.com', openssl: 'aes-256-gcm' },
  { ssh: 'aes128-ctr', openssl: 'aes-128-ctr' },
  { ssh: 'aes192-ctr', openssl: 'aes-192-ctr' },
  { ssh: 'aes256-ctr', openssl: 'aes-256-ctr' },
  { ssh: 'chacha20-poly1305@openssh.com', openssl: 'chacha20' },
];

const hostKeys: readonly {
  readonly keyType: string;
  readonly algorithms: readonly ServerHostKeyAlgorithm[];
}[] = [
  { keyType: 'ssh-ed25519', algorithms: ['ssh-ed25519'] },
  { keyType: 'ecdsa-sha2-nistp256', algorithms: ['ecdsa-sha2-nistp256'] },
  { keyType: 'ecdsa-sha2-nistp384', algorithms: ['ecdsa-sha2-nistp384'] },
  { keyType: 'ecdsa-sha2-nistp521', algorithms: ['ecdsa-sha2-nistp521'] },
  { keyType: 'ssh-rsa', algorithms: ['rsa-sha2-512', 'rsa-sha2-256'] },
];

/** Types of the host keys that a server can be verified by. */
export const verifiableKeyTypes: readonly string[] = hostKeys.map(({ keyType }) => keyType);

/**
 * What Nuvem offers, best first: no SHA-1, no CBC, no compression; AES-GCM before all, because it is the fastest
 * here. ssh2 refuses names that this runtime's crypto lacks (Electron's has no ChaCha20), so they are left out.
 * Host key types by which the machine is known come first: else a known machine could look unknown.
 */
export function algorithmsFor(knownKeyTypes: readonly string[]): Required<Algorithms> {
  const available = new Set(getCiphers());
  const isKnown = ({ keyType }: { keyType: string }) => knownKeyTypes.includes(keyType);
  const ordered = [...hostKeys.filter(isKnown), ...hostKeys.filter((hostKey) => !isKnown(hostKey))];
  return {
    kex: [
      'curve25519-sha256',
      'curve25519-sha256@libssh.org',
      'ecdh-sha2-nistp256',
      'ecdh-sha2-nistp384',
      'ecdh-sha2-nistp521',
      'diffie-hellman-group16-sha512',
      'diffie-hellman-group18-sha512',
      'diffie-hellman-group14-sha256',
      'diffie-hellman-group-exchange-sha256',
    ],
    serverHostKey: ordered.flatMap(({ algorithms }) => [...algorithms]),
    cipher: ciphers.filter(({ openssl }) => available.has(openssl)).map(({ ssh }) => ssh),
    hmac: [
      'hmac-sha2-256-etm@openssh.com',
      'hmac-sha2-512-etm@openssh.com',
      'hmac-sha2-256',
      'hmac-sha2-512',
    ],
    compress: ['none'],
  };
}
