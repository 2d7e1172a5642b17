import type { Socket } from 'node:net';
import type { ReadSlab } from './read-slab';

/**
 * Writes to a socket straight from the memory that the SSH socket was read into. What the system does not take at
 * once keeps that memory; what comes behind it is copied and waits. How much may wait is the channel's window.
 */
export class SlabWriter {
  readonly #queue: Buffer[] = [];
  #slab: ReadSlab | null = null;
  /** Of the write that the system has not taken yet. */
  #writingBytes = 0;
  #issued = 0;
  #called = 0;
  #awaitedCall = 0;
  #onWritten: (() => void) | null = null;

  constructor(
    private readonly socket: Socket,
    private readonly consumed: (bytes: number) => void,
  ) {
    socket.once('close', () => this.#drop());
  }

  write(data: Buffer, slab: ReadSlab | null): void {
    if (this.#writingBytes > 0) this.#queue.push(slab === null ? data : Buffer.from(data));
    else this.#start(data, slab);
  }

  /** Calls back once all that was given has been written, or can't be. */
  whenWritten(then: () => void): void {
    if (this.#writingBytes === 0) then();
    else this.#onWritten = then;
  }

  #start(data: Buffer, slab: ReadSlab | null): void {
    const { socket } = this;
    if (!socket.writable) {
      this.consumed(data.length);
      return;
    }
    this.#issued += 1;
    socket.write(data, this.#onCalled);
    if (socket.writableLength === 0) {
      this.consumed(data.length);
      return;
    }
    slab?.hold();
    this.#slab = slab;
    this.#writingBytes = data.length;
    this.#awaitedCall = this.#issued;
  }

  /** A write that the system took at once is called back too, later. */
  readonly #onCalled = (): void => {
    this.#called += 1;
    if (this.#writingBytes === 0 || this.#called < this.#awaitedCall) return;
    const bytes = this.#writingBytes;
    this.#writingBytes = 0;
    this.#slab?.release();
    this.#slab = null;
    this.consumed(bytes);
    const next = this.#queue.length > 1 ? Buffer.concat(this.#queue.splice(0)) : this.#queue.shift();
    if (next !== undefined) this.#start(next, null);
    if (this.#writingBytes === 0) this.#finish();
  };

  #drop(): void {
    this.#queue.length = 0;
    this.#finish();
  }

  #finish(): void {
    const then = this.#onWritten;
    this.#onWritten = null;
    then?.();
  }
}
