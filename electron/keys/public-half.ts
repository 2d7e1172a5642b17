import { blobTypeOf } from '../trust/certificate';
import { fingerprintOf, keySizeOf, keyTypeOf } from '../trust/public-key';
import { readOpenSshHead } from './openssh-format';
import { parsePuttyKey } from './putty-key-file';

/** What of a key everybody may know. */
export interface PublicHalf {
  readonly publicKey: Buffer;
  readonly comment: string;
}

/** The public half of a key file that `keyFormatOf` calls supported and not encrypted. */
export type ReadPublicHalf = (file: Buffer) => Promise<PublicHalf | 'damaged' | 'unsupported'>;

/** The public half that stands in clear text in an OpenSSH or PuTTY file, encrypted or not; null in other files. */
export function clearPublicHalf(file: Buffer): PublicHalf | null {
  const text = file.toString('latin1').trim();
  if (text.startsWith('PuTTY-User-Key-File-')) {
    const key = parsePuttyKey(text);
    return key && { publicKey: key.publicBlob, comment: key.comment.toString('utf8') };
  }
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]*?)-----END/.exec(text)?.[1];
  const head = body === undefined ? null : readOpenSshHead(Buffer.from(body, 'base64'));
  return head && { publicKey: head.publicKey, comment: '' };
}

/** The public half in a `.pub` file; null when there is none. */
export function publicFileHalf(text: string): PublicHalf | null {
  const [keyType = '', encoded = '', ...comment] = text.trim().split(/\s+/);
  const publicKey = Buffer.from(encoded, 'base64');
  return keyType !== '' && blobTypeOf(publicKey) === keyType
    ? { publicKey, comment: comment.join(' ') }
    : null;
}

/** For lists: see `SshKey.publicHalf`. */
export function describePublicHalf({ publicKey, comment }: PublicHalf) {
  const keyType = keyTypeOf(publicKey);
  if (keyType === null) return null;
  const line = `${keyType} ${publicKey.toString('base64')}${comment === '' ? '' : ` ${comment}`}`;
  return { keyType, bits: keySizeOf(publicKey)?.bits ?? null, fingerprint: fingerprintOf(publicKey), line };
}
