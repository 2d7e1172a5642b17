import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Client, ClientChannel } from 'ssh2';
import { AppError } from '../../shared/errors/app-error';
import type { ErrorParams } from '../../shared/errors/error-codes';
import type {
  ExecOptions,
  ExecResult,
  IncomingChannel,
  Listening,
  RemoteListener,
  Transport,
} from '../connection/transport';
import type { Clock } from '../system/clock';
import { ChannelStream } from './channel-stream';
import { classifyChannelError, classifyLoss } from './classify-error';
import { endPolitely } from './end-politely';
import { collect } from './exec';
import { Keepalive, type KeepaliveOptions } from './keepalive';
import type { PacketStream } from './packet-stream';
import { RemoteListeners } from './remote-listeners';
import { ping } from './ssh2-internals';
import { WindowOverrun } from './window-guard';
import type { Wire } from './wire';

export interface Ssh2TransportOptions {
  readonly clock: Clock;
  /** Names the machine in errors. */
  readonly params: ErrorParams;
  /** The jump host that the wire goes through: its loss is the reason of this one's, and it ends with this one. */
  readonly over: Transport | null;
  readonly keepalive: Pick<KeepaliveOptions, 'intervalMs' | 'missedAllowed' | 'onMissed'>;
}

/** A logged-in ssh2 client as a `Transport`. */
export class Ssh2Transport implements Transport, Listening {
  readonly localAddress: string | null;
  readonly #keepalive: Keepalive;
  readonly #closedListeners = new Set<(error: AppError | null) => void>();
  /** Rejects what waits for the server, once the transport has ended. */
  readonly #waiting = new Set<(error: AppError) => void>();
  readonly #streams = new Set<ChannelStream>();
  readonly #listeners: RemoteListeners;
  #isClosing = false;
  #reason: AppError | null = null;
  #hasClosed = false;

  constructor(
    private readonly client: Client,
    private readonly socket: Wire,
    private readonly packets: PacketStream,
    private readonly options: Ssh2TransportOptions,
  ) {
    // Each stream that waits for the socket to drain listens to it.
    socket.setMaxListeners(0);
    // A socket that has ended does not tell any more.
    this.localAddress =
      options.over?.localAddress ?? (socket instanceof Socket ? (socket.localAddress ?? null) : null);
    options.over?.onClosed((error) => {
      this.#reason ??= error;
    });
    client.on('error', (error) => {
      this.#reason ??= classifyLoss(error, options.params);
      // Without the slab reader ssh2 only ends its half of the socket, and the server goes on sending.
      if (error instanceof WindowOverrun) socket.destroy();
    });
    client.once('close', () => this.#onClosed());
    this.#listeners = new RemoteListeners(client, {
      params: options.params,
      whileOpen: (start) => this.#whileOpen(start),
      streamOf: (channel) => this.#streamOf(channel),
      assertOpen: () => {
        if (this.#isClosing || this.#hasClosed) throw this.#lost();
      },
    });
    this.#keepalive = new Keepalive({
      ...options.keepalive,
      clock: options.clock,
      bytesReceived: () => socket.bytesRead,
      ping: () => this.#measureRoundTrip(),
      onDead: () => {
        this.#reason ??= new AppError('connection-lost', { ...options.params, reason: 'silent' });
        socket.destroy();
      },
    });
    this.#keepalive.start();
    this.#measureRoundTrip();
  }

  async exec(command: string, options: ExecOptions = {}): Promise<ExecResult> {
    const channel = await this.#startCommand(command, (opened) => opened);
    return this.#whileOpen((resolve, reject) => {
      collect(this.client, channel, options, this.options.clock).then(resolve, reject);
    });
  }

  openCommand(command: string): Promise<Duplex> {
    return this.#startCommand(command, (channel) => {
      channel.stderr.resume();
      return this.#streamOf(channel);
    });
  }

  openTcp(host: string, port: number): Promise<Duplex> {
    return this.#openStream({ host, port }, (callback) =>
      this.client.forwardOut('127.0.0.1', 0, host, port, callback),
    );
  }

  openUnixSocket(path: string): Promise<Duplex> {
    return this.#openStream({ path }, (callback) =>
      this.client.openssh_forwardOutStreamLocal(path, callback),
    );
  }

  listenTcp(
    address: string,
    port: number,
    onIncoming: (channel: IncomingChannel) => void,
  ): Promise<RemoteListener> {
    return this.#listeners.listenTcp(address, port, onIncoming);
  }

  listenUnixSocket(path: string, onIncoming: (channel: IncomingChannel) => void): Promise<RemoteListener> {
    return this.#listeners.listenUnixSocket(path, onIncoming);
  }

  async ping(): Promise<number> {
    const { clock } = this.options;
    const startedMs = clock.monotonicMs();
    await this.#whileOpen<void>((resolve) => ping(this.client, resolve));
    return clock.monotonicMs() - startedMs;
  }

  close(): void {
    if (this.#isClosing || this.#hasClosed) return;
    this.#isClosing = true;
    this.#keepalive.stop();
    endPolitely(this.client, this.socket, this.options.clock);
  }

  onClosed(listener: (error: AppError | null) => void): () => void {
    if (this.#hasClosed) {
      listener(this.#closedWith());
      return () => undefined;
    }
    this.#closedListeners.add(listener);
    return () => this.#closedListeners.delete(listener);
  }

  #measureRoundTrip(): void {
    const { clock } = this.options;
    const startedMs = clock.monotonicMs();
    ping(this.client, () => this.packets.roundTrip.add(clock.monotonicMs() - startedMs));
  }

  /** `take` gets the channel before any of its output has come. */
  #startCommand<T>(command: string, take: (channel: ClientChannel) => T): Promise<T> {
    return this.#whileOpen((resolve, reject) => {
      this.client.exec(command, (error, opened) => {
        if (error) reject(this.#execError(error));
        else resolve(take(opened));
      });
    });
  }

  #openStream(
    target: ErrorParams,
    open: (callback: (error: Error | undefined, channel: ClientChannel) => void) => unknown,
  ): Promise<Duplex> {
    return this.#whileOpen((resolve, reject) => {
      open((error, channel) => {
        if (error)
          return reject(classifyChannelError(error, { ...this.options.params, ...namedTarget(target) }));
        resolve(this.#streamOf(channel));
      });
    });
  }

  #streamOf(channel: ClientChannel): ChannelStream {
    const stream = new ChannelStream(
      channel,
      this.packets,
      () => this.options.clock.monotonicMs(),
      this.options.params,
    );
    this.#streams.add(stream);
    stream.once('close', () => this.#streams.delete(stream));
    return stream;
  }

  /** Runs `start` unless the transport has ended, and rejects when it ends before an answer came. */
  #whileOpen<T>(start: (resolve: (value: T) => void, reject: (error: unknown) => void) => void): Promise<T> {
    if (this.#isClosing || this.#hasClosed) return Promise.reject(this.#lost());
    return new Promise<T>((resolve, reject) => {
      this.#waiting.add(reject);
      const settled = () => this.#waiting.delete(reject);
      try {
        start(
          (value) => {
            settled();
            resolve(value);
          },
          (error) => {
            settled();
            reject(error);
          },
        );
      } catch (error) {
        // ssh2 throws at once when its socket is gone but has not said so yet.
        settled();
        reject(new AppError('connection-lost', this.options.params, { cause: error }));
      }
    });
  }

  #execError(error: Error & { reason?: number | string }): AppError {
    if (error.reason !== undefined) return classifyChannelError(error, this.options.params);
    // The channel opened, but the server would not run the command.
    return this.#hasClosed
      ? this.#lost()
      : new AppError('remote-command-failed', { reason: 'refused' }, { cause: error });
  }

  #lost(): AppError {
    return this.#reason ?? new AppError('connection-lost', this.options.params);
  }

  #closedWith(): AppError | null {
    return this.#isClosing ? null : this.#lost();
  }

  #onClosed(): void {
    this.#hasClosed = true;
    this.#keepalive.stop();
    const error = this.#lost();
    for (const stream of this.#streams) stream.destroy(error);
    for (const reject of this.#waiting) reject(error);
    this.#waiting.clear();
    const listeners = [...this.#closedListeners];
    this.#closedListeners.clear();
    for (const listener of listeners) listener(this.#closedWith());
    this.options.over?.close();
  }
}

/** The far end of a stream, told apart from the machine's own `host` and `port` in the same error. */
function namedTarget(target: ErrorParams): ErrorParams {
  return { target: 'path' in target ? String(target.path) : `${target.host}:${target.port}` };
}
