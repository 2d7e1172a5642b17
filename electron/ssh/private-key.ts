import ssh2, { type ParsedKey } from 'ssh2';
import { type KeyNumbers, openSshPrivateKey } from '../keys/openssh-private-key';
import { openPemKey } from '../keys/pem-key';
import type { KeyFault, ParsePrivateKey } from '../keys/private-key';
import type { ReadPublicHalf } from '../keys/public-half';
import { openPuttyKey } from '../keys/putty-key';
import { parsePuttyKey } from '../keys/putty-key-file';
import { signatureOf } from '../keys/signature';
import type { SigningKey } from '../keys/signing-key';
import { fingerprintOf } from '../trust/public-key';

/** A private key as ssh2 holds it. */
export class Ssh2PrivateKey implements SigningKey {
  readonly keyType: string;
  readonly fingerprint: string;
  readonly publicKey: Buffer;
  readonly certificate = null;

  constructor(readonly parsed: ParsedKey) {
    this.keyType = parsed.type;
    this.publicKey = parsed.getPublicSSH();
    this.fingerprint = fingerprintOf(this.publicKey);
  }

  async sign(data: Buffer, algorithm: string): Promise<Buffer> {
    return signatureOf(data, algorithm, this.parsed.getPrivatePEM());
  }
}

/** Opens OpenSSH, PEM, PKCS #8 and PuTTY keys whose outside `keyFormatOf` calls supported. */
export const parsePrivateKey: ParsePrivateKey = async (file, passphrase) => {
  const text = file.toString('latin1').trim();
  // ssh2 reads few of the formats, so each key is given to it in OpenSSH's own.
  if (text.startsWith('PuTTY-User-Key-File-')) {
    const putty = parsePuttyKey(text);
    return putty === null ? 'damaged' : fromNumbers(await openPuttyKey(putty, passphrase));
  }
  if (!text.includes('-----BEGIN OPENSSH PRIVATE KEY-----')) return fromNumbers(openPemKey(text, passphrase));
  return fromOpenSsh(file, passphrase);
};

const fromNumbers = (opened: KeyNumbers | KeyFault): Ssh2PrivateKey | KeyFault =>
  typeof opened === 'string' ? opened : fromOpenSsh(Buffer.from(openSshPrivateKey(opened)), null);

function fromOpenSsh(file: Buffer, passphrase: string | null): Ssh2PrivateKey | KeyFault {
  const parsed = ssh2.utils.parseKey(file, passphrase ?? undefined);
  // A file may hold more than one key; OpenSSH itself writes and uses only the first.
  const key: ParsedKey | Error | undefined = Array.isArray(parsed) ? parsed[0] : parsed;
  if (key !== undefined && !(key instanceof Error) && key.isPrivateKey()) return new Ssh2PrivateKey(key);
  return passphrase === null ? 'damaged' : 'wrongPassphrase';
}

/** The public half and comment of a key that has no passphrase. */
export const readPublicHalf: ReadPublicHalf = async (file) => {
  const key = await parsePrivateKey(file, null);
  if (key instanceof Ssh2PrivateKey) return { publicKey: key.publicKey, comment: key.parsed.comment };
  return key === 'unsupported' ? key : 'damaged';
};
