import type { Duplex } from 'node:stream';

const heldBytesAtMost = 64 * 1024;

/**
 * Holds a socket open that has nowhere to go yet. What arrives is kept, so that nothing is lost, and the
 * socket's end is noticed, which a socket that nobody reads from never tells.
 */
export class ParkedSocket {
  readonly #held: Buffer[] = [];
  #heldBytes = 0;
  readonly #gone = new AbortController();

  constructor(
    readonly socket: Duplex,
    head: Buffer,
  ) {
    if (head.length > 0) this.#hold(head);
    socket.on('readable', this.#onReadable);
    socket.on('end', this.#onGone);
    socket.on('close', this.#onGone);
    socket.on('error', this.#onGone);
    if (socket.destroyed || socket.readableEnded) this.#gone.abort();
  }

  /** Aborted once the other end has left. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** Writes what was held to `channel` and joins both until either ends. Call it once `channel` is open. */
  leaveTo(channel: Duplex): void {
    this.#letGo();
    for (const chunk of this.#held.splice(0)) channel.write(chunk);
    join(this.socket, channel);
  }

  /** Gives the socket up; what was held is dropped. */
  release(): Duplex {
    this.#letGo();
    return this.socket;
  }

  #letGo(): void {
    this.socket.off('readable', this.#onReadable);
    this.socket.off('end', this.#onGone);
    this.socket.off('close', this.#onGone);
    this.socket.off('error', this.#onGone);
  }

  #hold(chunk: Buffer): void {
    this.#held.push(chunk);
    this.#heldBytes += chunk.length;
  }

  readonly #onReadable = (): void => {
    while (this.#heldBytes < heldBytesAtMost) {
      const chunk = this.socket.read() as Buffer | null;
      if (chunk === null) return;
      this.#hold(chunk);
    }
  };

  readonly #onGone = (): void => {
    this.#gone.abort();
    this.socket.destroy();
  };
}

/** Copies both ways with back-pressure; when one side breaks off, the other one does too. */
function join(one: Duplex, other: Duplex): void {
  pass(one, other);
  pass(other, one);
}

function pass(from: Duplex, to: Duplex): void {
  from.on('error', () => from.destroy());
  from.on('close', () => {
    const hasDeliveredAll = from.readableEnded && !from.errored;
    if (!hasDeliveredAll || to.writableFinished) to.destroy();
    else to.once('finish', () => to.destroy());
  });
  from.pipe(to);
}
