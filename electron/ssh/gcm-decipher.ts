import { type PacketGcm, tagBytes } from './packet-gcm';

/** OpenSSH sends no larger ones (PACKET_MAX_SIZE in its packet.c). */
const packetBytesAtMost = 256 * 1024;
const lengthBytes = 4;

const channelData = 94;

/** What ssh2 does with a payload. False: another decipher goes on; a number: nothing does. */
type OnPayload = (payload: Buffer) => boolean | number | undefined;

/**
 * Stands in for ssh2's own AES-GCM decipher of one key exchange. It decrypts in the memory that the bytes came in;
 * only a packet that came in pieces is put together in memory of its own.
 * @throws Error when the bytes are not what the server has sent
 */
export class GcmDecipher {
  #partial: Buffer = Buffer.alloc(0);
  #partialBytes = 0;

  constructor(
    /** Sequence number of the next packet (RFC 4253, 6.4); ssh2 reads and resets it. */
    public inSeqno: number,
    private readonly gcm: PacketGcm,
    /** ssh2 replaces it while keys are exchanged anew. */
    public _onPayload: OnPayload,
  ) {}

  free(): void {
    this.#partialBytes = 0;
  }

  get hasPartialPacket(): boolean {
    return this.#partialBytes > 0;
  }

  /** ssh2's interface: takes `data` from `start` to `end` and returns where another decipher has to go on. */
  decrypt(data: Buffer, start: number, end: number): number | undefined {
    let at = start;
    while (at < end) {
      if (this.#partialBytes === 0) {
        const size = sizeAt(data, at, end);
        if (size !== null && at + size <= end) {
          at += size;
          const next = this.#deliver(data, at - size, at, false);
          if (next !== undefined) return next === false ? at : Number(next);
          continue;
        }
      }
      at = this.#collect(data, at, end);
      const size = sizeAt(this.#partial, 0, this.#partialBytes);
      if (size === null || this.#partialBytes < size) continue;
      const packet = this.#partial;
      this.#partial = Buffer.alloc(0);
      this.#partialBytes = 0;
      const next = this.#deliver(packet, 0, size, false);
      if (next !== undefined) return next === false ? at : Number(next);
    }
    return undefined;
  }

  /**
   * Takes one packet of `memory` from `start` on, if all of it is there before `end`; returns where the next one
   * starts, at least `end` if nothing must follow. The memory is used again: ssh2 keeps parts of what is not data.
   */
  takeOne(memory: Buffer, start: number, end: number): number {
    const size = sizeAt(memory, start, end);
    if (size === null || start + size > end) return start;
    const next = this.#deliver(memory, start, start + size, true);
    return next === undefined || next === false ? start + size : end;
  }

  #deliver(
    memory: Buffer,
    start: number,
    end: number,
    isMemoryReused: boolean,
  ): boolean | number | undefined {
    if (!this.gcm.open(memory, start, end)) throw new Error('Invalid MAC');
    this.inSeqno = (this.inSeqno + 1) >>> 0;
    const padding = memory[start + lengthBytes] as number;
    const payload = memory.subarray(start + lengthBytes + 1, end - tagBytes - padding);
    return this._onPayload(isMemoryReused && payload[0] !== channelData ? Buffer.from(payload) : payload);
  }

  /** Puts as much as belongs to the packet behind its first piece. */
  #collect(data: Buffer, start: number, end: number): number {
    const wanted = sizeAt(this.#partial, 0, this.#partialBytes) ?? lengthBytes;
    if (this.#partial.length < wanted) {
      const larger = Buffer.allocUnsafeSlow(wanted);
      this.#partial.copy(larger, 0, 0, this.#partialBytes);
      this.#partial = larger;
    }
    const count = Math.min(wanted - this.#partialBytes, end - start);
    data.copy(this.#partial, this.#partialBytes, start, start + count);
    this.#partialBytes += count;
    return start + count;
  }
}

/** The whole size of the packet at `at`. Null: its length is not there yet. */
function sizeAt(memory: Buffer, at: number, end: number): number | null {
  if (at + lengthBytes > end) return null;
  const length = memory.readUInt32BE(at);
  if (length > packetBytesAtMost || length < 16 || (length & 15) !== 0)
    throw new Error(`Bad packet length: ${length}`);
  return lengthBytes + length + tagBytes;
}
