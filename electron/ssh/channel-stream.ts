import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { ClientChannel } from 'ssh2';
import { AppError } from '../../shared/errors/app-error';
import type { ErrorParams } from '../../shared/errors/error-codes';
import type { SocketCarrier } from '../connection/transport';
import { readInto } from '../system/read-into';
import type { ChannelWindows } from './packet-internals';
import type { ChannelReceiver, PacketStream } from './packet-stream';
import type { ReadSlab } from './read-slab';
import { ReceiveWindow } from './receive-window';
import { SlabWriter } from './slab-writer';
import { TurnBudget } from './turn-budget';
import { toleratedBytes, WindowOverrun } from './window-guard';
import type { Wire } from './wire';

/** Above this many unsent bytes on the SSH socket, writers wait: else one upload delays every other channel. */
const largestBacklogBytes = 256 * 1024;
/**
 * All sockets that are joined with channels read into it: what came is sent on before the next one reads. (libuv
 * hands memory to a read only once there is something to be read, on Windows too.)
 */
const socketMemory = Buffer.allocUnsafeSlow(64 * 1024);

const readingBudget = new TurnBudget(1024 * 1024, setImmediate);

/**
 * A channel as an honest stream. An ssh2 channel never calls back a write once it is closed, ends without an
 * error when the transport is lost, and knows nothing of the socket's backlog; this does all three. ssh2's channel
 * is left with opening and closing; data passes it by.
 */
export class ChannelStream extends Duplex implements Wire, ChannelReceiver, SocketCarrier {
  #pendingWrite: ((error?: Error | null) => void) | null = null;
  /** What the channel's window or the socket's backlog holds up. */
  #unsent: Buffer | null = null;
  #isChannelClosed = false;
  #bytesRead = 0;
  /** Pushed, and not read from the stream yet. */
  #unreadBytes = 0;
  #carried: SlabWriter | null = null;
  readonly #windows: ChannelWindows;
  readonly #receiveWindow: ReceiveWindow;

  constructor(
    private readonly channel: ClientChannel,
    private readonly packets: PacketStream,
    nowMs: () => number,
    /** Names the machine in errors. */
    private readonly params: ErrorParams,
  ) {
    super({ allowHalfOpen: true, readableHighWaterMark: 256 * 1024, writableHighWaterMark: 64 * 1024 });
    this.#windows = packets.take(channel, this);
    this.#receiveWindow = new ReceiveWindow(
      nowMs,
      () => packets.roundTrip.shortestMs,
      (bytes) => packets.grant(this.#windows, bytes),
      packets.windowAtOpen(this.#windows),
      () => packets.windowShareBytes,
    );
    channel.once('end', () => this.#onChannelEnd());
    channel.once('close', () => this.#onChannelClosed());
    channel.on('error', (error: Error) => this.destroy(error));
    // Nothing but its end comes this way.
    channel.resume();
  }

  get bytesRead(): number {
    return this.#bytesRead;
  }

  receive(data: Buffer, slab: ReadSlab | null): void {
    const excessBytes = this.#receiveWindow.received(data.length);
    if (excessBytes > toleratedBytes) throw new WindowOverrun(excessBytes);
    this.#bytesRead += data.length;
    if (this.destroyed) return;
    if (this.#carried !== null) {
      this.#carried.write(data, slab);
      return;
    }
    this.#unreadBytes += data.length;
    if (this.push(slab === null ? data : Buffer.from(data))) this.#onRead();
  }

  windowOpened(): void {
    if (this.#unsent !== null && this.#send(this.#unsent)) this.#writeDone();
  }

  /**
   * Joins the channel and a socket, as `pipe` both ways would, without a copy and without a buffer for each piece.
   * Ends and breaks are left to who joins.
   */
  carry(socket: Socket): void {
    for (let early = this.read() as Buffer | null; early !== null; early = this.read() as Buffer | null)
      socket.write(early);
    this.#carried = new SlabWriter(socket, (bytes) => this.#receiveWindow.consumed(bytes));
    // Only the end is left to read.
    this.resume();
    this.once('end', () => socket.end());
    this.#sendFrom(socket);
  }

  override _read(): void {
    this.#onRead();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    if (this.#isChannelClosed) {
      callback(new AppError('channel-refused', this.params));
      return;
    }
    this.#pendingWrite = callback;
    if (this.#send(chunk)) this.#writeDone();
  }

  override _final(callback: (error?: Error | null) => void): void {
    if (!this.#isChannelClosed) this.channel.end();
    callback();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.channel.close();
    this.#unsent = null;
    this.#writeDone(error ?? undefined);
    callback(error);
  }

  #onRead(): void {
    const bytes = this.#unreadBytes;
    this.#unreadBytes = 0;
    if (bytes > 0 && !this.#isChannelClosed) this.#receiveWindow.consumed(bytes);
  }

  /** Sends what the socket has read already, then straight from where it reads to. */
  #sendFrom(socket: Socket): void {
    const early = socket.read() as Buffer | null;
    if (early !== null) {
      this.write(early, (error) => {
        if (!error) this.#sendFrom(socket);
      });
      return;
    }
    // Reading the last of it told of the end already.
    if (socket.readableEnded) {
      this.end();
      return;
    }
    const goOn = (error?: Error | null): void => {
      if (error) this.destroy(error);
      else if (socket.readableEnded) this.end();
      else socket.resume();
    };
    const isDirect = readInto(socket, socketMemory, (count) => {
      if (this.#isChannelClosed) {
        this.destroy(new AppError('channel-refused', this.params));
        return false;
      }
      const hasSentAll = this.#send(socketMemory.subarray(0, count));
      if (!hasSentAll) {
        // The memory is the next socket's.
        this.#unsent = this.#unsent === null ? null : Buffer.from(this.#unsent);
        this.#pendingWrite = goOn;
      }
      // Less than all of the memory was all that there is.
      if (!hasSentAll || count < socketMemory.length || readingBudget.spend(count)) return hasSentAll;
      readingBudget.whenRenewed(goOn);
      return false;
    });
    if (!isDirect) {
      socket.pipe(this);
      return;
    }
    socket.once('end', () => {
      if (this.#pendingWrite === null) this.end();
    });
    socket.resume();
  }

  /** True: all of it has been sent, and more may follow at once. Else `#pendingWrite` is called when that is so. */
  #send(chunk: Buffer): boolean {
    const { outgoing } = this.#windows;
    this.#unsent = null;
    for (let at = 0; at < chunk.length; ) {
      // Its close tells who waits.
      if (outgoing.state !== 'open') return false;
      const end = Math.min(chunk.length, at + outgoing.packetSize, at + outgoing.window);
      if (end === at) {
        this.#unsent = chunk.subarray(at);
        return false;
      }
      this.packets.send(this.#windows, chunk, at, end);
      at = end;
    }
    if (this.packets.backlogBytes <= largestBacklogBytes) return true;
    this.packets.whenDrained(() => this.#writeDone());
    return false;
  }

  #writeDone(error?: Error): void {
    const callback = this.#pendingWrite;
    this.#pendingWrite = null;
    callback?.(error ?? null);
  }

  #onChannelEnd(): void {
    if (this.#carried === null) this.push(null);
    else this.#carried.whenWritten(() => this.push(null));
  }

  #onChannelClosed(): void {
    this.#isChannelClosed = true;
    if (this.#pendingWrite !== null) this.#writeDone(new AppError('channel-refused', this.params));
    else if (this.readableEnded) this.destroy();
    else this.once('end', () => this.destroy());
  }
}
