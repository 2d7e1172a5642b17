import type { Client, ClientChannel } from 'ssh2';
import { protocolOf } from './ssh2-internals';

/** ssh2's own ciphers of a key exchange; those of AES-GCM have the keys as properties. */
interface Ssh2Cipher {
  readonly outSeqno: number;
}
interface Ssh2GcmCipher extends Ssh2Cipher {
  readonly _encSSLName: string;
  readonly _encKey: Buffer;
  readonly _encIV: Buffer;
}
interface Ssh2Decipher {
  readonly inSeqno: number;
}
interface Ssh2GcmDecipher extends Ssh2Decipher {
  readonly _decipherSSLName: string;
  readonly _decipherKey: Buffer;
  readonly _decipherIV: Buffer;
}

type OpenDirectly = (channel: number, window: number, packetBytes: number, target: object) => void;

type OnChannelData = (protocol: unknown, recipient: number, data: Buffer, type?: number) => void;

/** What ssh2 does with the messages of channels. */
interface ChannelHandlers {
  CHANNEL_DATA: OnChannelData;
  CHANNEL_EXTENDED_DATA: OnChannelData;
  CHANNEL_WINDOW_ADJUST: (protocol: unknown, recipient: number, bytes: number) => void;
  CHANNEL_OPEN_FAILURE: (protocol: unknown, recipient: number, ...reason: readonly unknown[]) => void;
}

/** The part of ssh2's protocol object by which `PacketStream` takes the packets over. */
export interface PacketProtocol {
  _onWrite: (packet: Buffer) => void;
  readonly _onPayload: (payload: Buffer) => boolean | number | undefined;
  _onHandshakeComplete: (negotiated: unknown) => void;
  _cipher: Ssh2Cipher | Ssh2GcmCipher;
  _decipher: Ssh2Decipher | Ssh2GcmDecipher;
  /** Set while keys are being exchanged: what is sent meanwhile is queued. */
  readonly _kexinit: Buffer | undefined;
  readonly _handlers: ChannelHandlers;
  disconnect: (reason: number) => void;
  directTcpip: OpenDirectly;
  openssh_directStreamLocal: OpenDirectly;
  parse(data: Buffer, start: number, end: number): void;
  channelData(channelId: number, data: Buffer): void;
  channelWindowAdjust(channelId: number, bytes: number): void;
}

/** A channel's state on both sides (RFC 4254, 5.1). */
export interface ChannelWindows {
  readonly incoming: { readonly id: number; readonly window: number };
  readonly outgoing: {
    readonly id: number;
    readonly packetSize: number;
    readonly state: 'open' | 'eof' | 'closing' | 'closed';
    window: number;
  };
}

interface WithChannels {
  readonly _chanMgr: { get(id: number): ChannelWindows | ((...args: never) => void) | undefined };
}

/** See `ssh2-internals.ts`. Of a client whose `connect` was called. */
export const packetProtocolOf = (client: Client): PacketProtocol =>
  protocolOf(client) as unknown as PacketProtocol;

export const channelHandlersOf = (client: Client): ChannelHandlers => packetProtocolOf(client)._handlers;

export const windowsOf = (channel: ClientChannel): ChannelWindows => channel as unknown as ChannelWindows;

/** Null: no channel that is open has this number on our side. */
export function windowsOfNumber(client: Client, id: number): ChannelWindows | null {
  const channel = (client as unknown as WithChannels)._chanMgr.get(id);
  return typeof channel === 'object' ? channel : null;
}
