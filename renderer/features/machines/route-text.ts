import type { Endpoint } from '../../../shared/model/machine';

/** A route as people write it: `user@host`, with the port unless it is SSH's own. */
export function routeText({ user, host, port }: Endpoint): string {
  return port === 22 ? `${user}@${host}` : `${user}@${host.includes(':') ? `[${host}]` : host}:${port}`;
}
