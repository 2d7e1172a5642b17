import type { Wire } from './wire';

/** So many bytes are sent at once; fewer wait for the end of the event loop's turn, and go in one piece. */
const fullBytes = 64 * 1024;
/** Room for a full batch and one more packet. */
const slabBytes = 160 * 1024;
const sparesAtMost = 8;

/** Memory that is used again: in Electron a fresh buffer of this size costs more than encrypting it. */
class Slab {
  readonly memory = Buffer.allocUnsafeSlow(slabBytes);
  issued = 0;
  written = 0;

  readonly onWritten = (): void => {
    this.written += 1;
    if (this.isBusy && this.written === this.issued) {
      this.isBusy = false;
      if (spares.length < sparesAtMost) spares.push(this);
    }
  };

  /** The system has not taken all of it yet: it may not be written to. */
  isBusy = false;
}

const spares: Slab[] = [];

/** Collects the packets of one turn of the event loop and sends them by one write: each write is a system call. */
export class PacketBatch {
  #slab: Slab | null = null;
  #end = 0;
  #isScheduled = false;

  constructor(private readonly socket: Wire) {}

  /** What waits to be sent. */
  get pendingBytes(): number {
    return this.#end;
  }

  /** The memory to write the next packet of `sizeBytes` into, at `end`; `commit` it before anything else. */
  reserve(sizeBytes: number): Buffer {
    if (this.#end + sizeBytes > slabBytes) this.flush();
    this.#slab ??= spares.pop() ?? new Slab();
    return this.#slab.memory;
  }

  get end(): number {
    return this.#end;
  }

  commit(sizeBytes: number): void {
    this.#end += sizeBytes;
    if (this.#end >= fullBytes) this.flush();
    else if (!this.#isScheduled) {
      this.#isScheduled = true;
      setImmediate(this.#flushScheduled);
    }
  }

  /** Adds a finished packet. */
  append(packet: Uint8Array): void {
    if (packet.length > slabBytes) {
      this.flush();
      if (this.socket.writable) this.socket.write(packet);
      return;
    }
    this.reserve(packet.length).set(packet, this.#end);
    this.commit(packet.length);
  }

  flush(): void {
    const slab = this.#slab;
    if (slab === null || this.#end === 0) return;
    const { socket } = this;
    const batch = slab.memory.subarray(0, this.#end);
    this.#end = 0;
    if (!socket.writable) return;
    slab.issued += 1;
    socket.write(batch, slab.onWritten);
    if (socket.writableLength === 0) return;
    slab.isBusy = true;
    this.#slab = null;
  }

  readonly #flushScheduled = (): void => {
    this.#isScheduled = false;
    this.flush();
  };
}
