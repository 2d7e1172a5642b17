import { createHash } from 'node:crypto';

/** SSH names of the types of key that Nuvem can use, for hosts and for users, best first. */
export const usableKeyTypes = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'ssh-rsa',
] as const;

/** The fields of an SSH public key blob, which are all length-prefixed strings (RFC 4253, section 6.6). */
function fieldsOf(blob: Uint8Array): Buffer[] | null {
  const data = Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength);
  const fields: Buffer[] = [];
  for (let offset = 0; offset < data.length; ) {
    if (offset + 4 > data.length) return null;
    const end = offset + 4 + data.readUInt32BE(offset);
    if (end > data.length) return null;
    fields.push(data.subarray(offset + 4, end));
    offset = end;
  }
  return fields;
}

/** SSH name of a public key's type, e.g. `ssh-ed25519`; null when `blob` is no public key. */
export function keyTypeOf(blob: Uint8Array): string | null {
  const type = fieldsOf(blob)?.[0]?.toString('latin1');
  return type !== undefined && /^[\x21-\x7e]{1,64}$/.test(type) ? type : null;
}

/** `SHA256:` and unpadded base64, as OpenSSH prints it. */
export function fingerprintOf(blob: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}

/** Family and size as OpenSSH names them over a key's picture, e.g. `ED25519 256`; null for what has no size here. */
export function keySizeOf(blob: Uint8Array): { readonly family: string; readonly bits: number } | null {
  const type = keyTypeOf(blob);
  const fields = fieldsOf(blob);
  if (type === null || fields === null) return null;
  if (type === 'ssh-ed25519') return { family: 'ED25519', bits: 256 };
  if (type === 'ssh-rsa') return { family: 'RSA', bits: bitLength(fields[2]) };
  if (type === 'ssh-dss') return { family: 'DSA', bits: bitLength(fields[1]) };
  const curve = /^ecdsa-sha2-nistp(256|384|521)$/.exec(type);
  return curve === null ? null : { family: 'ECDSA', bits: Number(curve[1]) };
}

function bitLength(mpint: Buffer | undefined): number {
  const digits = mpint?.toString('hex').replace(/^0+/, '') ?? '';
  return digits === ''
    ? 0
    : (digits.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(digits[0] ?? '0', 16)));
}
