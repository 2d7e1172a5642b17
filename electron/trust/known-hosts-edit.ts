import { type KnownHostsEntry, knownHostsLine, matchesHosts, parseKnownHosts } from './known-hosts';

/**
 * Edits of a known_hosts file as pure functions. Texts are bytes read as latin1, so that whatever stands in a line
 * that is not meant comes out as it went in, line ends included.
 */

/** Each line with its line end, which the last may lack. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function entryOf(line: string): KnownHostsEntry | undefined {
  return parseKnownHosts(line.replace(/\n$/, ''), '')[0];
}

/** Drops the lines that `isDropped` says of their text, which has no line end. */
export function withoutLines(text: string, isDropped: (line: string) => boolean): string {
  return linesOf(text)
    .filter((line) => !isDropped(line.replace(/\n$/, '')))
    .join('');
}

/**
 * Makes `key` the only one that the host `name` (a `knownHostsName`) is known by; `hosts` is the first field of its
 * line. Lines for several hosts stay for the others, and a pattern that includes the host excludes it from now on.
 * Revocations and certificate authorities stay.
 */
export function withReplacedKey(text: string, name: string, hosts: string, key: Buffer): string {
  const added = `${knownHostsLine(hosts, key)}\n`;
  const kept: string[] = [];
  let addedAt: number | null = null;
  for (const line of linesOf(text)) {
    const entry = entryOf(line);
    if (entry === undefined || entry.marker !== 'none' || !matchesHosts(entry.hosts, name)) {
      kept.push(line);
      continue;
    }
    addedAt ??= kept.length;
    const others = hostsWithout(entry.hosts, name);
    if (others !== null) kept.push(line.replace(entry.hosts, () => others));
  }
  if (addedAt !== null) return kept.toSpliced(addedAt, 0, added).join('');
  const before = kept.join('');
  return before === '' || before.endsWith('\n') ? before + added : `${before}\n${added}`;
}

/** The first field of a line without the host; null when nobody else is left in it. */
function hostsWithout(hosts: string, name: string): string | null {
  if (hosts.startsWith('|')) return null;
  const others = hosts.split(',').filter((pattern) => pattern.toLowerCase() !== name);
  if (others.every((pattern) => pattern.startsWith('!'))) return null;
  const left = others.join(',');
  return matchesHosts(left, name) ? `${left},!${name}` : left;
}
