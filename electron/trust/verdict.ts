import { isSignatureOf } from '../keys/signature';
import { blobTypeOf, type Certificate, validityAt } from './certificate';
import { type KnownHostsEntry, knownHostsName, matchesHosts } from './known-hosts';
import { fingerprintOf, keyTypeOf } from './public-key';
import { publicKeyObject } from './public-key-object';

/** What known_hosts says about a key that a server offers. `file` and `line` tell where it says so. */
export type Verdict =
  | { readonly kind: 'trusted'; readonly file: string; readonly line: number }
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'changed';
      readonly file: string;
      readonly line: number;
      readonly oldKeyType: string;
      readonly oldFingerprint: string;
    }
  | { readonly kind: 'revoked'; readonly file: string; readonly line: number };

/**
 * Judges an offered host key as OpenSSH does, with one difference: a host that is known by keys of
 * `negotiableKeyTypes` only, yet offers none of them although it was asked for them first, counts as changed.
 * Else an impostor would only have to offer another type of key to be asked about as a newcomer.
 */
export function judge(
  entries: readonly KnownHostsEntry[],
  host: string,
  port: number,
  key: Buffer,
  negotiableKeyTypes: readonly string[],
): Verdict {
  const name = knownHostsName(host, port);
  const ofHost = entries.filter(
    (entry) => entry.marker !== 'cert-authority' && matchesHosts(entry.hosts, name),
  );
  const isOffered = (entry: KnownHostsEntry) => entry.key.equals(key);

  const revoked = ofHost.find((entry) => entry.marker === 'revoked' && isOffered(entry));
  if (revoked !== undefined) return { kind: 'revoked', file: revoked.file, line: revoked.line };

  const known = ofHost.filter((entry) => entry.marker === 'none');
  const trusted = known.find(isOffered) ?? sameKeyAtPort22(entries, host, port, key);
  if (trusted !== undefined) return { kind: 'trusted', file: trusted.file, line: trusted.line };

  const conflicting =
    known.find((entry) => entry.keyType === keyTypeOf(key)) ??
    known.find((entry) => negotiableKeyTypes.includes(entry.keyType));
  if (conflicting === undefined) return { kind: 'unknown' };
  return {
    kind: 'changed',
    file: conflicting.file,
    line: conflicting.line,
    oldKeyType: conflicting.keyType,
    oldFingerprint: fingerprintOf(conflicting.key),
  };
}

/** OpenSSH also trusts `[host]:port` by an entry that gives exactly this key to `host` itself. */
function sameKeyAtPort22(entries: readonly KnownHostsEntry[], host: string, port: number, key: Buffer) {
  if (port === 22) return undefined;
  const name = knownHostsName(host, 22);
  const ofHost = entries.filter((entry) => matchesHosts(entry.hosts, name) && entry.key.equals(key));
  return ofHost.some((entry) => entry.marker === 'revoked')
    ? undefined
    : ofHost.find((entry) => entry.marker === 'none');
}

/**
 * What the certificate authorities of known_hosts say of a certificate that a host shows, as OpenSSH sees it: null when
 * none of them stands behind it, so that it is worth no more than the plain key in it.
 */
export function judgeCertificate(
  entries: readonly KnownHostsEntry[],
  host: string,
  port: number,
  certificate: Certificate,
  nowMs: number,
): Verdict | null {
  const authorities = authoritiesOf(entries, host, port);
  const ofHost = entries.filter(
    ({ marker, hosts }) =>
      marker === 'revoked' && namesOf(host, port).some((name) => matchesHosts(hosts, name)),
  );
  const { authority, publicKey } = certificate;
  const revoked = ofHost.find(({ key }) => key.equals(authority) || key.equals(publicKey));
  if (revoked !== undefined) return { kind: 'revoked', file: revoked.file, line: revoked.line };
  const entry = authorities.find(({ key }) => key.equals(authority));
  if (entry === undefined || !isGoodFor(certificate, host, nowMs)) return null;
  return { kind: 'trusted', file: entry.file, line: entry.line };
}

/** The certificate authorities that known_hosts names for a host. */
export function authoritiesOf(
  entries: readonly KnownHostsEntry[],
  host: string,
  port: number,
): readonly KnownHostsEntry[] {
  const names = namesOf(host, port);
  return entries.filter(
    ({ marker, hosts }) => marker === 'cert-authority' && names.some((name) => matchesHosts(hosts, name)),
  );
}

/** Like plain keys, authorities of the host itself hold for its other ports too. */
const namesOf = (host: string, port: number) => [knownHostsName(host, port), knownHostsName(host, 22)];

function isGoodFor(certificate: Certificate, host: string, nowMs: number): boolean {
  const { kind, principals, criticalOptions, signed, signature, authority } = certificate;
  const authorityKey = publicKeyObject(authority);
  return (
    kind === 'host' &&
    criticalOptions.length === 0 &&
    (principals.length === 0 || principals.some((name) => matchesHosts(name, knownHostsName(host, 22)))) &&
    validityAt(certificate, nowMs) === 'valid' &&
    authorityKey !== null &&
    isSignatureOf(signed, signature, authorityKey, signatureAlgorithms(blobTypeOf(authority)))
  );
}

/** SHA-1 is no way for an authority to sign. */
const signatureAlgorithms = (keyType: string): readonly string[] =>
  keyType === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256'] : [keyType];

/** Types of the keys by which known_hosts knows a host, most trusted line first, each once. */
export function knownKeyTypesOf(
  entries: readonly KnownHostsEntry[],
  host: string,
  port: number,
): readonly string[] {
  const name = knownHostsName(host, port);
  const known = entries.filter((entry) => entry.marker === 'none' && matchesHosts(entry.hosts, name));
  return [...new Set(known.map((entry) => entry.keyType))];
}
