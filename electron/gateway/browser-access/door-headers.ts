import { endToEndHeaders, type RawHeaders, requestHeaders } from '../forwarded-headers';
import { withoutCookie } from './door-policy';

interface Names {
  /** The door, as the browser knows it: `http://nuvem-1f2e3d4c.localhost:23456`. */
  readonly origin: string;
  /** The server, as the machine writes it: `http://localhost:8888`. */
  readonly there: string;
  /** Of the cookie that is the door's own. */
  readonly cookie: string;
}

/** A browser's request fields as the server would get them from a browser on the machine itself. */
export function inwardHeaders(raw: RawHeaders, { origin, there, cookie }: Names): string[] {
  return mapped(requestHeaders(raw, new URL(there).host, 'keep'), (name, value) => {
    if (name === 'cookie') return withoutCookie(value, cookie);
    if (name === 'origin') return value === origin ? there : value;
    if (name === 'referer')
      return value.startsWith(`${origin}/`) ? there + value.slice(origin.length) : value;
    return value;
  });
}

/** The server's answer as the browser is to get it: it stays at the door, and the door's cookie is not replaced. */
export function outwardHeaders(raw: RawHeaders, { origin, there, cookie }: Names): string[] {
  const isSecure = there.startsWith('https:');
  return mapped(endToEndHeaders(raw), (name, value) => {
    if (name === 'set-cookie' && value.trimStart().startsWith(`${cookie}=`)) return null;
    if (name === 'set-cookie' && isSecure) return forPlainDoor(value);
    // Of this name there is nothing but the door, which has no certificate.
    if (name === 'strict-transport-security') return null;
    if (name === 'location' && (value === there || value.startsWith(`${there}/`)))
      return origin + value.slice(there.length);
    return value;
  });
}

/**
 * A cookie of an https server as a browser takes it at a door, which is http: without `Secure`, and without the
 * `SameSite=None` that asks for it. A name that promises `Secure` (`__Host-`, `__Secure-`) keeps it: browsers take it if
 * they hold loopback to be secure, and else not at all.
 */
function forPlainDoor(setCookie: string): string {
  if (/^\s*__(host|secure)-/i.test(setCookie)) return setCookie;
  const [pair = '', ...attributes] = setCookie.split(';');
  return [pair, ...attributes.filter((one) => !/^\s*(secure|samesite\s*=\s*none)\s*$/i.test(one))].join(';');
}

function mapped(raw: RawHeaders, change: (lowerCaseName: string, value: string) => string | null): string[] {
  const changed: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] as string;
    const value = change(name.toLowerCase(), raw[index + 1] as string);
    if (value !== null) changed.push(name, value);
  }
  return changed;
}
