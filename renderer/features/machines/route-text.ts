import type { Endpoint, RouteProxy } from '../../../shared/model/machine';

/** A route as people write it: `user@host`, with the port unless it is SSH's own. */
export function routeText({ user, host, port }: Endpoint): string {
  return port === 22 ? `${user}@${host}` : `${user}@${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** What a proxy is known by: its address, or the command. */
export const proxyText = (proxy: RouteProxy): string =>
  proxy.kind === 'command' ? proxy.line : `${proxy.host}:${proxy.port}`;
