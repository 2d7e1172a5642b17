import type { Duplex } from 'node:stream';
import type { AcceptConnection, Client, ClientChannel } from 'ssh2';
import { AppError } from '../../shared/errors/app-error';
import type { ErrorParams } from '../../shared/errors/error-codes';
import type { IncomingChannel, RemoteListener } from '../connection/transport';

type OnIncoming = (channel: IncomingChannel) => void;
type Done = (error?: Error | null) => void;

interface RemoteListenersDependencies {
  /** Names the machine in errors. */
  readonly params: ErrorParams;
  /** Rejects when the transport ends before `start` has settled. */
  readonly whileOpen: <T>(
    start: (resolve: (value: T) => void, reject: (error: unknown) => void) => void,
  ) => Promise<T>;
  /** The channel as a stream that ends with the transport. */
  readonly streamOf: (channel: ClientChannel) => Duplex;
  /** @throws connection-lost */
  readonly assertOpen: () => void;
}

/** The ports and sockets on which a machine listens for us over one transport. */
export class RemoteListeners {
  readonly #incoming = new Map<string, OnIncoming>();

  constructor(
    private readonly client: Client,
    private readonly deps: RemoteListenersDependencies,
  ) {
    client.on('tcp connection', ({ destIP, destPort }, accept, reject) =>
      this.#answer(tcpKey(destIP, destPort), accept, reject),
    );
    client.on('unix connection', ({ socketPath }, accept, reject) =>
      this.#answer(socketPath, accept, reject),
    );
  }

  listenTcp(address: string, port: number, onIncoming: OnIncoming): Promise<RemoteListener> {
    return this.#listen(
      tcpKey(address, port),
      onIncoming,
      (done) => this.client.forwardIn(address, port, done),
      (done) => this.client.unforwardIn(address, port, done),
    );
  }

  listenUnixSocket(path: string, onIncoming: OnIncoming): Promise<RemoteListener> {
    return this.#listen(
      path,
      onIncoming,
      (done) => this.client.openssh_forwardInStreamLocal(path, done),
      (done) => this.client.openssh_unforwardInStreamLocal(path, done),
    );
  }

  async #listen(
    listen: string,
    onIncoming: OnIncoming,
    start: (done: Done) => void,
    stop: (done: Done) => void,
  ): Promise<RemoteListener> {
    const { params, whileOpen } = this.deps;
    await whileOpen<void>((resolve, reject) =>
      start((error) => {
        if (error)
          return reject(new AppError('remote-listen-refused', { ...params, listen }, { cause: error }));
        // Before any client of it can be told of: those come after this answer.
        this.#incoming.set(listen, onIncoming);
        resolve();
      }),
    );
    let closing: Promise<void> | null = null;
    return {
      close: () => {
        closing ??= whileOpen<void>((resolve) => stop(() => resolve())).then(
          () => void this.#incoming.delete(listen),
          // The transport has ended, and with it the listening.
          () => void this.#incoming.delete(listen),
        );
        return closing;
      },
    };
  }

  #answer(listen: string, accept: AcceptConnection, refuse: () => void): void {
    const onIncoming = this.#incoming.get(listen);
    if (onIncoming === undefined) {
      refuse();
      return;
    }
    onIncoming({
      accept: () => {
        this.deps.assertOpen();
        // ssh2 makes the same kind of channel for both directions; its types tell them apart.
        return this.deps.streamOf(accept() as ClientChannel);
      },
      refuse,
    });
  }
}

const tcpKey = (address: string, port: number): string => `${address}:${port}`;
