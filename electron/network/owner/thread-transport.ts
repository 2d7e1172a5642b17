import type { Duplex } from 'node:stream';
import { AppError } from '../../../shared/errors/app-error';
import type { ErrorParams } from '../../../shared/errors/error-codes';
import type { ExecOptions, ExecResult, Transport } from '../../connection/transport';
import { isConnectionLost } from '../../connection/with-transport';
import type { Peer } from '../peer';
import type { PortStreams } from '../port-stream';
import type { NetworkSide, OwnerSide, StreamTarget } from '../protocol';

export type PeerOfNetwork = Peer<OwnerSide, NetworkSide>;

/** What the transports of one network thread share. */
export interface ThreadShare {
  readonly peer: PeerOfNetwork;
  readonly streams: PortStreams;
  /** Who gets the output of running commands as it comes. */
  readonly outputs: Map<number, (text: string) => void>;
  readonly newId: () => number;
}

/** A transport whose socket is in the network thread. */
export class ThreadTransport implements Transport {
  #localAddress: string | null = null;
  #isClosing = false;
  #closed: { readonly error: AppError | null } | null = null;
  readonly #listeners = new Set<(error: AppError | null) => void>();

  constructor(
    readonly id: number,
    private readonly share: ThreadShare,
    /** Names the machine in errors. */
    private readonly params: ErrorParams,
  ) {}

  get localAddress(): string | null {
    return this.#localAddress;
  }

  /** Call once the thread has connected it. */
  connected(localAddress: string | null): void {
    this.#localAddress = localAddress;
  }

  /** Call once the thread has said so, or has ended itself; see `onClosed`. */
  ended(error: AppError | null): void {
    if (this.#closed !== null) return;
    this.#closed = { error: this.#isClosing ? null : this.#named(error) };
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener(this.#closed.error);
  }

  async exec(command: string, options: ExecOptions = {}): Promise<ExecResult> {
    const { onOutput, signal, ...plain } = options;
    const { newId, outputs } = this.share;
    const execId = newId();
    if (onOutput !== undefined) outputs.set(execId, onOutput);
    const streamsOutput = onOutput !== undefined;
    try {
      return await this.#call('exec', { execId, command, streamsOutput, ...plain }, signal);
    } finally {
      outputs.delete(execId);
    }
  }

  openCommand(command: string): Promise<Duplex> {
    return this.#open({ kind: 'command', command });
  }

  openTcp(host: string, port: number): Promise<Duplex> {
    return this.#open({ kind: 'tcp', host, port });
  }

  openUnixSocket(path: string): Promise<Duplex> {
    return this.#open({ kind: 'unixSocket', path });
  }

  ping(): Promise<number> {
    return this.#call('ping', {});
  }

  close(): void {
    if (this.#isClosing || this.#closed !== null) return;
    this.#isClosing = true;
    this.share.peer.tell('closeTransport', { transportId: this.id });
  }

  onClosed(listener: (error: AppError | null) => void): () => void {
    if (this.#closed !== null) {
      listener(this.#closed.error);
      return () => undefined;
    }
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #open(target: StreamTarget): Promise<Duplex> {
    const streamId = this.share.newId();
    const stream = this.share.streams.make(streamId, true);
    const ignore = (): void => undefined;
    stream.on('error', ignore);
    try {
      await this.#call('openStream', { streamId, target });
      stream.off('error', ignore);
      return stream;
    } catch (error) {
      stream.destroy();
      throw error;
    }
  }

  async #call<K extends 'exec' | 'openStream' | 'ping'>(
    name: K,
    params: Omit<NetworkSide['calls'][K]['params'], 'transportId'>,
    signal?: AbortSignal,
  ): Promise<NetworkSide['calls'][K]['result']> {
    if (this.#isClosing || this.#closed !== null) throw this.#lost();
    try {
      return await this.share.peer.call(name, { ...params, transportId: this.id }, signal);
    } catch (thrown) {
      const error = AppError.from(thrown);
      throw isConnectionLost(error) ? this.#named(error) : error;
    }
  }

  #lost(): AppError {
    return this.#closed?.error ?? new AppError('connection-lost', this.params);
  }

  /** The thread's own end knows nothing of the machine. */
  #named(error: AppError | null): AppError {
    return error === null || error.params.host === undefined ? this.#lost() : error;
  }
}
