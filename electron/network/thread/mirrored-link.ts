import { AppError } from '../../../shared/errors/app-error';
import { type ConnectionState, isFinal } from '../../../shared/model/connection';
import type { MachineId } from '../../../shared/model/machine';
import type { MachineLink } from '../../connection/machine-link';
import type { Transport } from '../../connection/transport';

/** The transport has ended and the owner does not know yet: it will say at once what becomes of the connection. */
const onItsWay: ConnectionState = { kind: 'connecting', isReconnect: true };

/** A machine's link as its owner, in the main process, has told of it last. */
export class MirroredLink implements MachineLink {
  #state: ConnectionState = { kind: 'idle' };
  #transport: Transport | null = null;
  readonly #listeners = new Set<(state: ConnectionState) => void>();

  constructor(readonly machineId: MachineId) {}

  /** `transport`: the one of a connection that is ready; null when it has ended meanwhile. */
  follow(state: ConnectionState, transport: Transport | null): void {
    this.#transport = transport;
    this.#enter(state.kind === 'ready' && transport === null ? onItsWay : state);
    transport?.onClosed(() => {
      if (this.#transport !== transport) return;
      this.#transport = null;
      this.#enter(onItsWay);
    });
  }

  state(): ConnectionState {
    return this.#state;
  }

  onStateChanged(listener: (state: ConnectionState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  whenReady(signal?: AbortSignal): Promise<Transport> {
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        if (signal?.aborted) reject(signal.reason);
        else if (this.#transport !== null) resolve(this.#transport);
        else if (this.#state.kind === 'failed') reject(AppError.fromReport(this.#state.error));
        else if (isFinal(this.#state)) reject(new AppError('not-connected'));
        else return;
        forget();
        signal?.removeEventListener('abort', settle);
      };
      const forget = this.onStateChanged(settle);
      signal?.addEventListener('abort', settle);
      settle();
    });
  }

  #enter(state: ConnectionState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }
}
