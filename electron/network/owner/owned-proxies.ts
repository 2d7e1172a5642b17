import type { MachineId } from '../../../shared/model/machine';
import type { MachineLink } from '../../connection/machine-link';
import type { OpenProxy, ProxyOpener, ProxyRequest } from '../../gateway/open-proxy';
import type { GatewayRoute } from '../../gateway/routes';
import type { LinkMirror } from './link-mirror';
import type { PeerOfNetwork } from './thread-transport';

interface Owned {
  readonly request: ProxyRequest;
  readonly port: number;
  readonly routes: Map<string, GatewayRoute>;
}

interface OwnedProxiesDependencies {
  readonly peer: () => PeerOfNetwork;
  readonly mirror: LinkMirror;
  readonly newId: () => number;
  readonly linkOf: (machineId: MachineId) => MachineLink;
  /** A proxy did not open again in a new thread. */
  readonly onFault: (place: string, error: unknown) => void;
}

/** The gateways' proxies that are in the network thread. */
export class OwnedProxies {
  readonly #proxies = new Map<number, Owned>();

  constructor(private readonly deps: OwnedProxiesDependencies) {}

  readonly open: ProxyOpener = async (request): Promise<OpenProxy> => {
    const { peer, mirror, newId, linkOf } = this.deps;
    mirror.follow(linkOf(request.machineId));
    const proxyId = newId();
    const port = await peer().call('openProxy', { proxyId, request, port: 0, routes: [] });
    const routes = new Map<string, GatewayRoute>();
    this.#proxies.set(proxyId, { request, port, routes });
    return {
      port,
      setRoute: (route) => {
        routes.set(route.host, route);
        peer().tell('setRoute', { proxyId, route });
      },
      removeRoute: (host) => {
        routes.delete(host);
        peer().tell('removeRoute', { proxyId, host });
      },
      close: async () => {
        this.#proxies.delete(proxyId);
        await peer().call('closeProxy', { proxyId });
      },
    };
  };

  /** There is a new thread: the browser goes on asking at the same ports. */
  restart(): void {
    const { peer, onFault } = this.deps;
    for (const [proxyId, { request, port, routes }] of this.#proxies) {
      const reopened = peer().call('openProxy', { proxyId, request, port, routes: [...routes.values()] });
      reopened.catch((error: unknown) => onFault(`gateway on port ${port}`, error));
    }
  }
}
