import type { MachineId } from '../../shared/model/machine';
import type { ConnectionLog } from '../connection/connection-log';
import type { ProxyOpener } from './open-proxy';
import type { GatewayRoute } from './routes';

const username = 'nuvem';

/** The way from a machine's tabs to that machine: a proxy on 127.0.0.1 that only they can use. */
export interface Gateway {
  readonly machineId: MachineId;
  readonly port: number;
  readonly username: string;
  /** Secret of this run; for the partition of this machine alone. */
  readonly password: string;
  /** Adds the route or replaces that of the same host. */
  setRoute(route: GatewayRoute): void;
  removeRoute(host: string): void;
  routes(): readonly GatewayRoute[];
  close(): Promise<void>;
}

export interface GatewayDependencies {
  readonly openProxy: ProxyOpener;
  /** A new secret, at least 128 bits, of printable ASCII without `:`. */
  readonly randomSecret: () => string;
  readonly log: ConnectionLog;
}

/** One gateway per machine, opened on demand and kept until it is closed. */
export class Gateways {
  readonly #opening = new Map<MachineId, Promise<Gateway>>();
  readonly #open = new Map<MachineId, Gateway>();

  constructor(private readonly dependencies: GatewayDependencies) {}

  /** Concurrent calls share one gateway. Rejects with the system's error when no port can be had. */
  open(machineId: MachineId): Promise<Gateway> {
    const known = this.#opening.get(machineId);
    if (known !== undefined) return known;
    const opening = this.#start(machineId);
    this.#opening.set(machineId, opening);
    opening.catch(() => this.#opening.delete(machineId));
    return opening;
  }

  get(machineId: MachineId): Gateway | undefined {
    return this.#open.get(machineId);
  }

  /** What the proxy on this port of 127.0.0.1 asks for; undefined: not one of ours. */
  authorizationFor(port: number): { readonly username: string; readonly password: string } | undefined {
    for (const gateway of this.#open.values()) {
      if (gateway.port === port) return { username: gateway.username, password: gateway.password };
    }
    return undefined;
  }

  async close(machineId: MachineId): Promise<void> {
    const opening = this.#opening.get(machineId);
    await (await opening)?.close();
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#opening.keys()].map((machineId) => this.close(machineId)));
  }

  async #start(machineId: MachineId): Promise<Gateway> {
    const { openProxy, randomSecret, log } = this.dependencies;
    const password = randomSecret();
    const routes = new Map<string, GatewayRoute>();
    const proxy = await openProxy({ machineId, username, password });
    const { port } = proxy;
    const gateway: Gateway = {
      machineId,
      port,
      username,
      password,
      setRoute: (route) => {
        routes.set(route.host, route);
        proxy.setRoute(route);
      },
      removeRoute: (host) => {
        routes.delete(host);
        proxy.removeRoute(host);
      },
      routes: () => [...routes.values()],
      close: async () => {
        this.#open.delete(machineId);
        this.#opening.delete(machineId);
        await proxy.close();
      },
    };
    this.#open.set(machineId, gateway);
    log.write(machineId, 'gateway-opened', { port });
    return gateway;
  }
}
