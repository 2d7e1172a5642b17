import { wireInteger, wireString } from '../../../keys/ssh-wire';

/** A server's key that PuTTY trusts. */
export interface PuttyHostKey {
  readonly host: string;
  readonly port: number;
  /** As SSH sends it (RFC 4253, section 6.6). */
  readonly blob: Buffer;
}

/**
 * Reads one of PuTTY's cached host keys: `type@port:host` and numbers in hexadecimal, parted by commas. Null for
 * types that are trusted no more (DSA, SSH-1) and for what makes no sense.
 */
export function parsePuttyHostKey(name: string, value: string): PuttyHostKey | null {
  const [, type = '', digits = '', host = ''] = /^([\w-]+)@(\d{1,5}):([\s\S]+)$/.exec(name) ?? [];
  const port = Number(digits);
  const blob = blobOf(type, value.trim().split(','));
  if (blob === null || port < 1 || port > 65_535) return null;
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port, blob };
}

function blobOf(type: string, parts: readonly string[]): Buffer | null {
  const isEcdsa = /^ecdsa-sha2-nistp(256|384|521)$/.test(type);
  const numbers = parts.slice(isEcdsa ? 1 : 0).map(bytesOf);
  const [first, second] = numbers;
  if (numbers.length !== 2 || !first || !second) return null;
  // "rsa2" because plain "rsa" was SSH-1.
  if (type === 'rsa2') return Buffer.concat([wireString('ssh-rsa'), wireInteger(first), wireInteger(second)]);
  if (type === 'ssh-ed25519') {
    const point = edwardsPoint(first, second);
    return point && Buffer.concat([wireString(type), wireString(point)]);
  }
  const curve = parts[0] ?? '';
  if (!isEcdsa || !type.endsWith(curve)) return null;
  const size = Math.ceil(Number(curve.slice('nistp'.length)) / 8);
  const [x, y] = [padded(first, size), padded(second, size)];
  if (x === null || y === null) return null;
  return Buffer.concat([
    wireString(type),
    wireString(curve),
    wireString(Buffer.concat([Buffer.of(4), x, y])),
  ]);
}

/** y little-endian, with the lowest bit of x as its highest one (RFC 8032, 5.1.2). */
function edwardsPoint(x: Buffer, y: Buffer): Buffer | null {
  const point = padded(y, 32)?.reverse();
  if (point === undefined || ((point[31] ?? 0) & 0x80) !== 0) return null;
  point[31] = (point[31] ?? 0) | (((x[x.length - 1] ?? 0) & 1) << 7);
  return point;
}

/** Big-endian. */
function bytesOf(hexadecimal: string): Buffer | null {
  const digits = /^0x([0-9a-f]{1,8192})$/i.exec(hexadecimal)?.[1];
  return digits === undefined
    ? null
    : Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
}

function padded(bytes: Buffer, size: number): Buffer | null {
  const significant = bytes.subarray(Math.max(0, bytes.length - size));
  if (bytes.subarray(0, bytes.length - significant.length).some((byte) => byte !== 0)) return null;
  return Buffer.concat([Buffer.alloc(size - significant.length), significant]);
}
