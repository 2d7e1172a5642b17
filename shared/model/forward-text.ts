import { Forward, type TunnelDraft } from './tunnel';

/**
 * Reads what stands behind `-L`, `-R` or `-D` (ssh(1)), or behind LocalForward and its like once its two words are
 * joined by a colon: `[address:]port:host:hostport`, sockets by their absolute paths, IPv6 addresses in brackets.
 * Null when it is none, or one that a tunnel can't be: a port 0, an address given by name, `-R` without a target.
 */
export function parseForward(kind: Forward['kind'], text: string): Forward | null {
  const parts = partsOf(text.trim());
  if (parts === null) return null;
  const read = kind === 'dynamic' ? { kind, listen: tcpListen(parts) } : { kind, ...twoEnds(parts) };
  const parsed = Forward.safeParse(read);
  return parsed.success ? parsed.data : null;
}

/** The tunnel that a pasted or imported forward becomes. */
export const tunnelOfForward = (forward: Forward): TunnelDraft => ({
  id: null,
  name: '',
  forward,
  isExposed: false,
  startsWith: 'connection',
  whileAway: 'wait',
});

/** The fields between the colons; brackets keep an address with colons together. */
function partsOf(text: string): readonly string[] | null {
  if (!/^(?:\[[^[\]]*\]|[^[\]:]*)(?::(?:\[[^[\]]*\]|[^[\]:]*))*$/.test(text)) return null;
  return [...text.matchAll(/\[([^\]]*)\]|[^:[\]]+|(?<=^|:)(?=:|$)/g)].map(
    ([whole, bracketed]) => bracketed ?? whole,
  );
}

function twoEnds(parts: readonly string[]) {
  const last = parts.at(-1) ?? '';
  const isSocketTarget = last.startsWith('/');
  const listenParts = parts.slice(0, isSocketTarget ? -1 : -2);
  const target = isSocketTarget
    ? { kind: 'unixSocket', path: last }
    : { kind: 'tcp', host: parts.at(-2), port: portOf(last) };
  const [first = ''] = listenParts;
  const isSocketListen = listenParts.length === 1 && first.startsWith('/');
  return { listen: isSocketListen ? { kind: 'unixSocket', path: first } : tcpListen(listenParts), target };
}

/** Without an address OpenSSH listens on loopback, and so it does for `localhost`. */
function tcpListen(parts: readonly string[]) {
  if (parts.length === 0 || parts.length > 2) return null;
  const address = parts.length === 2 ? (parts[0] ?? '') : 'localhost';
  return {
    kind: 'tcp',
    address: address === 'localhost' ? '127.0.0.1' : address === '*' || address === '' ? '0.0.0.0' : address,
    port: portOf(parts.at(-1) ?? ''),
  };
}

const portOf = (text: string): number => (/^\d{1,5}$/.test(text) ? Number(text) : Number.NaN);
