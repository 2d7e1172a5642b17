import { type KeyLike, sign } from 'node:crypto';
import { wireInteger, wireString } from './ssh-wire';

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
