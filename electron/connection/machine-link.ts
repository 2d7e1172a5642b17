import type { ConnectionState } from '../../shared/model/connection';
import type { Identity, MachineId } from '../../shared/model/machine';
import type { Transport } from './transport';

/** What a user of a machine's connection (gateway, notebook, tunnel) sees of it. */
export interface MachineLink {
  readonly machineId: MachineId;
  state(): ConnectionState;
  onStateChanged(listener: (state: ConnectionState) => void): () => void;
  /**
   * Resolves with the live transport, waiting for as long as the connection is on its way or between retries.
   * Rejects with an `AppError` when only the user can make it move again (`not-connected`, or why it failed).
   * Starts nothing by itself.
   */
  whenReady(signal?: AbortSignal): Promise<Transport>;
}

/** A claim on a machine's connection: while one is held, the connection is made and kept. */
export interface Lease {
  readonly link: MachineLink;
  /** Gives the claim back; idempotent. The last one given back closes the connection. */
  release(): void;
}

/** Hands out the one shared connection of each machine. */
export interface Connections {
  /**
   * Starts connecting if nobody has yet; concurrent callers share one attempt. With an `identity`, that is signed in
   * with instead of the machine's own; all share that connection until it ends.
   */
  acquire(machineId: MachineId, identity?: Identity): Lease;
  link(machineId: MachineId): MachineLink;
}
