import { AppError } from '../../shared/errors/app-error';
import type { ConnectionSnapshot, ConnectionState } from '../../shared/model/connection';
import type { Identity, MachineId } from '../../shared/model/machine';
import type { Connection } from './connection';
import type { MachineLink } from './machine-link';
import type { Transport } from './transport';

/** A machine's place at a connection, which machines of the same route and identity share. */
export class Seat implements MachineLink {
  /** The user's own claim: stays until they disconnect. */
  isClaimed = false;
  /** Signed in with instead of the machine's own, as long as this connection lasts; null: its own. */
  identity: Identity | null = null;
  /** Claims of the app's parts: notebooks, tunnels. */
  readonly leases = new Set<symbol>();
  #connection: Connection | null = null;
  #state: ConnectionState = { kind: 'idle' };
  #revision = 0;
  #stopListening: () => void = () => undefined;
  readonly #listeners = new Set<(state: ConnectionState) => void>();

  constructor(
    readonly machineId: MachineId,
    private readonly onChanged: (snapshot: ConnectionSnapshot) => void,
  ) {}

  get connection(): Connection | null {
    return this.#connection;
  }

  get isUsed(): boolean {
    return this.isClaimed || this.leases.size > 0;
  }

  /** Follows `connection` from now on. */
  take(connection: Connection): void {
    if (this.#connection === connection) return;
    this.#stopListening();
    this.#connection = connection;
    this.#stopListening = connection.onStateChanged((state) => this.#setState(state));
    if (connection.state().kind !== this.#state.kind) this.#setState(connection.state());
  }

  /** Leaves the connection to the others who use it: for this machine it is closed. */
  leave(): void {
    this.#stopListening();
    this.#connection = null;
    this.#setState({ kind: 'closed' });
  }

  /** There is no way to the machine: leaves its connection, if any, and says why. */
  refuse(error: AppError): void {
    this.#stopListening();
    this.#connection = null;
    this.#setState({ kind: 'failed', error: error.toReport() });
  }

  state(): ConnectionState {
    return this.#state;
  }

  snapshot(): ConnectionSnapshot {
    return { machineId: this.machineId, revision: this.#revision, state: this.#state };
  }

  onStateChanged(listener: (state: ConnectionState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async whenReady(signal?: AbortSignal): Promise<Transport> {
    signal?.throwIfAborted();
    const connection = this.#connection;
    if (connection === null) {
      if (this.#state.kind === 'failed') throw AppError.fromReport(this.#state.error);
      throw new AppError('not-connected');
    }
    const left = new AbortController();
    const stopListening = this.onStateChanged(() => {
      if (this.#connection !== connection) left.abort(new AppError('cancelled'));
    });
    try {
      return await connection.whenReady(
        signal === undefined ? left.signal : AbortSignal.any([signal, left.signal]),
      );
    } finally {
      stopListening();
    }
  }

  #setState(state: ConnectionState): void {
    this.#state = state;
    this.#revision += 1;
    for (const listener of [...this.#listeners]) listener(state);
    this.onChanged(this.snapshot());
  }
}
