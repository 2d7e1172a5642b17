import type { Socket } from 'node:net';

const slabBytes = 256 * 1024;
const sparesAtMost = 8;

/** Memory that a socket reads into, and that is used again once nobody needs what it holds. */
export class ReadSlab {
  readonly memory = Buffer.allocUnsafeSlow(slabBytes);
  #holds = 0;
  #isLeft = false;

  /** Whoever holds it sees its bytes unchanged until the `release` of the same holder. */
  hold(): void {
    this.#holds += 1;
  }

  readonly release = (): void => {
    this.#holds -= 1;
    this.#reuse();
  };

  get isHeld(): boolean {
    return this.#holds > 0;
  }

  /** The reader reads elsewhere from now on. */
  leave(): void {
    this.#isLeft = true;
    this.#reuse();
  }

  #reuse(): void {
    if (!this.#isLeft || this.#holds > 0 || spares.length >= sparesAtMost) return;
    this.#isLeft = false;
    spares.push(this);
  }
}

const spares: ReadSlab[] = [];

/** Takes what it can use of the first `end` bytes of the slab's memory; returns where the rest starts. */
export type SlabConsumer = (slab: ReadSlab, end: number) => number;

/**
 * Reads a socket into memory that is used again: in Electron a fresh buffer for every read costs more than
 * decrypting what is in it. Until `consumeWith`, the socket is an ordinary stream.
 */
export class SlabReader {
  #slab: ReadSlab | null = null;
  /** Bytes at the start of the slab that wait for more. */
  #restBytes = 0;
  #consumer: SlabConsumer | null = null;
  #socket: Socket | null = null;

  /** For `connect`. */
  readonly onread = {
    buffer: (): Buffer => {
      if (this.#slab?.isHeld === true) this.#moveOn();
      this.#slab ??= spares.pop() ?? new ReadSlab();
      return this.#slab.memory.subarray(this.#restBytes);
    },
    callback: (count: number): boolean => this.#onRead(count),
  };

  attach(socket: Socket): void {
    this.#socket = socket;
    readers.set(socket, this);
  }

  /** From now on reads go to `consumer`, as soon as nothing waits in the stream any more; null ends that. */
  consumeWith(consumer: SlabConsumer | null): void {
    this.#consumer = consumer;
  }

  #onRead(count: number): boolean {
    const slab = this.#slab;
    const socket = this.#socket;
    if (slab === null || socket === null) return true;
    const end = this.#restBytes + count;
    if (this.#consumer === null || socket.readableLength > 0) {
      this.#restBytes = 0;
      return socket.push(Buffer.from(slab.memory.subarray(0, end)));
    }
    const used = this.#consumer(slab, end);
    if (used > 0 && used < end) {
      if (slab.isHeld) this.#moveOn(used, end);
      else slab.memory.copyWithin(0, used, end);
    }
    this.#restBytes = end - used;
    return true;
  }

  /** Goes on in another slab, with the bytes that wait for more. */
  #moveOn(start = 0, end = this.#restBytes): void {
    const next = spares.pop() ?? new ReadSlab();
    this.#slab?.memory.copy(next.memory, 0, start, end);
    this.#slab?.leave();
    this.#slab = next;
  }
}

const readers = new WeakMap<object, SlabReader>();

/** The reader of a socket that was connected with one. */
export function slabReaderOf(socket: object): SlabReader | null {
  return readers.get(socket) ?? null;
}
