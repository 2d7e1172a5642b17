import { once } from 'node:events';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { MachineLink } from '../../../electron/connection/machine-link';
import type { Transport } from '../../../electron/connection/transport';
import { AppError } from '../../../shared/errors/app-error';
import type { ConnectionState } from '../../../shared/model/connection';
import type { MachineId } from '../../../shared/model/machine';

/** A machine whose far side is this computer and whose connection does as the test says. */
export class FakeMachineLink implements MachineLink {
  #state: ConnectionState = { kind: 'ready', sinceMs: 0 };
  #transport = new FakeTransport();
  readonly #listeners = new Set<(state: ConnectionState) => void>();

  constructor(readonly machineId: MachineId) {}

  get transport(): FakeTransport {
    return this.#transport;
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
        if (signal?.aborted === true) reject(signal.reason);
        else if (this.#state.kind === 'ready') resolve(this.#transport);
        else if (this.#state.kind === 'failed') reject(AppError.fromReport(this.#state.error));
        else if (this.#state.kind === 'closed') reject(new AppError('not-connected'));
        else return;
        forget();
        signal?.removeEventListener('abort', settle);
      };
      const forget = this.onStateChanged(settle);
      signal?.addEventListener('abort', settle);
      settle();
    });
  }

  /** How many wait for the connection. */
  get waiting(): number {
    return this.#listeners.size;
  }

  lose(): void {
    const error = new AppError('connection-lost');
    this.#enter({ kind: 'waitingToRetry', retryNumber: 1, nextTryAtMs: 0, error: error.toReport() });
    this.#transport.end(error);
  }

  comeBack(): void {
    this.#transport = new FakeTransport();
    this.#enter({ kind: 'ready', sinceMs: 0 });
  }

  fail(error: AppError): void {
    this.#enter({ kind: 'failed', error: error.toReport() });
    this.#transport.end(error);
  }

  disconnect(): void {
    this.#enter({ kind: 'closed' });
    this.#transport.end(null);
  }

  #enter(state: ConnectionState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }
}

class FakeTransport implements Transport {
  localAddress: string | null = null;
  readonly #listeners = new Set<(error: AppError | null) => void>();
  /** Channels that were opened and are not closed. */
  readonly channels = new Set<Duplex>();
  readonly opened: string[] = [];
  #ended: { readonly error: AppError | null } | null = null;

  async openTcp(host: string, port: number): Promise<Duplex> {
    return this.#open(`${host}:${port}`, { host: '127.0.0.1', port });
  }

  async openUnixSocket(path: string): Promise<Duplex> {
    return this.#open(path, { path });
  }

  listenTcp(): never {
    throw new Error('a gateway listens on no machine');
  }

  listenUnixSocket(): never {
    throw new Error('a gateway listens on no machine');
  }

  exec(): never {
    throw new Error('a gateway runs no commands');
  }

  openCommand(): never {
    throw new Error('a gateway runs no commands');
  }

  async ping(): Promise<number> {
    return 0;
  }

  close(): void {
    this.end(null);
  }

  onClosed(listener: (error: AppError | null) => void): () => void {
    if (this.#ended !== null) listener(this.#ended.error);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  end(error: AppError | null): void {
    this.#ended = { error };
    for (const channel of this.channels) channel.destroy(error ?? undefined);
    for (const listener of [...this.#listeners]) listener(error);
  }

  async #open(name: string, to: { host: string; port: number } | { path: string }): Promise<Duplex> {
    this.opened.push(name);
    if (this.#ended !== null) throw new AppError('connection-lost');
    const channel = connect({ ...to, allowHalfOpen: true });
    try {
      await once(channel, 'connect');
    } catch (error) {
      throw new AppError('channel-refused', {}, { cause: error });
    }
    this.channels.add(channel);
    channel.once('close', () => this.channels.delete(channel));
    channel.on('error', () => channel.destroy());
    return channel;
  }
}
