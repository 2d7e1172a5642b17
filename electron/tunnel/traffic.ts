import type { Socket } from 'node:net';
import type { ErrorReport } from '../../shared/errors/app-error';
import type { TunnelActivity } from '../../shared/model/tunnel-status';

/** Bytes of one socket that were not the user's own: a SOCKS request and its answer. */
export interface Overhead {
  readonly readBytes: number;
  readonly writtenBytes: number;
}

const noOverhead: Overhead = { readBytes: 0, writtenBytes: 0 };

interface Moment {
  readonly atMs: number;
  readonly bytesUp: number;
  readonly bytesDown: number;
}

/**
 * Counts what goes through a tunnel, without work per packet: the sockets count their bytes themselves, and are
 * asked when somebody wants to know.
 */
export class Traffic {
  readonly #open = new Map<Socket, Overhead>();
  #waiting = 0;
  #closedUp = 0;
  #closedDown = 0;
  #lastError: ErrorReport | null = null;
  #last: Moment;

  constructor(
    nowMs: number,
    /** Called when something happens after a while without. */
    private readonly onBusy: () => void,
  ) {
    this.#last = { atMs: nowMs, bytesUp: 0, bytesDown: 0 };
  }

  /** A client has come, and waits until `opened` or `failed`. */
  came(): void {
    this.#waiting += 1;
    this.onBusy();
  }

  /** The client gave up waiting. */
  left(): void {
    this.#waiting -= 1;
    this.onBusy();
  }

  failed(error: ErrorReport): void {
    this.#waiting -= 1;
    this.#lastError = error;
    this.onBusy();
  }

  /** From now on `socket`, on this computer's side of the tunnel, carries the client's bytes. */
  opened(socket: Socket, overhead = noOverhead): void {
    this.#waiting -= 1;
    this.#lastError = null;
    this.#open.set(socket, overhead);
    socket.once('close', () => this.#closed(socket));
    this.onBusy();
  }

  get waiting(): number {
    return this.#waiting;
  }

  get isBusy(): boolean {
    return this.#open.size > 0 || this.#waiting > 0;
  }

  /** Totals, and rates since the last call. */
  measure(nowMs: number): TunnelActivity {
    let bytesUp = this.#closedUp;
    let bytesDown = this.#closedDown;
    for (const [socket, overhead] of this.#open) {
      bytesUp += socket.bytesRead - overhead.readBytes;
      bytesDown += socket.bytesWritten - overhead.writtenBytes;
    }
    const elapsedMs = Math.max(1, nowMs - this.#last.atMs);
    const rate = (now: number, before: number): number => Math.round(((now - before) * 1000) / elapsedMs);
    const activity = {
      ...this.#counts(),
      bytesUp,
      bytesDown,
      bytesUpPerSecond: rate(bytesUp, this.#last.bytesUp),
      bytesDownPerSecond: rate(bytesDown, this.#last.bytesDown),
    };
    this.#last = { atMs: nowMs, bytesUp, bytesDown };
    return activity;
  }

  #counts(): Pick<TunnelActivity, 'openConnections' | 'waitingConnections' | 'lastError'> {
    return {
      openConnections: this.#open.size,
      waitingConnections: this.#waiting,
      lastError: this.#lastError,
    };
  }

  #closed(socket: Socket): void {
    const overhead = this.#open.get(socket);
    if (overhead === undefined) return;
    this.#closedUp += socket.bytesRead - overhead.readBytes;
    this.#closedDown += socket.bytesWritten - overhead.writtenBytes;
    this.#open.delete(socket);
    this.onBusy();
  }
}
