import type { DiffieHellman } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { Client, ClientChannel, Prompt } from 'ssh2';

/**
 * What Nuvem needs of ssh2 and its public interface does not give. ssh2 is pinned to an exact version; each use is
 * covered by a test against a real server.
 */
export interface Ssh2Protocol {
  ping(): void;
  signal(channelId: number, name: string): void;
  authNone(user: string): void;
  authPassword(user: string, password: string, newPassword?: string): void;
  authKeyboard(user: string): void;
  authInfoRes(answers: readonly string[]): void;
  exec(channelId: number, command: string, wantsReply: boolean): void;
  openssh_agentForward(channelId: number, wantsReply: boolean): void;
  /** Methods of the requests that the server has not answered yet: they tell its messages 60 apart. */
  readonly _authsQueue: string[];
  readonly _handlers: {
    EXT_INFO: (
      protocol: unknown,
      extensions: readonly { readonly name: string; readonly algs?: readonly string[] }[],
    ) => void;
    USERAUTH_FAILURE: (protocol: unknown, methods: readonly string[], isPartialSuccess: boolean) => void;
    USERAUTH_PK_OK: () => void;
    USERAUTH_INFO_REQUEST: (
      protocol: unknown,
      title: string,
      instructions: string,
      prompts: readonly Prompt[],
    ) => void;
    USERAUTH_PASSWD_CHANGEREQ: (protocol: unknown, text: string) => void;
  };
  readonly _kex: { readonly sessionID: Buffer };
  readonly _kexinit: Buffer | undefined;
  _offer: {
    readonly lists: {
      readonly kex: NameList;
      readonly serverHostKey: NameList;
      readonly cs: DirectionLists;
      readonly sc: DirectionLists;
    };
  };
  _queue: Buffer[] | undefined;
  readonly _cipher: { encrypt(packet: Buffer): void };
  readonly _packetRW: {
    readonly write: {
      readonly allocStart: number;
      alloc(sizeBytes: number): Buffer;
      finalize(packet: Buffer): Buffer;
    };
  };
}

interface NameList {
  readonly array: readonly string[];
}
interface DirectionLists {
  readonly cipher: NameList;
  readonly mac: NameList;
  readonly compress: NameList;
  readonly lang: NameList;
}

interface Ssh2Internals {
  readonly _callbacks: ((failure: boolean | Error) => void)[];
  readonly _protocol: Ssh2Protocol;
  _agentFwdEnabled: boolean;
  _agent: { getStream(onOpened: (error: Error | null, stream?: Duplex) => void): void } | undefined;
}

const internalsOf = (client: Client) => client as unknown as Ssh2Internals;

/**
 * Sends `keepalive@openssh.com` (a global request that every server must answer) and calls back on its answer.
 * ssh2's own keepalive says neither how long the answer took nor that one was missed.
 */
export function ping(client: Client, onAnswered: () => void): void {
  const { _callbacks: callbacks, _protocol: protocol } = internalsOf(client);
  callbacks.push((failure) => {
    // A refusal is an answer too; an Error means that the connection has ended.
    if (!(failure instanceof Error)) onAnswered();
  });
  protocol.ping();
}

/** The protocol of a client whose `connect` was called: what `UserAuth` speaks by. */
export const protocolOf = (client: Client): Ssh2Protocol => internalsOf(client)._protocol;

/** Sends a message of our own making, after a key exchange that may be under way. */
export function sendPacket(protocol: Ssh2Protocol, payload: Buffer): void {
  const { write } = protocol._packetRW;
  const packet = write.alloc(payload.length);
  packet.set(payload, write.allocStart);
  const finished = write.finalize(packet);
  if (protocol._kexinit === undefined) protocol._cipher.encrypt(finished);
  else protocol._queue = [...(protocol._queue ?? []), finished];
}

/**
 * Ends a remote command by SIGKILL (RFC 4254, 6.9), as far as the server forwards signals. ssh2 sends none once
 * the command's standard input is closed.
 */
export function killCommand(client: Client, channel: ClientChannel): void {
  const { outgoing } = channel as unknown as {
    readonly outgoing: { readonly id: number; readonly state: string };
  };
  if (outgoing.state === 'open' || outgoing.state === 'eof')
    internalsOf(client)._protocol.signal(outgoing.id, 'KILL');
}

/**
 * Makes ssh2 ask for agent forwarding with every command, and connect what the server then opens to what `open`
 * gives. ssh2's own `agentForward` asks only once per connection, and fails the command where the server refuses.
 */
export function forwardAgentTo(
  client: Client,
  open: (onOpened: (error: Error | null, stream?: Duplex) => void) => void,
): void {
  const internals = internalsOf(client);
  const protocol = internals._protocol;
  const { exec } = protocol;
  internals._agentFwdEnabled = true;
  internals._agent = { getStream: open };
  protocol.exec = (channelId, command, wantsReply) => {
    protocol.openssh_agentForward(channelId, false);
    exec.call(protocol, channelId, command, wantsReply);
  };
}

/** One key exchange of ssh2's (RFC 4253, section 8). */
export interface KeyExchange {
  /** `groupex` has message numbers of its own. */
  readonly type: string;
  readonly negotiated: { readonly kex: string; serverHostKey: string };
  parse(payload: Buffer): unknown;
  /** Our keys; ssh2 makes them when there are none. */
  _dh: DiffieHellman | null;
  _public: Buffer | null;
}

/** Calls back with each key exchange of a client whose `connect` was called, as soon as its algorithms are agreed. */
export function keyExchangesOf(client: Client, onStarted: (exchange: KeyExchange) => void): void {
  const protocol = internalsOf(client)._protocol;
  const others = Object.getOwnPropertyDescriptor(protocol, '_kex')?.set;
  let current: KeyExchange | undefined;
  Object.defineProperty(protocol, '_kex', {
    configurable: true,
    get: () => current,
    set: (exchange: KeyExchange | undefined) => {
      others?.(exchange);
      current = exchange;
      if (exchange !== undefined) onStarted(exchange);
    },
  });
}

/** Changes the host key algorithms that a client offers, before it has; ssh2 would refuse those that it does not know. */
export function offerHostKeys(client: Client, change: (names: readonly string[]) => readonly string[]): void {
  const protocol = internalsOf(client)._protocol;
  const { lists } = protocol._offer;
  const direction = ({ cipher, mac, compress, lang }: typeof lists.cs) => ({
    ...{ cipher: cipher.array, mac: mac.array, compress: compress.array, lang: lang.array },
  });
  const Offer = protocol._offer.constructor as new (names: object) => Ssh2Protocol['_offer'];
  protocol._offer = new Offer({
    kex: lists.kex.array,
    serverHostKey: change(lists.serverHostKey.array),
    cs: direction(lists.cs),
    sc: direction(lists.sc),
  });
}
