import type { Socket } from 'node:net';
import type { ChannelUser, PooledChannel } from './channel-pool';
import { ChunkedBody } from './chunked-body';
import { MalformedResponse, type ResponseHead, readResponseHead, writeResponseHead } from './response-head';

/** How an exchange ended. */
export type ExchangeOutcome =
  /** The answer is complete; `isReusable`: the channel takes another request. */
  | { readonly kind: 'done'; readonly isReusable: boolean }
  /** It ended before its answer began: nothing has been sent to the browser. */
  | { readonly kind: 'unanswered' }
  /** The answer was cut: the browser's connection must break off, so that it is not taken for a whole one. */
  | { readonly kind: 'cut' };

/** What is copied into one piece with the head, to be sent by one system call. */
const oneWriteBytes = 16 * 1024;

/**
 * One request on a channel and its answer, as bytes: only their heads and lengths are read. Both directions hold up
 * their sender when the other side is slow.
 */
export class DirectExchange implements ChannelUser {
  #channel: PooledChannel | null = null;
  #rest: Buffer | null = null;
  #head: ResponseHead | null = null;
  #chunked: ChunkedBody | null = null;
  #left = 0;
  #isOver = false;

  constructor(
    private readonly method: string,
    private readonly socket: Socket,
    private readonly end: (outcome: ExchangeOutcome) => void,
  ) {}

  get channel(): PooledChannel | null {
    return this.#channel;
  }

  get hasAnswer(): boolean {
    return this.#head !== null;
  }

  /** Sends `request`, the head and what there is of the body. False: wait until the channel drains. */
  start(channel: PooledChannel, request: Buffer): boolean {
    this.#channel = channel;
    channel.use(this);
    return channel.write(request);
  }

  /** The browser has left, or somebody else goes on with the request. */
  abandon(): void {
    this.#isOver = true;
    this.#channel?.destroy();
  }

  onData(data: Buffer): void {
    try {
      if (this.#head === null) this.#readHead(data);
      else this.#pass(data, 0, '');
    } catch (error) {
      if (!(error instanceof MalformedResponse)) throw error;
      this.#break();
    }
  }

  onEnd(): void {
    if (this.#head?.body.kind === 'untilEnd') {
      this.socket.write('0\r\n\r\n', 'latin1');
      this.#finish(false);
    } else {
      this.#break();
    }
  }

  onClosed(): void {
    this.#break();
  }

  onDrain(): void {
    this.socket.resume();
  }

  #readHead(data: Buffer): void {
    const bytes = this.#rest === null ? data : Buffer.concat([this.#rest, data]);
    this.#rest = null;
    for (let at = 0; ; ) {
      const rest = at === 0 ? bytes : bytes.subarray(at);
      const head = readResponseHead(rest, this.method);
      if (head === null) {
        this.#rest = rest;
        return;
      }
      at += head.headBytes;
      // RFC 9110, 15.2: a proxy may keep these to itself when it has not asked for them.
      if (head.status < 200) continue;
      this.#head = head;
      if (head.body.kind === 'length') this.#left = head.body.bytes;
      if (head.body.kind === 'chunked') this.#chunked = new ChunkedBody();
      this.#pass(bytes, at, writeResponseHead(head));
      return;
    }
  }

  /** Sends `head`, if any, and what of the body is in `data` from `start` on. */
  #pass(data: Buffer, start: number, head: string): void {
    const kind = this.#head?.body.kind;
    if (kind === 'length' || kind === 'none') this.#passCounted(data, start, head);
    else this.#passChunks(data, start, head);
  }

  #passCounted(data: Buffer, start: number, head: string): void {
    const end = Math.min(data.length, start + this.#left);
    this.#left -= end - start;
    this.#write(head, data, start, end);
    if (this.#left === 0) this.#finish(end === data.length);
  }

  /** The chunks are made anew, so that there is no doubt about them in the browser either. */
  #passChunks(data: Buffer, start: number, head: string): void {
    const { socket } = this;
    const chunk = (from: number, to: number): void => {
      if (to === from) return;
      socket.write(`${(to - from).toString(16)}\r\n`, 'latin1');
      socket.write(data.subarray(from, to));
      socket.write('\r\n', 'latin1');
    };
    let at = data.length;
    socket.cork();
    try {
      if (head !== '') socket.write(head, 'latin1');
      if (this.#chunked === null) chunk(start, data.length);
      else at = this.#chunked.take(data, start, chunk);
      if (this.#chunked?.isOver === true) socket.write('0\r\n\r\n', 'latin1');
    } finally {
      socket.uncork();
    }
    if (this.#chunked?.isOver === true) this.#finish(at === data.length);
    else this.#holdUp();
  }

  #write(head: string, data: Buffer, start: number, end: number): void {
    const { socket } = this;
    const bodyBytes = end - start;
    if (head === '') {
      if (bodyBytes > 0) socket.write(data.subarray(start, end));
    } else if (bodyBytes <= oneWriteBytes) {
      const bytes = Buffer.allocUnsafe(head.length + bodyBytes);
      bytes.write(head, 'latin1');
      data.copy(bytes, head.length, start, end);
      socket.write(bytes);
    } else {
      socket.cork();
      socket.write(head, 'latin1');
      socket.write(data.subarray(start, end));
      socket.uncork();
    }
    if (this.#left > 0) this.#holdUp();
  }

  #holdUp(): void {
    const channel = this.#channel;
    if (channel === null || !this.socket.writableNeedDrain) return;
    channel.pause();
  }

  #finish(isExact: boolean): void {
    this.#settle({ kind: 'done', isReusable: isExact && this.#head?.keepsAlive === true });
  }

  #break(): void {
    this.#channel?.destroy();
    this.#settle({ kind: this.hasAnswer ? 'cut' : 'unanswered' });
  }

  #settle(outcome: ExchangeOutcome): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.end(outcome);
  }
}
