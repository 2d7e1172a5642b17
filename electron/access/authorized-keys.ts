import { createHash } from 'node:crypto';
import type { AuthorizedEntry } from '../../shared/model/access';
import { fingerprintOf, keySizeOf, keyTypeOf } from '../trust/public-key';

/** What a line of an `authorized_keys` file says, as far as sshd would understand it (sshd(8)). */
export type KeyLine =
  | { readonly kind: 'key'; readonly key: AuthorizedKey }
  /** Blank, or begins with `#`. */
  | { readonly kind: 'remark' }
  | { readonly kind: 'notUnderstood' };

export interface AuthorizedKey {
  /** What stands before the key, e.g. `from="10.*",no-pty`; empty: nothing is restricted. */
  readonly options: string;
  readonly keyType: string;
  /** As it travels in SSH (RFC 4253, 6.6). */
  readonly blob: Buffer;
  /** One character a byte, like the file. */
  readonly comment: string;
}

/** Types that sshd takes from the file. Certificates are vouched for by `cert-authority` lines instead. */
const knownTypes = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'ssh-rsa',
  'ssh-dss',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
];

/** The lines of a file whose bytes `text` holds one a character, each with its line end: joined they are `text`. */
export function splitLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Reads one line as sshd does: a key, or options and a key. */
export function parseKeyLine(line: string): KeyLine {
  const text = line.replace(/\r?\n$/, '').replace(/^[ \t]+/, '');
  if (text === '' || text.startsWith('#')) return { kind: 'remark' };
  const bare = parseKey(text);
  if (bare !== null) return { kind: 'key', key: { ...bare, options: '' } };
  const end = endOfOptions(text);
  const key = end === 0 ? null : parseKey(text.slice(end).replace(/^[ \t]+/, ''));
  return key === null
    ? { kind: 'notUnderstood' }
    : { kind: 'key', key: { ...key, options: text.slice(0, end) } };
}

function parseKey(text: string): Omit<AuthorizedKey, 'options'> | null {
  const [, keyType = '', encoded = '', comment = ''] =
    /^(\S+)[ \t]+([A-Za-z0-9+/]+={0,2})(?:[ \t]+(.*))?$/s.exec(text.trimEnd()) ?? [];
  if (!knownTypes.includes(keyType)) return null;
  const blob = Buffer.from(encoded, 'base64');
  // Garbage that only looks like base64 is told by the type that the key itself must carry.
  return keyTypeOf(blob) === keyType ? { keyType, blob, comment } : null;
}

/** Where the options end: at the first blank outside of double quotes. 0 when a quote stays open. */
function endOfOptions(text: string): number {
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\' && text[at + 1] === '"') at += 1;
    else if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (character === ' ' || character === '\t')) return at;
  }
  return 0;
}

/** The keys of a file and the lines that nobody understands, in their order; remarks are left out. */
export function entriesOf(text: string, inUse: (fingerprint: string) => boolean): readonly AuthorizedEntry[] {
  const seen = new Map<string, number>();
  return splitLines(text).flatMap((line): readonly AuthorizedEntry[] => {
    const parsed = parseKeyLine(line);
    if (parsed.kind === 'remark') return [];
    const hash = createHash('sha256').update(line, 'latin1').digest('hex');
    const number = seen.get(hash) ?? 0;
    seen.set(hash, number + 1);
    const id = `${hash}-${number}`;
    if (parsed.kind === 'notUnderstood')
      return [{ kind: 'notUnderstood', id, text: readable(line).slice(0, 2000) }];
    const { options, keyType, blob, comment } = parsed.key;
    const fingerprint = fingerprintOf(blob);
    return [
      {
        kind: 'key',
        id,
        name: readable(comment),
        keyType,
        bits: keySizeOf(blob)?.bits ?? null,
        fingerprint,
        options: readable(options),
        isInUse: inUse(fingerprint),
      },
    ];
  });
}

/** The file with `line` (without line end) as its last one; all bytes before stay, a missing line end is added. */
export function withLine(text: string, line: string): string {
  const isEnded = text === '' || text.endsWith('\n');
  return `${text}${isEnded ? '' : '\n'}${line}\n`;
}

/** The file without the entry of this id, all other bytes as they are; null when there is no such entry. */
export function withoutEntry(text: string, id: string): string | null {
  const lines = splitLines(text);
  const [hash = '', number = ''] = id.split('-');
  const indexes = lines.flatMap((line, index) =>
    createHash('sha256').update(line, 'latin1').digest('hex') === hash ? [index] : [],
  );
  const index = indexes[Number(number)];
  if (index === undefined) return null;
  return withLineEnd(lines.filter((_, other) => other !== index).join(''));
}

/** The first key of the file with this blob; null when there is none. */
export function findKey(text: string, blob: Buffer): AuthorizedKey | null {
  for (const line of splitLines(text)) {
    const parsed = parseKeyLine(line);
    if (parsed.kind === 'key' && parsed.key.blob.equals(blob)) return parsed.key;
  }
  return null;
}

const withLineEnd = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

/** Bytes of a file as people read them, on one line. */
const readable = (bytes: string): string =>
  Buffer.from(bytes, 'latin1')
    .toString('utf8')
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
