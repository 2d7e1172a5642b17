import type { ReadKeyPair } from '../keys/key-pair';
import { openPemKey } from '../keys/pem-key';
import { clearPublicHalf } from '../keys/public-half';
import { parsePrivateKey, Ssh2PrivateKey } from './private-key';

/** Opens OpenSSH, PEM, PKCS #8 and PuTTY keys. PEM has no comment. */
export const readKeyPair: ReadKeyPair = async (file, passphrase) => {
  const key = await parsePrivateKey(file, passphrase);
  if (typeof key === 'string') return key;
  if (!(key instanceof Ssh2PrivateKey)) return 'unsupported';
  const { parsed } = key;
  const numbers = openPemKey(parsed.getPrivatePEM(), null);
  if (typeof numbers === 'string') return 'unsupported';
  const comment = clearPublicHalf(file)?.comment || parsed.comment || '';
  return { numbers, publicKey: parsed.getPublicSSH(), comment };
};
