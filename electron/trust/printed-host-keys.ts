import { fingerprintOf } from './public-key';

/** A host key of which a machine has printed the fingerprint on its console. */
export interface PrintedHostKey {
  /** As OpenSSH names kinds of keys, e.g. `ED25519`. */
  readonly kind: string;
  /** `SHA256:` and unpadded base64. */
  readonly fingerprint: string;
}

/** What printed keys say of an offered one; `silent`: nothing of its kind was printed. */
export type PrintedVerdict = 'vouched' | 'contradicted' | 'silent';

const fingerprintBlock = blockOf('FINGERPRINTS');
const keyBlock = blockOf('KEYS');
const fingerprintLine = /\b(SHA256:[A-Za-z0-9+/]{43})=?(?:\s.*)?\(([A-Z0-9-]+)\)\s*$/;
const keyLine = /((?:ssh|ecdsa|sk)-[a-z0-9@.-]+) ([A-Za-z0-9+/]{40,}={0,2})(?:\s|$)/;

/**
 * The host keys that a first boot prints (cloud-init, "keys-to-console"; Amazon Linux prefixes each line with `ec2:`).
 * Only the first block of each kind counts: what comes later may be the output of a program.
 */
export function printedHostKeys(consoleText: string): readonly PrintedHostKey[] {
  const lines = consoleText.replaceAll('\r', '').split('\n');
  const found = new Map<string, PrintedHostKey>();
  for (const line of linesBetween(lines, fingerprintBlock)) {
    const [, fingerprint, kind] = fingerprintLine.exec(line) ?? [];
    if (fingerprint && kind) found.set(fingerprint, { kind, fingerprint });
  }
  for (const line of linesBetween(lines, keyBlock)) {
    const [, type, base64] = keyLine.exec(line) ?? [];
    if (!type || !base64) continue;
    const fingerprint = fingerprintOf(Buffer.from(base64, 'base64'));
    found.set(fingerprint, { kind: kindOf(type), fingerprint });
  }
  return [...found.values()];
}

/** What the printed keys say of the key of this SSH type and fingerprint that a server offers. */
export function verdictOfPrinted(
  printed: readonly PrintedHostKey[],
  keyType: string,
  offered: string,
): PrintedVerdict {
  if (printed.some(({ fingerprint }) => fingerprint === offered)) return 'vouched';
  return printed.some(({ kind }) => kind === kindOf(keyType)) ? 'contradicted' : 'silent';
}

/** How ssh-keygen names the kind of a key type. */
function kindOf(keyType: string): string {
  if (keyType.startsWith('ecdsa-')) return 'ECDSA';
  return keyType.replace(/^ssh-/, '').replace(/^dss$/, 'dsa').toUpperCase();
}

function blockOf(name: 'FINGERPRINTS' | 'KEYS') {
  const mark = (end: 'BEGIN' | 'END') => new RegExp(`-----${end} SSH HOST KEY ${name}-----\\s*$`);
  return { begin: mark('BEGIN'), end: mark('END') };
}

/** Of the first block that has an end. */
function linesBetween(
  lines: readonly string[],
  { begin, end }: ReturnType<typeof blockOf>,
): readonly string[] {
  const from = lines.findIndex((line) => begin.test(line));
  const to = lines.findIndex((line, index) => index > from && end.test(line));
  return from < 0 || to < 0 ? [] : lines.slice(from + 1, to);
}
