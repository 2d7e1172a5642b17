import { usableKeyTypes } from '../trust/public-key';
import { type KeyFormat, unsupported } from './format-verdict';
import { readWireStrings } from './ssh-wire';

const readableCiphers = [
  'none',
  'aes128-ctr',
  'aes192-ctr',
  'aes256-ctr',
  'aes128-cbc',
  'aes192-cbc',
  'aes256-cbc',
];
const magic = 'openssh-key-v1\0';

/** The clear-text head of an OpenSSH private key. */
export interface OpenSshHead {
  readonly cipher: string;
  /** Of the first key, which is the only one that OpenSSH writes and uses. */
  readonly publicKey: Buffer;
  /** Holds the private half and the comment. */
  readonly secret: Buffer;
}

/** Null when `data` is no complete OpenSSH private key. Format: PROTOCOL.key of OpenSSH. */
export function readOpenSshHead(data: Buffer): OpenSshHead | null {
  if (data.subarray(0, magic.length).toString('latin1') !== magic) return null;
  const names = readWireStrings(data.subarray(magic.length), 3);
  // The count of keys stands between.
  const keys = names && readWireStrings(names.rest.subarray(4), 2);
  const cipher = names?.fields[0];
  const [publicKey, secret] = keys?.fields ?? [];
  if (cipher === undefined || publicKey === undefined || secret === undefined) return null;
  return { cipher: cipher.toString('latin1'), publicKey, secret };
}

/** What the outside of an OpenSSH private key tells. */
export function openSshFormat(data: Buffer): KeyFormat {
  const head = readOpenSshHead(data);
  if (head === null) return { kind: 'damaged' };
  const { cipher, publicKey, secret } = head;
  const keyType = readWireStrings(publicKey, 1)?.fields[0]?.toString('latin1') ?? '';
  if (!(usableKeyTypes as readonly string[]).includes(keyType)) return unsupported(keyType);
  if (!readableCiphers.includes(cipher)) return unsupported(`${keyType}, ${cipher}`);
  const isEncrypted = cipher !== 'none';
  return isEncrypted && secret.length % 16 !== 0 ? { kind: 'damaged' } : { kind: 'supported', isEncrypted };
}
