import { createHmac, timingSafeEqual } from 'node:crypto';
import { matchesList } from './host-pattern';
import { keyTypeOf } from './public-key';

/** One usable line of a known_hosts file. Format: sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT". */
export interface KnownHostsEntry {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly marker: 'none' | 'revoked' | 'cert-authority';
  /** The first field: patterns separated by commas, or one hashed name. */
  readonly hosts: string;
  readonly keyType: string;
  readonly key: Buffer;
}

const markers: Readonly<Record<string, KnownHostsEntry['marker']>> = {
  '@revoked': 'revoked',
  '@cert-authority': 'cert-authority',
};

/** The entries of a known_hosts file. Lines that OpenSSH would not understand are left out. */
export function parseKnownHosts(text: string, file: string): readonly KnownHostsEntry[] {
  return text.split('\n').flatMap((line, index) => parseLine(line, file, index + 1) ?? []);
}

function parseLine(text: string, file: string, line: number): KnownHostsEntry | null {
  const fields = text.trim().split(/[ \t]+/);
  if (fields[0] === '' || fields[0]?.startsWith('#')) return null;
  const marker = fields[0]?.startsWith('@') ? markers[fields.shift() ?? ''] : 'none';
  const [hosts, keyType, encoded] = fields;
  if (marker === undefined || hosts === undefined || keyType === undefined || encoded === undefined)
    return null;
  const key = Buffer.from(encoded, 'base64');
  return keyTypeOf(key) === keyType ? { file, line, marker, hosts, keyType, key } : null;
}

/** How known_hosts writes a host: in lower case, and as `[host]:port` unless the port is 22. */
export function knownHostsName(host: string, port: number): string {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return port === 22 ? name : `[${name}]:${port}`;
}

/** True when `hosts` (first field of a line) speaks of `name`, a `knownHostsName`. */
export function matchesHosts(hosts: string, name: string): boolean {
  return hosts.startsWith('|') ? matchesHashed(hosts, name) : matchesList(name, hosts, true);
}

/** `|1|salt|hash`: base64 of a salt and of HMAC-SHA1(salt, name). */
function matchesHashed(hosts: string, name: string): boolean {
  const [, version, salt, hash, ...rest] = hosts.split('|');
  if (version !== '1' || salt === undefined || hash === undefined || rest.length > 0) return false;
  const expected = Buffer.from(hash, 'base64');
  const actual = hmac(Buffer.from(salt, 'base64'), name);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** The hashed form of `name`, a `knownHostsName`; `salt` is 20 random bytes. */
export function hashedHosts(name: string, salt: Buffer): string {
  return `|1|${salt.toString('base64')}|${hmac(salt, name).toString('base64')}`;
}

function hmac(salt: Buffer, name: string): Buffer {
  return createHmac('sha1', salt).update(name).digest();
}

/** A line that trusts `key` for `hosts`, without its line end. */
export function knownHostsLine(hosts: string, key: Buffer): string {
  return `${hosts} ${keyTypeOf(key)} ${key.toString('base64')}`;
}
