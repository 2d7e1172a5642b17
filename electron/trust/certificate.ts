import { readWireStrings, wireString } from '../keys/ssh-wire';

/** An OpenSSH certificate: a public key with what an authority says of it. Format: PROTOCOL.certkeys of OpenSSH. */
export interface Certificate {
  readonly kind: 'user' | 'host';
  /** The certified key as a plain public key. */
  readonly publicKey: Buffer;
  readonly keyId: string;
  /** User or host names it is good for; empty: for all. */
  readonly principals: readonly string[];
  /** Seconds since the epoch. */
  readonly validAfter: bigint;
  /** The first second at which it is no longer good; all ones: for ever. */
  readonly validBefore: bigint;
  /** Names of options that whoever does not know them must refuse. */
  readonly criticalOptions: readonly string[];
  readonly authority: Buffer;
  /** What the authority signed, and its signature as it goes over the wire. */
  readonly signed: Buffer;
  readonly signature: Buffer;
}

const suffix = '-cert-v01@openssh.com';

/** Count of length-prefixed strings that make up the key of a type, beside the type. */
const keyFieldCounts: Readonly<Record<string, number>> = {
  'ssh-ed25519': 1,
  'ssh-rsa': 2,
  'ecdsa-sha2-nistp256': 2,
  'ecdsa-sha2-nistp384': 2,
  'ecdsa-sha2-nistp521': 2,
  'sk-ssh-ed25519@openssh.com': 2,
  'sk-ecdsa-sha2-nistp256@openssh.com': 3,
};

/** The type of the key in a certificate of `type`, e.g. `ssh-rsa`; types of plain keys come back as they are. */
export function plainTypeOf(type: string): string {
  if (!type.endsWith(suffix)) return type;
  const name = type.slice(0, -suffix.length);
  return name.startsWith('sk-') ? `${name}@openssh.com` : name;
}

/** The type of a certificate of a key of `type`. */
export function certificateTypeOf(type: string): string {
  return type.replace(/@openssh\.com$/, '') + suffix;
}

export const isCertificateType = (type: string): boolean => type.endsWith(suffix);

/** The type that a public key or certificate names first; empty when it names none. */
export const blobTypeOf = (blob: Buffer): string =>
  readWireStrings(blob, 1)?.fields[0]?.toString('latin1') ?? '';

/** Null when `blob` is no certificate of a known type. Its signature is not checked. */
export function readCertificate(blob: Buffer): Certificate | null {
  const type = blobTypeOf(blob);
  if (!isCertificateType(type)) return null;
  const plainType = plainTypeOf(type);
  const count = keyFieldCounts[plainType];
  const head = count === undefined ? null : readWireStrings(blob, 2 + count);
  if (head === null || head.rest.length < 12) return null;
  const kind = { 1: 'user', 2: 'host' }[head.rest.readUInt32BE(8)] as 'user' | 'host' | undefined;
  const names = readWireStrings(head.rest.subarray(12), 2);
  const [keyId, principals] = names?.fields ?? [];
  const times = names?.rest;
  if (kind === undefined || keyId === undefined || principals === undefined) return null;
  if (times === undefined || times.length < 16) return null;
  const tail = readWireStrings(times.subarray(16), 5);
  const [options, , , authority, signature] = tail?.fields ?? [];
  const [principalNames, optionFields] = [principals && stringsIn(principals), options && stringsIn(options)];
  if (!principalNames || !optionFields || !authority || !signature || tail?.rest.length !== 0) return null;
  return {
    kind,
    publicKey: Buffer.concat([
      wireString(plainType),
      ...head.fields.slice(2).map((field) => wireString(field)),
    ]),
    keyId: keyId.toString('utf8'),
    principals: principalNames.map((name) => name.toString('utf8')),
    validAfter: times.readBigUInt64BE(0),
    validBefore: times.readBigUInt64BE(8),
    criticalOptions: optionFields
      .filter((_, index) => index % 2 === 0)
      .map((name) => name.toString('latin1')),
    authority,
    signed: blob.subarray(0, blob.length - signature.length - 4),
    signature,
  };
}

/** How a certificate stands at a moment. */
export function validityAt(
  { validAfter, validBefore }: Certificate,
  nowMs: number,
): 'early' | 'valid' | 'expired' {
  const nowS = BigInt(Math.floor(nowMs / 1000));
  if (nowS < validAfter) return 'early';
  return nowS < validBefore ? 'valid' : 'expired';
}

/** The length-prefixed strings that fill `data`; null when it holds something else. */
function stringsIn(data: Buffer): readonly Buffer[] | null {
  const fields: Buffer[] = [];
  let rest = data;
  while (rest.length > 0) {
    const read = readWireStrings(rest, 1);
    const [field] = read?.fields ?? [];
    if (read === null || field === undefined) return null;
    fields.push(field);
    rest = read.rest;
  }
  return fields;
}
