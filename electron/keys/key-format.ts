import { usableKeyTypes } from '../trust/public-key';

/** What a private key file's outside tells, without its passphrase. */
export type KeyFormat =
  | { readonly kind: 'supported'; readonly isEncrypted: boolean }
  /** `format` is a name that people search for, e.g. `PuTTY key, version 3`. */
  | { readonly kind: 'unsupported'; readonly format: string };

const readableCiphers = [
  'none',
  'aes128-ctr',
  'aes192-ctr',
  'aes256-ctr',
  'aes128-cbc',
  'aes192-cbc',
  'aes256-cbc',
];
const pemBlock = /^-----BEGIN ([A-Z0-9 ]+)-----\r?\n([\s\S]*?)\r?\n-----END \1-----/m;

/** Tells the format of a private key file by its headers alone. */
export function keyFormatOf(file: Buffer): KeyFormat {
  const text = file.toString('latin1').trim();
  const putty = /^PuTTY-User-Key-File-(\d+): (\S+)[\s\S]*?^Encryption: (\S+)/m.exec(text);
  if (putty !== null) return puttyFormat(putty[1] ?? '', putty[2] ?? '', putty[3] ?? '');
  if (/^(ssh-|ecdsa-|sk-)\S+ [A-Za-z0-9+/]+=*/.test(text)) return unsupported('public key');

  const [, label, body = ''] = pemBlock.exec(text) ?? [];
  switch (label) {
    case 'OPENSSH PRIVATE KEY':
      return openSshFormat(Buffer.from(body, 'base64'));
    case 'RSA PRIVATE KEY':
    case 'EC PRIVATE KEY':
      return { kind: 'supported', isEncrypted: /^Proc-Type: 4,ENCRYPTED/m.test(body) };
    case 'PRIVATE KEY':
      return { kind: 'supported', isEncrypted: false };
    case 'ENCRYPTED PRIVATE KEY':
      return { kind: 'supported', isEncrypted: true };
    case undefined:
      return unsupported('');
    default:
      return unsupported(label);
  }
}

const unsupported = (format: string): KeyFormat => ({ kind: 'unsupported', format });

function puttyFormat(version: string, keyType: string, encryption: string): KeyFormat {
  return version === '2' && keyType === 'ssh-rsa'
    ? { kind: 'supported', isEncrypted: encryption !== 'none' }
    : unsupported(`PuTTY key (PPK ${version}, ${keyType})`);
}

/** The clear-text head of an OpenSSH key. Format: PROTOCOL.key of OpenSSH. */
function openSshFormat(data: Buffer): KeyFormat {
  const magic = 'openssh-key-v1\0';
  if (data.subarray(0, magic.length).toString('latin1') !== magic) return unsupported('');
  let offset = magic.length;
  const field = (): Buffer => {
    const length = offset + 4 <= data.length ? data.readUInt32BE(offset) : 0;
    const value = data.subarray(offset + 4, offset + 4 + length);
    offset += 4 + length;
    return value;
  };
  const cipher = field().toString('latin1');
  field();
  field();
  offset += 4;
  const publicKey = field();
  const typeLength = publicKey.length >= 4 ? publicKey.readUInt32BE(0) : 0;
  const keyType = publicKey.subarray(4, 4 + typeLength).toString('latin1');
  if (!(usableKeyTypes as readonly string[]).includes(keyType)) return unsupported(keyType);
  if (!readableCiphers.includes(cipher)) return unsupported(`${keyType}, ${cipher}`);
  return { kind: 'supported', isEncrypted: cipher !== 'none' };
}
