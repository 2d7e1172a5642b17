import { blobTypeOf, type Certificate, readCertificate } from '../trust/certificate';
import { fingerprintOf } from '../trust/public-key';

/** A key pair or certificate that can sign in, wherever its secret is kept. */
export interface SigningKey {
  /** SSH name of the type, e.g. `ssh-ed25519` or `ssh-ed25519-cert-v01@openssh.com`. */
  readonly keyType: string;
  /** `SHA256:...` of the plain public key. */
  readonly fingerprint: string;
  /** What servers are shown: a public key or a certificate. */
  readonly publicKey: Buffer;
  readonly certificate: Certificate | null;
  /**
   * A signature of `data` as it goes over the wire, its algorithm included. May wait for the user.
   * @throws when the key's keeper refuses
   */
  sign(data: Buffer, algorithm: string): Promise<Buffer>;
}

/** What the public half or the certificate of a key tells. */
export function describeSigningKey(publicKey: Buffer) {
  const certificate = readCertificate(publicKey);
  const fingerprint = fingerprintOf(certificate?.publicKey ?? publicKey);
  return { keyType: blobTypeOf(publicKey), fingerprint, publicKey, certificate };
}
