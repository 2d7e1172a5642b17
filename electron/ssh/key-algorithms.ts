import { isCertificateType, plainTypeOf } from '../trust/certificate';
import type { KeyAlgorithm } from './user-auth';

/**
 * The ways to sign in by a key of a type, best first; empty when there is none that both sides know. An RSA key
 * signs with SHA-2 (RFC 8332), and with SHA-1 only if `allowsOld`. `serverAlgorithms`: see `UserAuth`.
 */
export function keyAlgorithms(
  keyType: string,
  serverAlgorithms: readonly string[] | null,
  allowsOld: boolean,
): readonly KeyAlgorithm[] {
  const plainType = plainTypeOf(keyType);
  if (plainType !== 'ssh-rsa') return [{ name: keyType, signature: plainType }];
  // A server that does not say what it takes is an old one: OpenSSH before 7.2, or a small one.
  const known = serverAlgorithms ?? ['rsa-sha2-256', 'ssh-rsa'];
  const signatures = ['rsa-sha2-512', 'rsa-sha2-256', ...(allowsOld ? ['ssh-rsa'] : [])];
  return signatures
    .filter((signature) => known.includes(signature))
    .map((signature) => ({
      name: isCertificateType(keyType) ? `${signature}-cert-v01@openssh.com` : signature,
      signature,
    }));
}
