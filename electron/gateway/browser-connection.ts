import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { MachineLink } from '../connection/machine-link';
import { readInto } from '../system/read-into';
import { type ChannelPool, PooledChannel } from './channel-pool';
import { DirectExchange, type ExchangeOutcome } from './direct-exchange';
import { canRepeat } from './exchange';
import { isDocument } from './gateway-pages';
import { writeFields } from './head-fields';
import { refuseSocket } from './refusals';
import { type RequestHead, readRequestHead } from './request-head';
import { type GatewayRoute, type RemoteTarget, targetKey } from './routes';
import { headersFor, readAbsoluteForm, type Wanted } from './wanted';

const idleMs = 120_000;
/** All connections read into it: what came is used, or copied, before the next one reads. */
const memory = Buffer.allocUnsafeSlow(64 * 1024);
/** What may come before there is a channel for it. */
const heldBytesAtMost = 64 * 1024;

export interface BrowserConnectionDependencies {
  readonly link: MachineLink;
  readonly routes: ReadonlyMap<string, GatewayRoute>;
  readonly channels: ChannelPool;
  /** Judges the value of `Proxy-Authorization`. */
  readonly accepts: (credentials: string) => boolean;
  readonly open: (target: RemoteTarget, signal: AbortSignal) => Promise<Duplex>;
  /** For a request that cannot be sent a second time and was not answered. */
  readonly failureStatus: () => number;
  /** Node's own HTTP server takes the socket over, with `bytes` not read yet. */
  readonly handOver: (socket: Socket, bytes: Buffer) => void;
}

interface Underway {
  readonly head: RequestHead;
  readonly key: string;
  readonly exchange: DirectExchange;
  /** All that came of the request before it was sent; gone once its answer has begun. */
  early: Buffer;
  /** Of its body, not sent yet. */
  bodyLeft: number;
  readonly opening: AbortController;
  isSent: boolean;
  readonly forget: () => void;
}

/**
 * A connection of the browser to the gateway, for as long as it asks for nothing but plain requests that bring the
 * credentials: those go straight to a channel, at a fraction of what Node's HTTP server and client cost. Everything
 * else, and whatever goes wrong before an answer has begun, is handed over to that server, which knows all of HTTP,
 * explains, parks and refuses.
 */
export class BrowserConnection {
  #underway: Underway | null = null;
  /** Came while a request was under way. */
  #held: Buffer[] = [];
  /** Of a body whose request was answered before all of it had come. */
  #unwantedBytes = 0;
  #acceptedCredentials: string | null = null;
  #isLetGo = false;

  constructor(
    private readonly socket: Socket,
    private readonly deps: BrowserConnectionDependencies,
  ) {
    if (!readInto(socket, memory, (count) => this.#onRead(memory.subarray(0, count))))
      socket.on('data', this.#onData);
    socket.on('drain', this.#onDrain);
    socket.on('end', this.#onLeft);
    socket.on('close', this.#onLeft);
    socket.on('error', this.#onLeft);
    socket.on('timeout', this.#onIdle);
    socket.setTimeout(idleMs);
    socket.resume();
  }

  /** False: read no more for now. */
  #onRead(data: Buffer): boolean {
    if (this.#isLetGo) return this.socket.push(Buffer.from(data));
    this.#onData(data);
    return true;
  }

  readonly #onDrain = (): void => this.#underway?.exchange.channel?.resume();

  readonly #onLeft = (): void => {
    this.#dropUnderway();
    this.socket.destroy();
  };

  readonly #onIdle = (): void => {
    if (this.#underway === null) this.socket.destroy();
  };

  readonly #onData = (data: Buffer): void => {
    const underway = this.#underway;
    if (underway === null) this.#next(data);
    else if (underway.isSent && underway.bodyLeft > 0) this.#sendBody(underway, data);
    else this.#hold(data);
  };

  #hold(data: Buffer): void {
    this.#held.push(Buffer.from(data));
    const heldBytes = this.#held.reduce((sum, { length }) => sum + length, 0);
    // What belongs to the next request waits in the system.
    if (heldBytes >= heldBytesAtMost || this.#underway?.bodyLeft === 0) this.socket.pause();
  }

  #begin(bytes: Buffer): void {
    const head = readRequestHead(bytes);
    const wanted = head === null ? null : this.#judge(head);
    if (head === null || wanted === null || this.deps.link.state().kind !== 'ready') {
      this.#handOver(Buffer.from(bytes));
      return;
    }
    const key = targetKey(wanted.route.target);
    const exchange = new DirectExchange(head.method, this.socket, (outcome) => this.#onOutcome(outcome));
    const underway: Underway = {
      head,
      key,
      exchange,
      early: Buffer.from(bytes),
      bodyLeft: head.bodyBytes,
      opening: new AbortController(),
      isSent: false,
      forget: this.#watchLink(head),
    };
    this.#underway = underway;
    const channel = this.deps.channels.take(key);
    if (channel === null) void this.#open(underway, wanted);
    else this.#send(underway, wanted, channel);
  }

  /** Null: not ours, or not a plain request. */
  #judge(head: RequestHead): Wanted | null {
    const credentials = head.headers['proxy-authorization'];
    if (credentials === undefined) return null;
    if (credentials !== this.#acceptedCredentials) {
      if (!this.deps.accepts(credentials)) return null;
      this.#acceptedCredentials = credentials;
    }
    return readAbsoluteForm(head.url, this.deps.routes);
  }

  /** A page that the user waits for says so at once when the connection goes away. */
  #watchLink(head: RequestHead): () => void {
    if (!isDocument(head)) return () => undefined;
    return this.deps.link.onStateChanged(({ kind }) => {
      if (kind !== 'ready' && this.#underway?.exchange.hasAnswer === false) this.#giveUp();
    });
  }

  async #open(underway: Underway, wanted: Wanted): Promise<void> {
    const { signal } = underway.opening;
    try {
      const channel = await this.deps.open(wanted.route.target, signal);
      if (signal.aborted) channel.destroy();
      else this.#send(underway, wanted, new PooledChannel(channel));
    } catch {
      // The same will be found out, and told, by whom it is handed over to.
      if (!signal.aborted) this.#giveUp();
    }
  }

  #send(underway: Underway, { route, path }: Wanted, channel: PooledChannel): void {
    const { head } = underway;
    const fields = writeFields(headersFor(head, route));
    const lines = Buffer.from(
      `${head.method} ${path} HTTP/1.1\r\n${fields}Connection: keep-alive\r\n\r\n`,
      'latin1',
    );
    const all = this.#held.length === 0 ? underway.early : Buffer.concat([underway.early, ...this.#held]);
    const bodyEnd = Math.min(all.length, head.headBytes + head.bodyBytes);
    underway.bodyLeft -= bodyEnd - head.headBytes;
    underway.early = all.subarray(0, bodyEnd);
    this.#held = bodyEnd === all.length ? [] : [all.subarray(bodyEnd)];
    underway.isSent = true;
    const body = all.subarray(head.headBytes, bodyEnd);
    const isTaken = underway.exchange.start(
      channel,
      body.length === 0 ? lines : Buffer.concat([lines, body]),
    );
    this.#readOn(underway, isTaken);
  }

  #sendBody(underway: Underway, data: Buffer): void {
    const end = Math.min(data.length, underway.bodyLeft);
    underway.bodyLeft -= end;
    if (end < data.length) this.#hold(data.subarray(end));
    this.#readOn(underway, underway.exchange.channel?.write(Buffer.from(data.subarray(0, end))) ?? true);
  }

  /** Goes on reading unless the channel must drain first, or what comes next is another request. */
  #readOn(underway: Underway, isTaken: boolean): void {
    const isWaiting = underway.bodyLeft === 0 && this.#held.length > 0;
    if (!isTaken || isWaiting) this.socket.pause();
    else this.socket.resume();
  }

  #onOutcome(outcome: ExchangeOutcome): void {
    const underway = this.#underway;
    if (underway === null) return;
    if (outcome.kind === 'unanswered') {
      this.#giveUp();
      return;
    }
    this.#underway = null;
    underway.forget();
    const { channel } = underway.exchange;
    const isBodySent = underway.bodyLeft === 0;
    if (outcome.kind === 'done' && outcome.isReusable && isBodySent && channel !== null)
      this.deps.channels.give(underway.key, channel);
    else channel?.destroy();
    if (outcome.kind === 'cut') this.socket.destroy();
    else this.#goOn(underway.bodyLeft);
  }

  #goOn(unwantedBytes: number): void {
    const held = this.#held;
    this.#held = [];
    this.#unwantedBytes = unwantedBytes;
    if (held.length > 0) this.#next(Buffer.concat(held));
    if (!this.#isLetGo && this.#underway === null) this.socket.resume();
  }

  #next(data: Buffer): void {
    const skipped = Math.min(this.#unwantedBytes, data.length);
    this.#unwantedBytes -= skipped;
    if (skipped < data.length) this.#begin(skipped === 0 ? data : data.subarray(skipped));
  }

  /** The request under way has not been answered, and will not be by its channel. */
  #giveUp(): void {
    const underway = this.#underway;
    if (underway === null) return;
    this.#dropUnderway();
    if (this.socket.destroyed) return;
    const isWhole = !underway.isSent || canRepeat(underway.head);
    if (isWhole) {
      this.#handOver(Buffer.concat([underway.early, ...this.#held]));
    } else {
      this.#letGo();
      refuseSocket(this.socket, this.deps.failureStatus());
    }
  }

  #dropUnderway(): void {
    const underway = this.#underway;
    this.#underway = null;
    underway?.forget();
    underway?.opening.abort();
    underway?.exchange.abandon();
  }

  #handOver(bytes: Buffer): void {
    this.#letGo();
    this.deps.handOver(this.socket, bytes);
  }

  #letGo(): void {
    const { socket } = this;
    this.#isLetGo = true;
    socket.setTimeout(0);
    socket.off('data', this.#onData);
    socket.off('drain', this.#onDrain);
    socket.off('end', this.#onLeft);
    socket.off('close', this.#onLeft);
    socket.off('error', this.#onLeft);
    socket.off('timeout', this.#onIdle);
  }
}
