import { createPrivateKey, type KeyObject, randomBytes } from 'node:crypto';
import ssh2, { type ParsedKey } from 'ssh2';
import type { ParsePrivateKey, PrivateKey } from '../keys/private-key';
import { fingerprintOf } from '../trust/public-key';

/** A private key as ssh2 holds it. */
export class Ssh2PrivateKey implements PrivateKey {
  readonly keyType: string;
  readonly fingerprint: string;

  constructor(readonly parsed: ParsedKey) {
    this.keyType = parsed.type;
    this.fingerprint = fingerprintOf(parsed.getPublicSSH());
  }
}

/** Opens OpenSSH, PEM, PKCS#8 and PPK (version 2, RSA) keys; `unreadable` when damaged or the passphrase is wrong. */
export const parsePrivateKey: ParsePrivateKey = (file, passphrase) => {
  const text = file.toString('latin1').trim();
  const isPkcs8 = /^-----BEGIN (ENCRYPTED )?PRIVATE KEY-----/m.test(text);
  const parsed = isPkcs8 ? parsePkcs8(text, passphrase) : ssh2.utils.parseKey(file, passphrase ?? undefined);
  // A file may hold more than one key; OpenSSH itself writes and uses only the first.
  const key: ParsedKey | Error | undefined = Array.isArray(parsed) ? parsed[0] : parsed;
  return key === undefined || key instanceof Error || !key.isPrivateKey()
    ? 'unreadable'
    : new Ssh2PrivateKey(key);
};

/** ssh2 reads no PKCS#8: the same key is written in a form that it reads. */
function parsePkcs8(text: string, passphrase: string | null) {
  try {
    const key = createPrivateKey({ key: text, ...(passphrase === null ? {} : { passphrase }) });
    return ssh2.utils.parseKey(inReadableForm(key));
  } catch (error) {
    return error instanceof Error ? error : new Error('Unreadable PKCS#8 key', { cause: error });
  }
}

function inReadableForm(key: KeyObject): string | Buffer {
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return key.export({ format: 'pem', type: 'pkcs1' });
    case 'ec':
      return key.export({ format: 'pem', type: 'sec1' });
    case 'ed25519':
      return openSshEd25519(key);
    default:
      throw new Error(`No SSH form for ${key.asymmetricKeyType}`);
  }
}

/** An ed25519 key without passphrase as OpenSSH writes it. Format: PROTOCOL.key of OpenSSH. */
function openSshEd25519(key: KeyObject): string {
  const { d = '', x = '' } = key.export({ format: 'jwk' });
  const publicPart = Buffer.from(x, 'base64url');
  const publicKey = Buffer.concat([field('ssh-ed25519'), field(publicPart)]);
  const check = randomBytes(4);
  const secret = Buffer.concat([
    ...[check, check, field('ssh-ed25519'), field(publicPart)],
    ...[field(Buffer.concat([Buffer.from(d, 'base64url'), publicPart])), field('')],
  ]);
  const padding = Buffer.from(Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, index) => index + 1));
  const data = Buffer.concat([
    ...[Buffer.from('openssh-key-v1\0'), field('none'), field('none'), field('')],
    ...[Buffer.from([0, 0, 0, 1]), field(publicKey), field(Buffer.concat([secret, padding]))],
  ]);
  const label = 'OPENSSH PRIVATE KEY';
  return `-----BEGIN ${label}-----\n${data.toString('base64')}\n-----END ${label}-----\n`;
}

function field(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
