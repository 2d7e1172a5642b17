import { createHash } from 'node:crypto';
import { hostKeyNameOf } from '../../shared/model/instance-binding';
import { type Endpoint, inlineJumpsOf, type Machine } from '../../shared/model/machine';
import { canForgetHost, type TrustedHost, TrustedHostId } from '../../shared/model/trusted-host';
import { type KnownHostsEntry, knownHostsName, matchesHosts, parseKnownHosts } from './known-hosts';
import { withoutLines } from './known-hosts-edit';
import { fingerprintOf } from './public-key';

/**
 * The lines of a known_hosts file, read as latin1, in its order and each once, with the machines they are about and
 * what `firstSeenMs` knows of the fingerprints of their keys.
 */
export function trustedHostsIn(
  text: string,
  machines: readonly Machine[],
  firstSeenMs: (fingerprint: string) => number | null = () => null,
): readonly TrustedHost[] {
  const hosts = new Map<TrustedHostId, TrustedHost>();
  for (const line of text.split('\n')) {
    const entry = parseKnownHosts(line, '')[0];
    if (entry === undefined) continue;
    const id = idOf(line);
    const fingerprint = fingerprintOf(entry.key);
    hosts.set(id, {
      id,
      names: entry.hosts.startsWith('|') ? [] : entry.hosts.split(','),
      marker: entry.marker,
      keyType: entry.keyType,
      fingerprint,
      comment: commentOf(line, entry),
      machineIds: machines
        .filter(({ route, instance }) =>
          [hostKeyNameOf(route, instance), ...inlineJumpsOf(route)].some((server) => isAbout(entry, server)),
        )
        .map(({ id: machineId }) => machineId),
      firstSeenMs: firstSeenMs(fingerprint),
    });
  }
  return [...hosts.values()];
}

/** The file without the lines that `ids` stand for, as far as they may be forgotten. */
export function withoutTrustedHosts(text: string, ids: readonly TrustedHostId[]): string {
  const forgettable = new Set(
    trustedHostsIn(text, [])
      .filter(canForgetHost)
      .map(({ id }) => id),
  );
  return withoutLines(text, (line) => {
    const id = idOf(line);
    return forgettable.has(id) && ids.includes(id);
  });
}

function idOf(line: string): TrustedHostId {
  return TrustedHostId.parse(createHash('sha256').update(line, 'latin1').digest('hex'));
}

function isAbout({ hosts }: KnownHostsEntry, { host, port }: Pick<Endpoint, 'host' | 'port'>): boolean {
  // OpenSSH also trusts another port by the line of the host itself.
  return matchesHosts(hosts, knownHostsName(host, port)) || matchesHosts(hosts, knownHostsName(host, 22));
}

function commentOf(line: string, { marker }: KnownHostsEntry): string {
  const fields = line.trim().split(/[ \t]+/);
  const words = fields.slice(marker === 'none' ? 3 : 4);
  return Buffer.from(words.join(' '), 'latin1').toString('utf8');
}
