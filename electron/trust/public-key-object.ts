import { createPublicKey, type KeyObject } from 'node:crypto';
import { readWireStrings } from '../keys/ssh-wire';
import { blobTypeOf } from './certificate';

const curves: Readonly<Record<string, { readonly name: string; readonly sizeBytes: number }>> = {
  nistp256: { name: 'P-256', sizeBytes: 32 },
  nistp384: { name: 'P-384', sizeBytes: 48 },
  nistp521: { name: 'P-521', sizeBytes: 66 },
};

/** A public key as node's crypto wants it; null when it is malformed or of a type that Nuvem does not use. */
export function publicKeyObject(blob: Buffer): KeyObject | null {
  const type = blobTypeOf(blob);
  const fields = readWireStrings(blob, type === 'ssh-ed25519' ? 2 : 3)?.fields.slice(1);
  const [first, second] = fields ?? [];
  if (first === undefined) return null;
  try {
    if (type === 'ssh-ed25519') return fromJwk({ kty: 'OKP', crv: 'Ed25519', x: encoded(first) });
    if (second === undefined) return null;
    if (type === 'ssh-rsa') return fromJwk({ kty: 'RSA', e: encoded(first), n: encoded(second) });
    const curve = curves[first.toString('latin1')];
    // An uncompressed point: 4, x, y.
    if (curve === undefined || second[0] !== 4 || second.length !== 1 + 2 * curve.sizeBytes) return null;
    const [x, y] = [second.subarray(1, 1 + curve.sizeBytes), second.subarray(1 + curve.sizeBytes)];
    return fromJwk({ kty: 'EC', crv: curve.name, x: encoded(x), y: encoded(y) });
  } catch {
    return null;
  }
}

const encoded = (bytes: Buffer): string => bytes.toString('base64url');
const fromJwk = (key: Readonly<Record<string, string>>): KeyObject => createPublicKey({ key, format: 'jwk' });
