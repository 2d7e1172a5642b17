import type { MachineId } from '../../../shared/model/machine';
import type { MachineLink } from '../../connection/machine-link';
import type { GatewayTextOf } from '../../gateway/gateway-pages';
import { type OpenProxy, openProxy } from '../../gateway/open-proxy';
import type { HandlersOf } from '../peer';
import type { NetworkSide } from '../protocol';

type Handlers = HandlersOf<NetworkSide>;

/** The gateways' proxies in this thread, by the ids that their owner gives them. */
export class ServedProxies {
  readonly #proxies = new Map<number, OpenProxy>();

  constructor(
    private readonly linkOf: (machineId: MachineId) => MachineLink,
    private readonly textOf: GatewayTextOf,
  ) {}

  readonly calls: Pick<Handlers['calls'], 'openProxy' | 'closeProxy'> = {
    openProxy: async ({ proxyId, request, port, routes }) => {
      const proxy = await openProxy(this.linkOf(request.machineId), request, port, this.textOf);
      for (const route of routes) proxy.setRoute(route);
      this.#proxies.set(proxyId, proxy);
      return proxy.port;
    },
    closeProxy: async ({ proxyId }) => {
      const proxy = this.#proxies.get(proxyId);
      this.#proxies.delete(proxyId);
      await proxy?.close();
      return undefined;
    },
  };

  readonly notes: Pick<Handlers['notes'], 'setRoute' | 'removeRoute'> = {
    setRoute: ({ proxyId, route }) => this.#proxies.get(proxyId)?.setRoute(route),
    removeRoute: ({ proxyId, host }) => this.#proxies.get(proxyId)?.removeRoute(host),
  };
}
