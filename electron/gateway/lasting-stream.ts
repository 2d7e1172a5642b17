import { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

const data = 0;
const confirmed = 1;
const ended = 2;
const headBytes = 5;
const answerBytesAtMost = 16 * 1024;
/** More than this that the far side has not confirmed is not taken from the page. */
const heldBytesAtMost = 8 * 1024 * 1024;
const confirmEveryBytes = 256 * 1024;
const confirmAfterMs = 250;
const pauseMs = 500;

interface LastingStreamDependencies {
  /** Unguessable, at least 20 letters and digits. */
  readonly id: string;
  /** Opens a channel to the keeper, waiting for as long as the connection is away. Rejects when the keeper refuses. */
  readonly openChannel: (signal: AbortSignal) => Promise<Duplex>;
  /** Path and query that the keeper takes streams at. */
  readonly path: string;
}

/**
 * A byte stream to a server that outlives the channels which carry it: a keeper beside the server holds the server's
 * end, both sides number the bytes, keep what the other has not confirmed, and go on from there when the connection
 * is back. Whoever uses the stream sees a pause, no end. It ends when either end does, or when the keeper has ended.
 */
export class LastingStream extends Duplex {
  readonly #gone = new AbortController();
  #channel: Duplex | null = null;
  #isNew = true;
  #received = 0;
  #told = 0;
  #tellTimer: NodeJS.Timeout | null = null;
  readonly #held: Buffer[] = [];
  #heldFirst = 0;
  #heldEnd = 0;
  #written: ((error?: Error) => void) | null = null;

  private constructor(private readonly deps: LastingStreamDependencies) {
    super({ allowHalfOpen: true });
    this.on('error', () => undefined);
  }

  /**
   * Resolves once the keeper has taken the stream.
   * @throws AppError when nobody answers there; null: the keeper can't reach the server, or speaks otherwise.
   */
  static async open(deps: LastingStreamDependencies, signal: AbortSignal): Promise<LastingStream | null> {
    const stream = new LastingStream(deps);
    const leave = (): void => void stream.destroy();
    signal.addEventListener('abort', leave);
    try {
      for (;;) {
        const outcome = await stream.#attach();
        if (outcome === 'attached') return stream;
        if (outcome === 'gone') break;
        await pause(pauseMs);
      }
      stream.destroy();
      return null;
    } catch (error) {
      stream.destroy();
      throw error;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  override _read(): void {
    this.#channel?.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    this.#held.push(chunk);
    this.#heldEnd += chunk.length;
    this.#channel?.write(framed(data, chunk));
    if (this.#heldEnd - this.#heldFirst < heldBytesAtMost) done();
    else this.#written = done;
  }

  override _final(done: () => void): void {
    done();
    this.destroy();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#gone.abort();
    if (this.#tellTimer !== null) clearTimeout(this.#tellTimer);
    this.#channel?.end(framed(ended, Buffer.alloc(0)));
    this.#channel = null;
    this.#written?.();
    this.#written = null;
    done(error);
  }

  /** `gone`: the far end of the stream is no more; `broken`: the channel was lost before there was an answer. */
  async #attach(): Promise<'attached' | 'gone' | 'broken'> {
    const channel = await this.deps.openChannel(this.#gone.signal);
    const { id, path } = this.deps;
    const query = `received=${this.#received}&isNew=${this.#isNew ? 'yes' : 'no'}`;
    channel.write(
      `GET ${path}nuvem-kept/streams/${id}?${query} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: nuvem-stream\r\n\r\n`,
    );
    const answer = await readHead(channel);
    if (answer === null || channel.destroyed || this.destroyed) {
      channel.destroy();
      return this.destroyed ? 'gone' : 'broken';
    }
    const theirs = /^HTTP\/1\.1 101 .*\r\nNuvem-Received: (\d+)\r\n/s.exec(answer.head)?.[1];
    if (theirs === undefined) {
      channel.destroy();
      return 'gone';
    }
    this.#isNew = false;
    this.#told = this.#received;
    this.#confirm(Number(theirs));
    for (const chunk of this.#held) channel.write(framed(data, chunk));
    this.#channel = channel;
    this.#read(channel, answer.rest);
    return 'attached';
  }

  #read(channel: Duplex, first: Buffer): void {
    const reader = new ChunkReader();
    const take = (bytes: Buffer): void => {
      if (this.#channel !== channel) return;
      for (const { kind, body } of reader.feed(bytes)) {
        if (kind === data) this.#deliver(channel, body);
        else if (kind === confirmed) this.#confirm(Number(body.readBigUInt64BE()));
        else if (kind === ended) this.#endForPage();
      }
    };
    channel.on('data', take);
    channel.once('close', () => {
      if (this.#channel !== channel) return;
      this.#channel = null;
      void this.#attachAgain();
    });
    channel.once('end', () => channel.destroy());
    if (first.length > 0) take(first);
    channel.resume();
  }

  async #attachAgain(): Promise<void> {
    while (!this.destroyed) {
      const outcome = await this.#attach().catch(() => 'gone' as const);
      if (outcome === 'attached') return;
      if (outcome === 'gone') return this.#endForPage();
      await pause(pauseMs);
    }
  }

  #deliver(channel: Duplex, bytes: Buffer): void {
    this.#received += bytes.length;
    if (!this.push(bytes)) channel.pause();
    if (this.#received - this.#told >= confirmEveryBytes) this.#tell();
    else this.#tellTimer ??= setTimeout(() => this.#tell(), confirmAfterMs);
  }

  #tell(): void {
    if (this.#tellTimer !== null) clearTimeout(this.#tellTimer);
    this.#tellTimer = null;
    if (this.#channel === null) return;
    this.#told = this.#received;
    const count = Buffer.alloc(8);
    count.writeBigUInt64BE(BigInt(this.#received));
    this.#channel.write(framed(confirmed, count));
  }

  #confirm(count: number): void {
    while (this.#held[0] !== undefined && this.#heldFirst < count) {
      const [first] = this.#held;
      const isWhole = this.#heldFirst + first.length <= count;
      const size = isWhole ? first.length : count - this.#heldFirst;
      if (isWhole) this.#held.shift();
      else this.#held[0] = first.subarray(size);
      this.#heldFirst += size;
    }
    if (this.#heldEnd - this.#heldFirst >= heldBytesAtMost) return;
    const written = this.#written;
    this.#written = null;
    written?.();
  }

  /** What was delivered reaches the page before it sees the end. */
  #endForPage(): void {
    this.push(null);
    this.#channel?.destroy();
    this.#channel = null;
    this.#gone.abort();
    if (this.readableLength === 0) this.destroy();
    else this.once('end', () => this.destroy());
  }
}

/** Takes what a channel carries apart into chunks: a byte for the kind, four for the length, then so many bytes. */
class ChunkReader {
  #head = Buffer.alloc(0);
  #kind = 0;
  #left = 0;
  #small: Buffer[] = [];

  /** Data comes in pieces as it arrives, everything else whole. */
  *feed(bytes: Buffer): Generator<{ readonly kind: number; readonly body: Buffer }> {
    let rest = bytes;
    for (;;) {
      if (this.#left > 0) {
        const piece = rest.subarray(0, this.#left);
        rest = rest.subarray(piece.length);
        this.#left -= piece.length;
        if (this.#kind === data) {
          if (piece.length > 0) yield { kind: data, body: piece };
        } else {
          this.#small.push(piece);
          if (this.#left === 0) yield { kind: this.#kind, body: Buffer.concat(this.#small.splice(0)) };
        }
        if (this.#left > 0) return;
      }
      const missing = headBytes - this.#head.length;
      this.#head = Buffer.concat([this.#head, rest.subarray(0, missing)]);
      rest = rest.subarray(missing);
      if (this.#head.length < headBytes) return;
      this.#kind = this.#head.readUInt8(0);
      this.#left = this.#head.readUInt32BE(1);
      this.#head = Buffer.alloc(0);
      if (this.#left === 0 && this.#kind !== data) yield { kind: this.#kind, body: Buffer.alloc(0) };
    }
  }
}

function framed(kind: number, body: Buffer): Buffer {
  const head = Buffer.alloc(headBytes);
  head.writeUInt8(kind, 0);
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
}

/** The head of an HTTP answer and what came behind it; null: the channel was lost before. */
function readHead(channel: Duplex): Promise<{ readonly head: string; readonly rest: Buffer } | null> {
  return new Promise((resolve) => {
    let held = Buffer.alloc(0);
    const settle = (answer: { readonly head: string; readonly rest: Buffer } | null): void => {
      channel.off('data', onData);
      channel.off('close', onClose);
      channel.off('end', onClose);
      resolve(answer);
    };
    const onClose = (): void => settle(null);
    const onData = (bytes: Buffer): void => {
      held = Buffer.concat([held, bytes]);
      const end = held.indexOf('\r\n\r\n');
      if (end >= 0) {
        channel.pause();
        settle({ head: held.toString('latin1', 0, end + 2), rest: held.subarray(end + 4) });
      } else if (held.length > answerBytesAtMost) settle(null);
    };
    channel.on('data', onData);
    channel.once('close', onClose);
    channel.once('end', onClose);
    channel.once('error', () => channel.destroy());
  });
}
