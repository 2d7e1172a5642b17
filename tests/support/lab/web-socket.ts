import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';

/** As much of RFC 6455 as a test needs: whole text messages, both ways, over a stream that was upgraded. */
export class LabWebSocket {
  #buffered = Buffer.alloc(0);
  #fragments: Buffer[] = [];
  readonly #messages: string[] = [];
  readonly #waiting = new Set<() => void>();
  isClosed = false;

  constructor(
    private readonly stream: Duplex,
    head: Buffer,
  ) {
    stream.on('data', (chunk: Buffer) => this.#onBytes(chunk));
    stream.on('error', () => stream.destroy());
    stream.on('close', () => {
      this.isClosed = true;
      this.#wake();
    });
    this.#onBytes(head);
  }

  send(text: string): void {
    const payload = Buffer.from(text);
    const mask = randomBytes(4);
    const masked = payload.map((byte, index) => byte ^ (mask[index % 4] as number));
    const length = payload.length < 126 ? Buffer.from([0x80 | payload.length]) : Buffer.alloc(9);
    if (payload.length >= 126) {
      length[0] = 0x80 | 127;
      length.writeBigUInt64BE(BigInt(payload.length), 1);
    }
    this.stream.write(Buffer.concat([Buffer.from([0x81]), length, mask, masked]));
  }

  /** The next message that `isWanted`; earlier ones are dropped. Rejects when the stream ends before. */
  async next(isWanted: (text: string) => boolean): Promise<string> {
    for (;;) {
      const text = this.#messages.shift();
      if (text !== undefined) {
        if (isWanted(text)) return text;
        continue;
      }
      if (this.isClosed) throw new Error('the web socket was closed');
      await this.#change();
    }
  }

  async closed(): Promise<void> {
    while (!this.isClosed) await this.#change();
  }

  close(): void {
    this.stream.destroy();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of waiting) resolve();
  }

  #onBytes(chunk: Buffer): void {
    this.#buffered = Buffer.concat([this.#buffered, chunk]);
    while (this.#takeFrame());
    this.#wake();
  }

  #takeFrame(): boolean {
    const buffer = this.#buffered;
    if (buffer.length < 2) return false;
    let length = (buffer[1] as number) & 0x7f;
    let offset = 2;
    if (length === 126) {
      if (buffer.length < 4) return false;
      length = buffer.readUInt16BE(2);
      offset = 4;
    } else if (length === 127) {
      if (buffer.length < 10) return false;
      length = Number(buffer.readBigUInt64BE(2));
      offset = 10;
    }
    if (buffer.length < offset + length) return false;
    const [first] = buffer as unknown as [number];
    this.#fragments.push(buffer.subarray(offset, offset + length));
    this.#buffered = buffer.subarray(offset + length);
    const opcode = first & 0x0f;
    const isText = opcode === 0x1 || opcode === 0x0;
    if (!isText) this.#fragments = [];
    else if ((first & 0x80) !== 0) {
      this.#messages.push(Buffer.concat(this.#fragments).toString('utf8'));
      this.#fragments = [];
    }
    if (opcode === 0x8) this.stream.end();
    return true;
  }
}
