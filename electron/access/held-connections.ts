import { isFinal } from '../../shared/model/connection';
import type { MachineId } from '../../shared/model/machine';
import type { Connections, Lease, MachineLink } from '../connection/machine-link';

/** Leases of machines' connections, each held from its first use until the user disconnects or it fails. */
export class HeldConnections {
  readonly #leases = new Map<MachineId, Lease>();

  constructor(
    private readonly connections: Connections,
    /** Called when a machine's connection is held no longer. */
    private readonly onLetGo: (machineId: MachineId) => void = () => undefined,
  ) {}

  /** The machine's link, which is connecting if it was not ready. @throws machine-not-found */
  link(machineId: MachineId): MachineLink {
    const held = this.#leases.get(machineId);
    if (held !== undefined && !isFinal(held.link.state())) return held.link;
    return this.#hold(machineId, this.connections.acquire(machineId));
  }

  /** The same by password, whatever the machine's identity is. @throws machine-not-found */
  linkByPassword(machineId: MachineId): MachineLink {
    return this.#hold(machineId, this.connections.acquire(machineId, { kind: 'password' }));
  }

  letGo(machineId: MachineId): void {
    const lease = this.#leases.get(machineId);
    if (lease === undefined) return;
    this.#leases.delete(machineId);
    this.onLetGo(machineId);
    lease.release();
  }

  #hold(machineId: MachineId, lease: Lease): MachineLink {
    this.#leases.get(machineId)?.release();
    this.#leases.set(machineId, lease);
    const stopListening = lease.link.onStateChanged((state) => {
      if (state.kind !== 'closed' && state.kind !== 'failed') return;
      stopListening();
      if (this.#leases.get(machineId) === lease) this.letGo(machineId);
      else lease.release();
    });
    return lease.link;
  }
}
