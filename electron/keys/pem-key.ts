import { createPrivateKey, type KeyObject } from 'node:crypto';
import { type KeyFormat, unsupported } from './format-verdict';
import type { KeyNumbers } from './openssh-private-key';

const legacyCiphers = ['AES-128-CBC', 'AES-192-CBC', 'AES-256-CBC', 'DES-EDE3-CBC'];
/** DER of the encryption schemes that both OpenSSL 3 and BoringSSL open: PBES2 (RFC 8018), 3DES of PKCS #12. */
const pkcs8Schemes = ['06092a864886f70d01050d', '060a2a864886f70d010c0103'];
const curves: Readonly<Record<string, string>> = {
  'P-256': 'nistp256',
  'P-384': 'nistp384',
  'P-521': 'nistp521',
};

/** The format of a PEM block in PKCS #1, SEC 1 (RFC 5915) or PKCS #8 (RFC 5208), by what is not encrypted. */
export function pemFormat(label: string, body: string): KeyFormat {
  const cipher = /^DEK-Info: ([^,\r\n]+)/m.exec(body)?.[1];
  const der = Buffer.from(body.replace(/^[\w-]+:.*$/gm, ''), 'base64');
  if (cipher !== undefined) {
    if (!legacyCiphers.includes(cipher)) return unsupported(`${label}, ${cipher}`);
    const blockBytes = cipher.startsWith('AES') ? 16 : 8;
    return der.length > 0 && der.length % blockBytes === 0
      ? { kind: 'supported', isEncrypted: true }
      : { kind: 'damaged' };
  }
  if (!isWholeSequence(der)) return { kind: 'damaged' };
  if (label !== 'ENCRYPTED PRIVATE KEY') return { kind: 'supported', isEncrypted: false };
  const head = der.subarray(0, 32).toString('hex');
  return pkcs8Schemes.some((scheme) => head.includes(scheme))
    ? { kind: 'supported', isEncrypted: true }
    : unsupported('PKCS #8 (PKCS #5 v1)');
}

/** True for exactly one DER SEQUENCE, whatever is in it. */
function isWholeSequence(der: Buffer): boolean {
  if (der[0] !== 0x30 || der.length < 2) return false;
  const first = der[1] ?? 0;
  if (first < 0x80) return der.length === 2 + first;
  const count = first & 0x7f;
  if (count === 0 || count > 4 || der.length < 2 + count) return false;
  return der.length === 2 + count + der.readUIntBE(2, count);
}

/**
 * Opens a key that `pemFormat` calls supported. A wrong passphrase can't be told from damage of the encrypted
 * part: neither format has a checksum.
 */
export function openPemKey(
  text: string,
  passphrase: string | null,
): KeyNumbers | 'wrongPassphrase' | 'unsupported' {
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: text, ...(passphrase === null ? {} : { passphrase }) });
  } catch {
    return passphrase === null ? 'unsupported' : 'wrongPassphrase';
  }
  return numbersOf(key);
}

function numbersOf(key: KeyObject): KeyNumbers | 'unsupported' {
  const kind = key.asymmetricKeyType;
  if (kind !== 'rsa' && kind !== 'ec' && kind !== 'ed25519') return 'unsupported';
  const jwk = key.export({ format: 'jwk' });
  const number = (name: 'd' | 'e' | 'n' | 'p' | 'q' | 'qi' | 'x' | 'y') =>
    Buffer.from(jwk[name] ?? '', 'base64url');
  if (kind === 'ed25519') return { kind, publicKey: number('x'), seed: number('d') };
  if (kind === 'rsa') {
    return {
      kind,
      ...{ modulus: number('n'), exponent: number('e'), privateExponent: number('d') },
      ...{ coefficient: number('qi'), prime1: number('p'), prime2: number('q') },
    };
  }
  const curve = curves[jwk.crv ?? ''];
  if (curve === undefined) return 'unsupported';
  const point = Buffer.concat([Buffer.from([4]), number('x'), number('y')]);
  return { kind: 'ecdsa', curve, point, scalar: number('d') };
}
