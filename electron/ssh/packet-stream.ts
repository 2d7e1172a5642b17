import type { Client, ClientChannel } from 'ssh2';
import { GcmCipher } from './gcm-cipher';
import { GcmDecipher } from './gcm-decipher';
import { PacketBatch } from './packet-batch';
import { makePacketGcm } from './packet-gcm';
import { type ChannelWindows, type PacketProtocol, packetProtocolOf, windowsOf } from './packet-internals';
import { type ReadSlab, slabReaderOf } from './read-slab';
import { usualWindowBytes, windowShareBytes } from './receive-window';
import { RoundTrip } from './round-trip';
import { guardWindows } from './window-guard';
import type { Wire } from './wire';

/** Larger packets mean fewer of them; OpenSSH fills them (RFC 4254, 5.2). */
const packetBytes = 128 * 1024;

/** Who takes the data of a channel. */
export interface ChannelReceiver {
  /**
   * `data` lies in `slab`, if not null, and is gone after the call unless that is held.
   * @throws WindowOverrun when there is no room for so much
   */
  receive(data: Buffer, slab: ReadSlab | null): void;
  windowOpened(): void;
}

/**
 * The packets of one ssh2 client, made and read without a new buffer for each: in Electron those cost more than all
 * encryption. ssh2 goes on to agree on keys, to sign in and to open and close channels; it knows nothing of this.
 * Where another cipher than AES-GCM was agreed on, ssh2's own is used.
 */
export class PacketStream {
  readonly roundTrip = new RoundTrip();
  readonly #protocol: PacketProtocol;
  readonly #batch: PacketBatch;
  readonly #receivers = new Map<number, ChannelReceiver>();
  /** By the number of a forwarded channel: what the server may send until it is granted more. */
  readonly #windowsAtOpen = new Map<number, number>();
  #slab: ReadSlab | null = null;
  #hasKeys = false;

  /** Call it after `client.connect`, before anything was sent or came. */
  constructor(
    private readonly client: Client,
    private readonly socket: Wire,
  ) {
    const protocol = packetProtocolOf(client);
    this.#protocol = protocol;
    this.#batch = new PacketBatch(socket);
    protocol._onWrite = (packet) => this.#write(packet);
    const { disconnect, _onHandshakeComplete: onHandshakeComplete } = protocol;
    protocol.disconnect = (reason) => {
      disconnect.call(protocol, reason);
      // The socket is ended next.
      this.#batch.flush();
    };
    protocol._onHandshakeComplete = (negotiated) => {
      this.#hasKeys = true;
      this.#replaceCiphers();
      onHandshakeComplete(negotiated);
    };
    const { directTcpip, openssh_directStreamLocal: directStreamLocal } = protocol;
    protocol.directTcpip = (channel, _window, bytes, target) =>
      directTcpip.call(protocol, channel, this.#openWindow(channel), this.#largestPacket(bytes), target);
    protocol.openssh_directStreamLocal = (channel, _window, bytes, target) =>
      directStreamLocal.call(
        protocol,
        channel,
        this.#openWindow(channel),
        this.#largestPacket(bytes),
        target,
      );
    guardWindows(client);
    this.#takeOverData();
  }

  /** Bytes that the socket has not sent yet. */
  get backlogBytes(): number {
    return this.socket.writableLength;
  }

  whenDrained(then: () => void): void {
    this.socket.once('drain', then);
  }

  /** From now on the channel's data goes to `receiver`, and its windows are whoever's who calls this. */
  take(channel: ClientChannel, receiver: ChannelReceiver): ChannelWindows {
    const windows = windowsOf(channel);
    this.#receivers.set(windows.incoming.id, receiver);
    channel.once('close', () => {
      if (this.#receivers.get(windows.incoming.id) === receiver) this.#receivers.delete(windows.incoming.id);
    });
    return windows;
  }

  /** What the channel's server may send from its opening on, in bytes. */
  windowAtOpen({ incoming }: ChannelWindows): number {
    const bytes = this.#windowsAtOpen.get(incoming.id) ?? usualWindowBytes;
    this.#windowsAtOpen.delete(incoming.id);
    return bytes;
  }

  /** The most that one of the channels that are open now may have under way. */
  get windowShareBytes(): number {
    return windowShareBytes(this.#receivers.size + this.#windowsAtOpen.size);
  }

  /** The bytes of `data` from `start` to `end`, which fit the channel's packet and window. */
  send({ outgoing }: ChannelWindows, data: Buffer, start: number, end: number): void {
    outgoing.window -= end - start;
    const { _kexinit: keyExchange, _cipher: cipher } = this.#protocol;
    if (keyExchange === undefined && cipher instanceof GcmCipher)
      cipher.sendData(outgoing.id, data, start, end);
    else this.#protocol.channelData(outgoing.id, data.subarray(start, end));
  }

  grant({ outgoing }: ChannelWindows, bytes: number): void {
    if (outgoing.state !== 'closed') this.#protocol.channelWindowAdjust(outgoing.id, bytes);
  }

  #openWindow(channel: number): number {
    this.#windowsAtOpen.delete(channel);
    const bytes = Math.min(usualWindowBytes, this.windowShareBytes);
    this.#windowsAtOpen.set(channel, bytes);
    return bytes;
  }

  /** ssh2's own deciphers take no larger ones than it asks for itself. */
  #largestPacket(bytes: number): number {
    return this.#protocol._decipher instanceof GcmDecipher ? packetBytes : bytes;
  }

  #write(packet: Buffer): void {
    this.#batch.append(packet);
    // Until then ssh2 writes to the socket itself, too.
    if (!this.#hasKeys) this.#batch.flush();
  }

  #takeOverData(): void {
    const handlers = this.#protocol._handlers;
    const { CHANNEL_DATA: original, CHANNEL_WINDOW_ADJUST: adjust, CHANNEL_OPEN_FAILURE: fail } = handlers;
    handlers.CHANNEL_DATA = (protocol, recipient, data) => {
      const receiver = this.#receivers.get(recipient);
      if (receiver !== undefined) return receiver.receive(data, this.#slab);
      original(protocol, recipient, this.#slab === null ? data : Buffer.from(data));
    };
    handlers.CHANNEL_WINDOW_ADJUST = (protocol, recipient, bytes) => {
      adjust(protocol, recipient, bytes);
      this.#receivers.get(recipient)?.windowOpened();
    };
    handlers.CHANNEL_OPEN_FAILURE = (protocol, recipient, ...reason) => {
      this.#windowsAtOpen.delete(recipient);
      fail(protocol, recipient, ...reason);
    };
  }

  /** At the end of each key exchange ssh2 has made new ciphers, of which nothing has been used yet. */
  #replaceCiphers(): void {
    const protocol = this.#protocol;
    const { _cipher: cipher, _decipher: decipher } = protocol;
    if ('_encKey' in cipher && cipher._encSSLName.endsWith('-gcm')) {
      const gcm = makePacketGcm(cipher._encKey, cipher._encIV);
      protocol._cipher = new GcmCipher(cipher.outSeqno, gcm, this.#batch);
    }
    if ('_decipherKey' in decipher && decipher._decipherSSLName.endsWith('-gcm')) {
      const gcm = makePacketGcm(decipher._decipherKey, decipher._decipherIV);
      protocol._decipher = new GcmDecipher(decipher.inSeqno, gcm, protocol._onPayload);
    }
    slabReaderOf(this.socket)?.consumeWith((slab, end) => this.#consume(slab, end));
  }

  #consume(slab: ReadSlab, end: number): number {
    let at = 0;
    this.#slab = slab;
    try {
      while (at < end) {
        const { _decipher: decipher } = this.#protocol;
        const isWhole = decipher instanceof GcmDecipher && !decipher.hasPartialPacket;
        const next = isWhole ? decipher.takeOne(slab.memory, at, end) : this.#parse(slab, at, end);
        if (next === at) break;
        at = next;
      }
      // A packet larger than all of the memory is put together elsewhere.
      return at === 0 && end === slab.memory.length ? this.#parse(slab, 0, end) : at;
    } catch (error) {
      this.client.emit('error', error as Error);
      this.socket.destroy();
      return end;
    } finally {
      this.#slab = null;
    }
  }

  /** By ssh2's own way, which keeps what it is given. */
  #parse(slab: ReadSlab, start: number, end: number): number {
    this.#slab = null;
    this.#protocol.parse(Buffer.from(slab.memory.subarray(start, end)), 0, end - start);
    this.#slab = slab;
    return end;
  }
}
