import type { MachineId } from '../../../shared/model/machine';
import type { MachineLink } from '../../connection/machine-link';
import { transportIdOf } from './owned-attempts';
import type { PeerOfNetwork } from './thread-transport';

/** Tells the network thread where the machines' connections are that its tunnels and gateways go over. */
export class LinkMirror {
  readonly #links = new Map<MachineId, MachineLink>();
  /** Counts the changes of each, so that what is known late is told of the latest only. */
  readonly #changes = new Map<MachineId, number>();

  constructor(private readonly peer: () => PeerOfNetwork) {}

  /** From now on, and before anything else that is said to the thread later. */
  follow(link: MachineLink): void {
    if (this.#links.has(link.machineId)) return;
    this.#links.set(link.machineId, link);
    link.onStateChanged(() => this.#tell(link));
    this.#tell(link);
  }

  /** Tells all of it to a new thread. */
  tellAll(): void {
    for (const link of this.#links.values()) this.#tell(link);
  }

  #tell(link: MachineLink): void {
    const { machineId } = link;
    const change = (this.#changes.get(machineId) ?? 0) + 1;
    this.#changes.set(machineId, change);
    const state = link.state();
    if (state.kind !== 'ready') {
      this.peer().tell('linkChanged', { machineId, state, transportId: null });
      return;
    }
    link.whenReady().then(
      (transport) => {
        if (this.#changes.get(machineId) !== change) return;
        const transportId = transportIdOf(transport);
        this.peer().tell('linkChanged', { machineId, state, transportId });
      },
      // It has changed again, which is told by itself.
      () => undefined,
    );
  }
}
