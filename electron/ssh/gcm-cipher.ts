import { randomFillSync } from 'node:crypto';
import type { PacketBatch } from './packet-batch';
import { type PacketGcm, tagBytes } from './packet-gcm';

const channelData = 94;
const headerBytes = 5;
const dataHeaderBytes = 9;

/** Stands in for ssh2's own AES-GCM cipher of one key exchange: same packets, without new memory for each. */
export class GcmCipher {
  #isFree = false;

  constructor(
    /** Sequence number of the next packet (RFC 4253, 6.4); ssh2 reads and resets it. */
    public outSeqno: number,
    private readonly gcm: PacketGcm,
    private readonly batch: PacketBatch,
  ) {}

  free(): void {
    this.#isFree = true;
    this.batch.flush();
  }

  /** ssh2 writes the payload behind the fifth byte and then calls `encrypt`. */
  allocPacket(payloadBytes: number): Buffer {
    const packet = Buffer.allocUnsafe(sizeOf(payloadBytes));
    frame(packet, 0, payloadBytes);
    return packet;
  }

  encrypt(packet: Buffer): void {
    if (this.#isFree) return;
    this.gcm.seal(packet, 0, packet.length);
    this.batch.append(packet);
    this.outSeqno = (this.outSeqno + 1) >>> 0;
  }

  /** SSH_MSG_CHANNEL_DATA (RFC 4254, 5.2) of the bytes of `data` from `start` to `end`. */
  sendData(channelId: number, data: Buffer, start: number, end: number): void {
    if (this.#isFree) return;
    const payloadBytes = dataHeaderBytes + end - start;
    const size = sizeOf(payloadBytes);
    const memory = this.batch.reserve(size);
    const at = this.batch.end;
    frame(memory, at, payloadBytes);
    memory[at + headerBytes] = channelData;
    writeUint32(memory, channelId, at + headerBytes + 1);
    writeUint32(memory, end - start, at + headerBytes + 5);
    data.copy(memory, at + headerBytes + dataHeaderBytes, start, end);
    this.gcm.seal(memory, at, at + size);
    this.batch.commit(size);
    this.outSeqno = (this.outSeqno + 1) >>> 0;
  }
}

/** RFC 5647, 7.2: the padding makes all but the length a multiple of 16, and is at least 4 bytes. */
function paddingOf(payloadBytes: number): number {
  const padding = 16 - ((payloadBytes + 1) & 15);
  return padding < 4 ? padding + 16 : padding;
}

function sizeOf(payloadBytes: number): number {
  return headerBytes + payloadBytes + paddingOf(payloadBytes) + tagBytes;
}

function frame(memory: Buffer, at: number, payloadBytes: number): void {
  const padding = paddingOf(payloadBytes);
  writeUint32(memory, 1 + payloadBytes + padding, at);
  memory[at + 4] = padding;
  fillRandomly(memory, at + headerBytes + payloadBytes, padding);
}

const randomPool = Buffer.allocUnsafeSlow(4096);
let randomUsed = randomPool.length;

/** A call for each packet's few bytes costs more than the packet. No random byte is used twice. */
function fillRandomly(memory: Buffer, at: number, count: number): void {
  if (randomUsed + count > randomPool.length) {
    randomFillSync(randomPool);
    randomUsed = 0;
  }
  for (let index = 0; index < count; index += 1)
    memory[at + index] = randomPool[randomUsed + index] as number;
  randomUsed += count;
}

function writeUint32(memory: Buffer, value: number, at: number): void {
  memory[at] = value >>> 24;
  memory[at + 1] = value >>> 16;
  memory[at + 2] = value >>> 8;
  memory[at + 3] = value;
}
