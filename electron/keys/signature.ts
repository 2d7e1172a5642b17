import { type KeyLike, sign, verify } from 'node:crypto';
import { readWireStrings, wireInteger, wireString } from './ssh-wire';

/** Digest of each SSH signature algorithm (RFC 5656, 8332, 8709); Ed25519 has its own. */
const digests: Readonly<Record<string, string | null>> = {
  'ssh-ed25519': null,
  'ecdsa-sha2-nistp256': 'sha256',
  'ecdsa-sha2-nistp384': 'sha384',
  'ecdsa-sha2-nistp521': 'sha512',
  'rsa-sha2-256': 'sha256',
  'rsa-sha2-512': 'sha512',
  'ssh-rsa': 'sha1',
};

/** A signature of `data` as it goes over the wire. @throws for an algorithm that does not fit the key */
export function signatureOf(data: Buffer, algorithm: string, privateKey: KeyLike): Buffer {
  const digest = digests[algorithm];
  if (digest === undefined) throw new Error(`No signature algorithm: ${algorithm}`);
  if (!algorithm.startsWith('ecdsa-'))
    return Buffer.concat([wireString(algorithm), wireString(sign(digest, data, privateKey))]);
  const pair = sign(digest, data, { key: privateKey as string, dsaEncoding: 'ieee-p1363' });
  const [r, s] = [pair.subarray(0, pair.length / 2), pair.subarray(pair.length / 2)];
  const numbers = Buffer.concat([wireInteger(r), wireInteger(s)]);
  return Buffer.concat([wireString(algorithm), wireString(numbers)]);
}

/** True when `signature`, as it came over the wire, is one of `data` by the key, of one of `algorithms`. */
export function isSignatureOf(
  data: Buffer,
  signature: Buffer,
  publicKey: KeyLike,
  algorithms: readonly string[],
): boolean {
  const [name, value] = readWireStrings(signature, 2)?.fields ?? [];
  const algorithm = name?.toString('latin1') ?? '';
  const digest = digests[algorithm];
  if (value === undefined || digest === undefined || !algorithms.includes(algorithm)) return false;
  if (!algorithm.startsWith('ecdsa-')) return verify(digest, data, publicKey, value);
  const sizeBytes = { nistp256: 32, nistp384: 48, nistp521: 66 }[algorithm.slice('ecdsa-sha2-'.length)] ?? 0;
  const numbers = readWireStrings(value, 2)?.fields.map((number) => fixedSize(number, sizeBytes));
  if (numbers === undefined || numbers.includes(null)) return false;
  const key = { key: publicKey as string, dsaEncoding: 'ieee-p1363' as const };
  return verify(digest, data, key, Buffer.concat(numbers as Buffer[]));
}

/** A number as so many bytes; null when it needs more. */
function fixedSize(mpint: Buffer, sizeBytes: number): Buffer | null {
  const start = mpint.findIndex((byte) => byte !== 0);
  const digits = start < 0 ? Buffer.alloc(0) : mpint.subarray(start);
  return digits.length > sizeBytes ? null : Buffer.concat([Buffer.alloc(sizeBytes - digits.length), digits]);
}
