import { Duplex } from 'node:stream';
import { AppError } from '../../shared/errors/app-error';
import { assertNever } from '../../shared/util/assert-never';
import { reportThrown, type ThrownReport, thrownFrom } from './thrown';

/** So much may be on its way to the other thread, or wait there unread. */
const windowBytes = 256 * 1024;

/** What both sides tell each other about their ends of a stream. */
export type StreamNote = { readonly streamId: number } & (
  | { readonly kind: 'data'; readonly bytes: Uint8Array }
  /** So many bytes were read: as many more may come. */
  | { readonly kind: 'read'; readonly byteCount: number }
  | { readonly kind: 'end' }
  /** All that came before the end has gone where it should. */
  | { readonly kind: 'endTaken' }
  /** Broken off. */
  | { readonly kind: 'gone'; readonly error: ThrownReport | null }
);

type TellStream = (note: StreamNote, moved?: readonly ArrayBuffer[]) => void;

/** All streams between two threads, by the ids that one of both gives them. */
export class PortStreams {
  readonly #streams = new Map<number, PortStream>();

  constructor(private readonly tell: TellStream) {}

  /**
   * `takesEnd`: the end of what came is taken once it was read, and the stream closes with both ends. Otherwise
   * that is up to who passes it on, by `takeEnd` and `destroy`.
   */
  make(streamId: number, takesEnd: boolean): PortStream {
    const stream = new PortStream(streamId, this.tell, takesEnd);
    this.#streams.set(streamId, stream);
    stream.once('close', () => this.#streams.delete(streamId));
    return stream;
  }

  /** The other thread has ended. */
  breakAll(error: AppError): void {
    for (const stream of [...this.#streams.values()]) stream.destroy(error);
  }

  /** Of a stream that has closed here meanwhile is dropped. */
  receive = (note: StreamNote): void => this.#streams.get(note.streamId)?.receive(note);
}

/**
 * One end of a stream between two threads, with back-pressure and ends that pass on alone. What is written is
 * finished once the other end has passed it on.
 */
export class PortStream extends Duplex {
  #unreadBytes = 0;
  #heldUp: (() => void) | null = null;
  #finish: (() => void) | null = null;
  #owedBytes = 0;
  #isGone = false;
  #hasTakenEnd = false;

  constructor(
    private readonly streamId: number,
    private readonly tell: TellStream,
    takesEnd: boolean,
  ) {
    super({
      allowHalfOpen: true,
      autoDestroy: takesEnd,
      readableHighWaterMark: windowBytes,
      writableHighWaterMark: 64 * 1024,
    });
    if (takesEnd) this.once('end', () => this.takeEnd());
  }

  /** Tells the other end that what it wrote has arrived. */
  takeEnd(): void {
    if (this.#hasTakenEnd || this.destroyed) return;
    this.#hasTakenEnd = true;
    this.tell({ kind: 'endTaken', streamId: this.streamId });
  }

  receive(note: StreamNote): void {
    switch (note.kind) {
      case 'data':
        this.#receiveData(note.bytes);
        return;
      case 'read':
        this.#wasRead(note.byteCount);
        return;
      case 'end':
        this.push(null);
        return;
      case 'endTaken':
        this.#finish?.();
        return;
      case 'gone':
        this.#isGone = true;
        this.destroy(note.error === null ? undefined : AppError.from(thrownFrom(note.error)));
        return;
      default:
        assertNever(note);
    }
  }

  override _read(): void {
    this.#payBack();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: () => void): void {
    // A copy of its own that can be handed over: buffers share their memory with others.
    const bytes = new Uint8Array(chunk);
    this.#unreadBytes += bytes.length;
    this.tell({ kind: 'data', streamId: this.streamId, bytes }, [bytes.buffer]);
    if (this.#unreadBytes < windowBytes) callback();
    else this.#heldUp = callback;
  }

  override _final(callback: () => void): void {
    this.#finish = callback;
    this.tell({ kind: 'end', streamId: this.streamId });
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    const isComplete = this.#hasTakenEnd && this.writableFinished;
    if (!this.#isGone && !isComplete) {
      const report = error === null ? null : reportThrown(error);
      this.tell({ kind: 'gone', streamId: this.streamId, error: report });
    }
    callback(error);
  }

  #receiveData(bytes: Uint8Array): void {
    this.#owedBytes += bytes.length;
    if (this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))) this.#payBack();
  }

  #wasRead(byteCount: number): void {
    this.#unreadBytes -= byteCount;
    if (this.#unreadBytes >= windowBytes) return;
    const goOn = this.#heldUp;
    this.#heldUp = null;
    goOn?.();
  }

  #payBack(): void {
    if (this.#owedBytes === 0) return;
    this.tell({ kind: 'read', streamId: this.streamId, byteCount: this.#owedBytes });
    this.#owedBytes = 0;
  }
}
