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
export function endToEndHeaders(raw: RawHeaders): string[] {
  return select(raw, () => true);
}

/**
 * The request fields for the far side: `Host` is the requested authority (RFC 9112, 3.2.2). `keep` lets the
 * page's own authorization through; anything else stands in its place, null for none.
 */
export function requestHeaders(
  raw: RawHeaders,
  host: string,
  authorization: string | null | 'keep',
): string[] {
  const kept = select(
    raw,
    (name) => name !== 'host' && (name !== 'authorization' || authorization === 'keep'),
  );
  kept.unshift('Host', host);
  if (authorization !== null && authorization !== 'keep') kept.push('Authorization', authorization);
  return kept;
}

/** With this cookie (`name=value`) in place of another one of its name, all in one field (RFC 6265, 5.4). */
export function withCookie(headers: RawHeaders, cookie: string): string[] {
  const name = cookie.slice(0, cookie.indexOf('=') + 1);
  const cookies: string[] = [];
  const kept: string[] = [];
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const field = headers[index] as string;
    const value = headers[index + 1] as string;
    if (field.toLowerCase() === 'cookie') cookies.push(...value.split(';').map((one) => one.trim()));
    else kept.push(field, value);
  }
  const others = cookies.filter((one) => one !== '' && !one.startsWith(name));
  return [...kept, 'Cookie', [...others, cookie].join('; ')];
}

function select(raw: RawHeaders, isWanted: (lowerCaseName: string) => boolean): string[] {
  const named = namedByConnection(raw);
  const kept: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] as string;
    const lower = name.toLowerCase();
    if (!hopByHop.has(lower) && named?.has(lower) !== true && isWanted(lower))
      kept.push(name, raw[index + 1] as string);
  }
  return kept;
}

/** Null: `Connection` names nothing but itself. */
function namedByConnection(raw: RawHeaders): ReadonlySet<string> | null {
  let named: Set<string> | null = null;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    if (raw[index]?.toLowerCase() !== 'connection') continue;
    const options = (raw[index + 1] as string).toLowerCase();
    if (options === 'keep-alive' || options === 'close') continue;
    named ??= new Set();
    for (const option of options.split(',')) named.add(option.trim());
  }
  // Without it, the body would be taken for another request.
  named?.delete('content-length');
  return named;
}
