import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { AppError } from '../../shared/errors/app-error';

export interface ExecOptions {
  /** Written to the command's standard input, which is then closed. */
  readonly stdin?: string | Uint8Array;
  /** Kills the channel and rejects with `remote-command-failed` after this time; null: never. Default 60 000. */
  readonly timeoutMs?: number | null;
  /** Is called with the standard output as it comes, in whole characters; the result then has none of it. */
  readonly onOutput?: (text: string) => void;
  readonly signal?: AbortSignal;
  /** How the outputs become strings; `latin1` keeps each byte as one character. Default: `utf8`. */
  readonly encoding?: 'utf8' | 'latin1';
}

export interface ExecResult {
  /** Null when a signal ended the command. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A stream that can move the bytes between itself and a socket faster than `pipe` does. */
export interface SocketCarrier {
  /**
   * Copies both ways with back-pressure, and passes each end on alone. What happens when either side breaks off is
   * left to the caller.
   */
  carry(socket: Socket): void;
}

/** A client that came to a port or socket of the machine; it is answered once. */
export interface IncomingChannel {
  /** @throws connection-lost */
  accept(): Duplex;
  /** The client sees its connection end. */
  refuse(): void;
}

/** A port or socket of the machine that listens for us, until it is closed or the transport ends. */
export interface RemoteListener {
  /** Resolves once the machine has stopped listening, or the transport has ended. */
  close(): Promise<void>;
}

/**
 * One live, authenticated SSH transport. All that the rest of Nuvem knows of SSH.
 * Every method rejects with an `AppError`: `connection-lost` when the transport ends under it.
 */
export interface Transport {
  /** The address of this computer that it goes out from; null when that is not known. */
  readonly localAddress: string | null;
  /**
   * Runs a command by the user's remote login shell, without a terminal.
   * A non-zero exit code is a result, not an error.
   */
  exec(command: string, options?: ExecOptions): Promise<ExecResult>;
  /**
   * Runs a command as `exec` does, and resolves with a stream to its standard input and from its standard output;
   * standard error is dropped. Its input ends with the stream, or the transport: a command that then ends leaves
   * nothing behind on the machine. @throws channel-refused, remote-command-failed
   */
  openCommand(command: string): Promise<Duplex>;
  /** A stream to `host:port` as seen from the machine (RFC 4254, 7.2 `direct-tcpip`). @throws channel-refused, forwarding-refused */
  openTcp(host: string, port: number): Promise<Duplex>;
  /** A stream to a unix socket of the machine (`direct-streamlocal@openssh.com`). @throws channel-refused, forwarding-refused */
  openUnixSocket(path: string): Promise<Duplex>;
  /** Resolves with the round-trip time in ms once the server answered a keepalive. */
  ping(): Promise<number>;
  /** Ends the transport; idempotent. */
  close(): void;
  /** Calls back once when the transport ended, with null if `close` did it; at once if it already has. */
  onClosed(listener: (error: AppError | null) => void): () => void;
}

/** A transport that can take clients on the machine, where its sockets are. */
export interface Listening {
  /** Listens on the machine (RFC 4254, 7.1 `tcpip-forward`). @throws remote-listen-refused */
  listenTcp(
    address: string,
    port: number,
    onIncoming: (channel: IncomingChannel) => void,
  ): Promise<RemoteListener>;
  /** Listens on a unix socket of the machine (`streamlocal-forward@openssh.com`). @throws remote-listen-refused */
  listenUnixSocket(path: string, onIncoming: (channel: IncomingChannel) => void): Promise<RemoteListener>;
}
