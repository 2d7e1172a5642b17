import { Duplex } from 'node:stream';
import type { ClientChannel } from 'ssh2';
import { AppError } from '../../shared/errors/app-error';
import type { ErrorParams } from '../../shared/errors/error-codes';
import type { Wire } from './wire';

/** Above this many unsent bytes on the SSH socket, writers wait: else one upload delays every other channel. */
const largestBacklogBytes = 256 * 1024;

/**
 * A channel as an honest stream. An ssh2 channel never calls back a write once it is closed, ends without an
 * error when the transport is lost, and knows nothing of the socket's backlog; this does all three.
 */
export class ChannelStream extends Duplex implements Wire {
  #pendingWrite: ((error?: Error | null) => void) | null = null;
  #isChannelClosed = false;
  #bytesRead = 0;

  constructor(
    private readonly channel: ClientChannel,
    private readonly socket: Wire,
    /** Names the machine in errors. */
    private readonly params: ErrorParams,
  ) {
    super({ allowHalfOpen: true, readableHighWaterMark: 256 * 1024, writableHighWaterMark: 64 * 1024 });
    channel.on('data', (chunk: Buffer) => {
      this.#bytesRead += chunk.length;
      if (!this.push(chunk)) channel.pause();
    });
    channel.once('end', () => this.push(null));
    channel.once('close', () => this.#onChannelClosed());
    channel.on('error', (error: Error) => this.destroy(error));
    channel.pause();
  }

  get bytesRead(): number {
    return this.#bytesRead;
  }

  override _read(): void {
    this.channel.resume();
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    if (this.#isChannelClosed) {
      callback(new AppError('channel-refused', this.params));
      return;
    }
    this.#pendingWrite = callback;
    this.channel.write(chunk, encoding, () => {
      if (this.socket.writableLength <= largestBacklogBytes) this.#writeDone();
      else this.socket.once('drain', () => this.#writeDone());
    });
  }

  override _final(callback: (error?: Error | null) => void): void {
    if (!this.#isChannelClosed) this.channel.end();
    callback();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.channel.close();
    // What still arrives is dropped; paused, it would hold the channel's close back.
    this.channel.resume();
    this.#writeDone(error ?? undefined);
    callback(error);
  }

  #writeDone(error?: Error): void {
    const callback = this.#pendingWrite;
    this.#pendingWrite = null;
    callback?.(error ?? null);
  }

  #onChannelClosed(): void {
    this.#isChannelClosed = true;
    if (this.#pendingWrite !== null) this.#writeDone(new AppError('channel-refused', this.params));
    else if (this.readableEnded) this.destroy();
    else this.once('end', () => this.destroy());
  }
}
