/** The algorithms that a server offers in its first key exchange message (RFC 4253, 7.1). */
export interface ServerOffer {
  readonly kex: readonly string[];
  readonly serverHostKey: readonly string[];
  readonly cipher: readonly string[];
  readonly mac: readonly string[];
}

const largestHelloBytes = 64 * 1024;
const kexInitMessage = 20;

/**
 * Watches the first, unencrypted bytes of a server: who it says it is and what it offers. ssh2 tells neither
 * when it fails, and an error is to be named by facts, not by the library's message.
 */
export class ServerHello {
  #bytes: Buffer | null = Buffer.alloc(0);
  #packetsAt: number | null = null;
  version: string | null = null;
  offer: ServerOffer | null = null;
  /** The first line of what came instead of an SSH identification; null if nothing came. */
  firstLine: string | null = null;

  /** Takes the next chunk off the wire. */
  read(chunk: Buffer): void {
    if (this.#bytes === null) return;
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    this.firstLine ??= /^[^\r\n]+/.exec(this.#bytes.toString('latin1', 0, 200))?.[0] ?? null;
    if (this.#packetsAt === null) this.#readIdentification(this.#bytes);
    if (this.#packetsAt !== null) this.#readKexInit(this.#bytes.subarray(this.#packetsAt));
    if (this.offer !== null || this.#bytes.length > largestHelloBytes) this.#bytes = null;
  }

  /** RFC 4253, 4.2: lines of other text may come before the one that starts with `SSH-`. */
  #readIdentification(bytes: Buffer): void {
    const match = /^(?:(?!SSH-)[^\n]*\n)*SSH-[0-9.]+-([^\r\n]*)\r?\n/.exec(bytes.toString('latin1'));
    if (match === null) return;
    this.version = (match[1] ?? '').replace(/[^\x20-\x7e]/g, '?').slice(0, 255);
    this.#packetsAt = match[0].length;
  }

  #readKexInit(packet: Buffer): void {
    if (packet.length < 5 || packet.length < 4 + packet.readUInt32BE(0)) return;
    const payload = packet.subarray(5, 4 + packet.readUInt32BE(0) - packet.readUInt8(4));
    if (payload[0] !== kexInitMessage) return;
    const lists: (readonly string[])[] = [];
    for (let offset = 17; lists.length < 10 && offset + 4 <= payload.length; ) {
      const end = offset + 4 + payload.readUInt32BE(offset);
      lists.push(
        payload
          .toString('latin1', offset + 4, end)
          .split(',')
          .filter(Boolean),
      );
      offset = end;
    }
    const [kex, serverHostKey, cipher, , mac] = lists;
    if (kex && serverHostKey && cipher && mac) this.offer = { kex, serverHostKey, cipher, mac };
  }
}
