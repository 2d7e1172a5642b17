import type { IncomingHttpHeaders } from 'node:http';

/** What is known of a request when it arrives at a door. */
export interface DoorFacts {
  readonly method: string;
  /** Path and query, as on the wire. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly isUpgrade: boolean;
}

export type DoorVerdict =
  /** Brings a ticket, which has still to be looked at. */
  | { readonly kind: 'enter'; readonly ticket: string }
  | { readonly kind: 'pass' }
  | { readonly kind: 'refuse'; readonly reason: 'host' | 'origin' | 'foreign-page' | 'no-cookie' | 'ticket' };

/** Where tickets are taken; the far side is never asked for anything below it. */
export const doorPath = '/.nuvem/';

/**
 * Whether a request may pass a door. Its `Host` must be the door's own name, or a foreign name that was made to lead
 * here could speak for it (DNS rebinding). Pages of other origins, which include other ports of this computer, may
 * send nothing but a link's click (Fetch Metadata, `Sec-Fetch-Site`); and whatever comes must bring the cookie.
 */
export function judgeVisit(
  { method, url, headers, isUpgrade }: DoorFacts,
  door: { readonly origin: string; readonly isCookieGood: boolean },
): DoorVerdict {
  const refuse = (reason: Extract<DoorVerdict, { kind: 'refuse' }>['reason']): DoorVerdict => ({
    kind: 'refuse',
    reason,
  });
  if (headers.host !== new URL(door.origin).host) return refuse('host');
  if (!url.startsWith('/')) return refuse('host');
  const site = headers['sec-fetch-site'];
  if (url.startsWith(doorPath)) {
    const isFromUser = site === undefined || site === 'none';
    const ticket = url.slice(doorPath.length);
    const isTicket = method === 'GET' && !isUpgrade && headers.origin === undefined && isFromUser;
    return isTicket ? { kind: 'enter', ticket } : refuse('ticket');
  }
  if (headers.origin !== undefined && headers.origin !== door.origin) return refuse('origin');
  // Browsers always say who opens a web socket; who does not is none.
  if (isUpgrade && headers.origin === undefined) return refuse('origin');
  const isLink =
    method === 'GET' &&
    !isUpgrade &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document';
  if (site !== undefined && site !== 'none' && site !== 'same-origin' && !isLink)
    return refuse('foreign-page');
  return door.isCookieGood ? { kind: 'pass' } : refuse('no-cookie');
}

/** The values of a cookie of that name (RFC 6265, 5.4); several where somebody planted another one. */
export function cookieValues(header: string | undefined, name: string): readonly string[] {
  return pairsOf(header).flatMap((pair) =>
    pair.startsWith(`${name}=`) ? [pair.slice(name.length + 1)] : [],
  );
}

/** The `Cookie` header without the cookie of that name; null: nothing is left. */
export function withoutCookie(header: string, name: string): string | null {
  const left = pairsOf(header).filter((pair) => !pair.startsWith(`${name}=`));
  return left.length === 0 ? null : left.join('; ');
}

const pairsOf = (header = ''): readonly string[] =>
  header
    .split(';')
    .map((pair) => pair.trim())
    .filter(Boolean);
