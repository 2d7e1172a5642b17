import type { IncomingMessage } from 'node:http';
import { type RawHeaders, requestHeaders, withCookie } from './forwarded-headers';
import { routeFor } from './kept-socket';
import { isFromHostItself } from './request-origin';
import { type GatewayRoute, lendsPass, parseAuthority, resolveRoute } from './routes';

/** What a request asks for. */
export interface Wanted {
  readonly route: GatewayRoute;
  /** Path and query. */
  readonly path: string;
}

/** Reads `http://host:port/path` as a proxy is asked for it (RFC 9112, 3.2.2). Null: it is something else. */
export function readAbsoluteForm(url: string, routes: ReadonlyMap<string, GatewayRoute>): Wanted | null {
  const match = /^http:\/\/([^/?#]+)([/?].*)?$/i.exec(url);
  const authority = parseAuthority(match?.[1] ?? '', 80);
  if (match === null || authority === null) return null;
  const asked = match[2] ?? '/';
  const path = asked.startsWith('/') ? asked : `/${asked}`;
  return { route: routeFor(resolveRoute(routes, authority), path), path };
}

/** The route's authorization stands in for the page's own, for requests that may act in the user's name. */
export function headersFor(
  request: Pick<IncomingMessage, 'method' | 'headers'> & { readonly rawHeaders: RawHeaders },
  route: GatewayRoute,
): string[] {
  const host = hostOf(route);
  if (!lendsPass(route)) return requestHeaders(request.rawHeaders, host, 'keep');
  const { authorization, loginCookie = null } = isFromHostItself(request, host) ? route : withoutPass;
  const headers = requestHeaders(request.rawHeaders, host, authorization);
  return loginCookie === null ? headers : withCookie(headers, loginCookie);
}

const withoutPass = { authorization: null, loginCookie: null };

/** The `Host` that the server sees: as a browser writes it, without the default port. */
const hostOf = (route: GatewayRoute): string => route.host.replace(/:80$/, '');
