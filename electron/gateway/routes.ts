/** Where the bytes of a request go, as seen from the machine. */
export type RemoteTarget = (
  | { readonly kind: 'unixSocket'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
) & {
  /** The server there speaks TLS although its pages are asked for as `http`. Default: false. */
  readonly isTls?: boolean;
};

/** A name that the machine's tabs may use for a server of that machine. */
export interface GatewayRoute {
  /** Exact lower-case `host:port`, e.g. `localhost:8888`. */
  readonly host: string;
  readonly target: RemoteTarget;
  /** Value of the `Authorization` header for requests to exactly this host; null: none is added. Secret. */
  readonly authorization: string | null;
  /** The cookie (`name=value`) of a login, for requests to exactly this host; default: none is added. Secret. */
  readonly loginCookie?: string | null;
  /** Where the server's keeper listens, which holds its kernels' web sockets open. Default: it has none. */
  readonly keeper?: RemoteTarget | null;
}

/** Requests to the route get something that lets them in: what travels there must be read. */
export const lendsPass = ({ authorization, loginCookie = null }: GatewayRoute): boolean =>
  authorization !== null || loginCookie !== null;

export interface Authority {
  /** Lower-case name or address; an IPv6 address is without its brackets. */
  readonly host: string;
  readonly port: number;
}

const authorityPattern = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._~-]+))(?::([0-9]{1,5}))?$/;

/**
 * Reads `host`, `host:port` or `[address]:port` (RFC 3986, 3.2) without user information.
 * Null: not an authority, or a port out of range.
 */
export function parseAuthority(text: string, defaultPort: number): Authority | null {
  const match = authorityPattern.exec(text.toLowerCase());
  const host = match?.[1] ?? match?.[2];
  if (match === null || host === undefined) return null;
  const port = match[3] === undefined ? defaultPort : Number(match[3]);
  return port >= 1 && port <= 65_535 ? { host, port } : null;
}

/** The one spelling under which routes are kept: `localhost:8888`, `[::1]:8888`. */
export function routeHost({ host, port }: Authority): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/**
 * The route of exactly this host and port. Any other name is reached as it is written, resolved on the far
 * side, and gets no authorization.
 */
export function resolveRoute(routes: ReadonlyMap<string, GatewayRoute>, authority: Authority): GatewayRoute {
  const host = routeHost(authority);
  return routes.get(host) ?? { host, target: { kind: 'tcp', ...authority }, authorization: null };
}

/** Equal for equal targets; keys the pool of idle channels. */
export function targetKey(target: RemoteTarget): string {
  const scheme = target.isTls === true ? 'tls+' : '';
  return target.kind === 'unixSocket'
    ? `${scheme}unix:${target.path}`
    : `${scheme}tcp:${target.host}:${target.port}`;
}
