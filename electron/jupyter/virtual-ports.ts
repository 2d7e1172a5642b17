import type { ServerId } from '../../shared/model/notebook';
import type { RemoteTarget } from '../gateway/routes';

const firstPort = 8888;

/**
 * Gives each server of one machine the name under which the machine's tabs know it: `localhost:<port>`. A
 * server on a real port keeps that; others get 8888, 8889, ... as if they were alone on their computer.
 */
export class VirtualPorts {
  readonly #owners = new Map<number, ServerId>();

  /** The same for the same server until it is given back. */
  hostOf(serverId: ServerId, target: RemoteTarget): string {
    for (const [port, owner] of this.#owners) if (owner === serverId) return `localhost:${port}`;
    let port = target.kind === 'tcp' ? target.port : firstPort;
    while (this.#owners.has(port)) port = port >= 65_535 ? 1024 : port + 1;
    this.#owners.set(port, serverId);
    return `localhost:${port}`;
  }

  giveBack(serverId: ServerId): void {
    for (const [port, owner] of this.#owners) if (owner === serverId) this.#owners.delete(port);
  }
}
