import type { MachineId } from '../../shared/model/machine';
import type { MachineLink } from '../connection/machine-link';
import type { GatewayTextOf } from './gateway-pages';
import { GatewayProxy } from './proxy';
import { ProxyCredentials } from './proxy-credentials';
import type { GatewayRoute } from './routes';

/** What a proxy needs to know before it listens. */
export interface ProxyRequest {
  readonly machineId: MachineId;
  readonly username: string;
  /** Secret. */
  readonly password: string;
}

/** The proxy of a gateway that listens on 127.0.0.1. */
export interface OpenProxy {
  readonly port: number;
  /** Adds the route or replaces that of the same host. */
  setRoute(route: GatewayRoute): void;
  removeRoute(host: string): void;
  /** Breaks off everything and resolves once the port is free. */
  close(): Promise<void>;
}

/** Rejects with the system's error when no port can be had. */
export type ProxyOpener = (request: ProxyRequest) => Promise<OpenProxy>;

/**
 * Opens a proxy whose sockets are in this thread, at `port`, or with 0 where the system likes.
 * Rejects with the system's error.
 */
export async function openProxy(
  link: MachineLink,
  { username, password }: ProxyRequest,
  port: number,
  textOf: GatewayTextOf,
): Promise<OpenProxy> {
  const routes = new Map<string, GatewayRoute>();
  const proxy = new GatewayProxy(link, new ProxyCredentials(username, password), routes, textOf);
  return {
    port: await proxy.listen(port),
    setRoute: (route) => void routes.set(route.host, route),
    removeRoute: (host) => void routes.delete(host),
    close: () => proxy.close(),
  };
}
