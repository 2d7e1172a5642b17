import { AppError } from '../../shared/errors/app-error';
import type { MakeOneTimeKey } from '../keys/one-time-key';
import { generateEd25519KeyPair } from './ed25519-key-pair';
import { parsePrivateKey } from './private-key';

/** A fresh ed25519 key, in memory alone. */
export const makeOneTimeKey: MakeOneTimeKey = async () => {
  const { privateKey, publicKey } = generateEd25519KeyPair('nuvem');
  const key = await parsePrivateKey(Buffer.from(privateKey), null);
  if (typeof key === 'string') throw new AppError('internal');
  return { key, authorizedKey: publicKey };
};
