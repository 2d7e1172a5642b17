/** Header fields as they stood on the wire: name, value, name, value, ... */
export type RawHeaders = readonly string[];

/** RFC 9110, 7.6.1 and 11.7; `Proxy-Connection` is its de-facto companion. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authentication-info',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The fields that may travel on: without those of this hop and those that `Connection` names. */
export function endToEndHeaders(raw: RawHeaders): [name: string, value: string][] {
  const named = new Set<string>();
  for (const [name, value] of pairs(raw)) {
    if (name.toLowerCase() !== 'connection') continue;
    for (const option of value.split(',')) named.add(option.trim().toLowerCase());
  }
  return pairs(raw).filter(([name]) => !hopByHop.has(name.toLowerCase()) && !named.has(name.toLowerCase()));
}

/**
 * The request fields for the far side: `Host` is the requested authority (RFC 9112, 3.2.2). Where a route
 * has an authorization, it replaces whatever the page sent.
 */
export function requestHeaders(
  raw: RawHeaders,
  host: string,
  authorization: string | null,
): [name: string, value: string][] {
  const kept = endToEndHeaders(raw).filter(([name]) => {
    const lower = name.toLowerCase();
    return lower !== 'host' && (lower !== 'authorization' || authorization === null);
  });
  kept.unshift(['Host', host]);
  if (authorization !== null) kept.push(['Authorization', authorization]);
  return kept;
}

function pairs(raw: RawHeaders): [name: string, value: string][] {
  const found: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    found.push([raw[index] as string, raw[index + 1] as string]);
  }
  return found;
}
