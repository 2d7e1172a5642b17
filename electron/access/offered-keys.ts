import { AppError } from '../../shared/errors/app-error';
import type { OfferedKey } from '../../shared/model/access';
import { fingerprintOf, keySizeOf } from '../trust/public-key';
import { type AuthorizedKey, parseKeyLine, splitLines } from './authorized-keys';

const privateKeyMark = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----|PuTTY-User-Key-File-\d|Private-Lines:/;
const rfc4716Block =
  /^---- BEGIN SSH2 PUBLIC KEY ----[ \t]*\r?\n([\s\S]*?)^---- END SSH2 PUBLIC KEY ----[ \t]*$/gm;

/**
 * Reads the public keys that somebody sent: lines as in `authorized_keys`, or what PuTTYgen saves (RFC 4716).
 * @throws access-key-private when there is a private key in it, access-key-invalid with the number of the first
 * line that is no key, access-key-missing when there is none
 */
export function readOfferedKeys(text: string): readonly AuthorizedKey[] {
  if (privateKeyMark.test(text)) throw new AppError('access-key-private');
  const lines = splitLines(Buffer.from(text.replace(rfc4716Block, asKeyLine)).toString('latin1'));
  const keys = lines.flatMap((line, index): readonly AuthorizedKey[] => {
    const parsed = parseKeyLine(line);
    if (parsed.kind === 'notUnderstood') throw new AppError('access-key-invalid', { line: index + 1 });
    return parsed.kind === 'key' ? [parsed.key] : [];
  });
  if (keys.length === 0) throw new AppError('access-key-missing');
  return keys;
}

/** For a look at the keys before they are added. */
export function describeOfferedKey({ options, keyType, blob, comment }: AuthorizedKey): OfferedKey {
  const [name, shownOptions] = [comment, options].map((bytes) => Buffer.from(bytes, 'latin1').toString());
  return {
    ...{ keyType, bits: keySizeOf(blob)?.bits ?? null, fingerprint: fingerprintOf(blob) },
    ...{ name: name ?? '', options: shownOptions ?? '' },
  };
}

/** A key as a line for the file, without line end; a given name takes the place of its comment. */
export function lineOf({ options, keyType, blob, comment }: AuthorizedKey, name: string): string {
  const latin1Name = name === '' ? comment : Buffer.from(name).toString('latin1');
  return publicKeyLine([options, keyType, blob.toString('base64'), latin1Name]);
}

/** RFC 4716: headers may go on over lines that end with a backslash; the rest is the key in base64. */
function asKeyLine(_block: string, inside: string): string {
  const lines = inside.replace(/\\\r?\n/g, '').split(/\r?\n/);
  const comment = lines.map((line) => /^comment: *"?(.*?)"?$/i.exec(line)?.[1]).find((found) => found);
  const blob = Buffer.from(lines.filter((line) => !line.includes(':')).join(''), 'base64');
  const typeEnd = blob.length >= 4 ? 4 + blob.readUInt32BE(0) : 0;
  const keyType = blob.subarray(4, typeEnd).toString('latin1');
  return publicKeyLine([keyType, blob.toString('base64'), comment ?? '']);
}

const publicKeyLine = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');
