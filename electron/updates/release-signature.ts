import { createPublicKey, sign, verify } from 'node:crypto';

/** A file that a feed offers as a new version, as far as its signature covers it. */
export interface OfferedFile {
  readonly version: string;
  /** SHA-512 of the file's bytes, in base64: what is downloaded is checked against it. */
  readonly sha512: string;
}

/** What is signed: whoever has the signature of one file can't make another, or an older one, pass for it. */
const signedBytes = ({ version, sha512 }: OfferedFile): Buffer =>
  Buffer.from(`nuvem AppImage\n${version}\n${sha512}\n`);

/** The Ed25519 signature (RFC 8032) of a file, in base64. `privateKey`: PKCS #8 in PEM. */
export function signRelease(file: OfferedFile, privateKey: string): string {
  return sign(null, signedBytes(file), privateKey).toString('base64');
}

/** Whether the file was signed by the holder of this public key (SPKI in DER, in base64). */
export function isSignedRelease(file: OfferedFile, signature: unknown, publicKey: string): boolean {
  if (typeof signature !== 'string') return false;
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  return verify(null, signedBytes(file), key, Buffer.from(signature, 'base64'));
}

/** The public half of a private key, as packages carry it. @throws when it is no key, or not Ed25519 */
export function releaseKeyOf(privateKey: string): string {
  const key = createPublicKey(privateKey);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('The key that signs releases is not Ed25519');
  return key.export({ format: 'der', type: 'spki' }).toString('base64');
}
