import type { Duplex } from 'node:stream';

const idleMs = 30_000;
const idleAtMost = 64;

/** Who uses a channel at the moment. */
export interface ChannelUser {
  onData(data: Buffer): void;
  /** All that the far side had to say has come. */
  onEnd(): void;
  /** Nothing more comes, and what was sent may be lost. */
  onClosed(): void;
  onDrain(): void;
}

/** A channel that serves one request after the other. Its listeners stay; who is meant by them changes. */
export class PooledChannel {
  #user: ChannelUser | null = null;
  readonly #idleTimer: NodeJS.Timeout;

  constructor(private readonly stream: Duplex) {
    this.#idleTimer = setTimeout(() => {
      if (this.#user === null) stream.destroy();
    }, idleMs).unref();
    stream.on('data', (data: Buffer) => {
      // Nobody has asked for anything: what comes now would be taken for the answer to somebody's next request.
      if (this.#user === null) stream.destroy();
      else this.#user.onData(data);
    });
    stream.on('end', () => {
      if (this.#user === null) stream.destroy();
      else this.#user.onEnd();
    });
    stream.on('drain', () => this.#user?.onDrain());
    stream.on('error', () => stream.destroy());
    stream.once('close', () => {
      clearTimeout(this.#idleTimer);
      const user = this.#user;
      this.#user = null;
      user?.onClosed();
    });
  }

  get isUsable(): boolean {
    return !this.stream.destroyed && this.stream.writable && !this.stream.readableEnded;
  }

  use(user: ChannelUser): void {
    this.#user = user;
  }

  /** Nobody uses it until the next `use`. */
  rest(): void {
    this.#user = null;
    this.#idleTimer.refresh();
    this.stream.resume();
  }

  /** False: wait for `onDrain` before the next one. */
  write(data: Buffer): boolean {
    return this.stream.write(data);
  }

  pause(): void {
    this.stream.pause();
  }

  resume(): void {
    this.stream.resume();
  }

  /** The user is told no more. */
  destroy(): void {
    this.#user = null;
    this.stream.destroy();
  }
}

/** Channels that rest between requests, by the key of their target; the last one used is used first. */
export class ChannelPool {
  readonly #resting = new Map<string, PooledChannel[]>();

  /** Null: there is none. */
  take(key: string): PooledChannel | null {
    const channels = this.#resting.get(key);
    for (let channel = channels?.pop(); channel !== undefined; channel = channels?.pop()) {
      if (channel.isUsable) return channel;
    }
    return null;
  }

  give(key: string, channel: PooledChannel): void {
    const channels = this.#resting.get(key) ?? [];
    this.#resting.set(key, channels);
    // Those that have rested longest end first.
    while (channels[0]?.isUsable === false) channels.shift();
    if (!channel.isUsable || channels.length >= idleAtMost) {
      channel.destroy();
      return;
    }
    channel.rest();
    channels.push(channel);
  }

  close(): void {
    for (const channels of this.#resting.values()) for (const channel of channels) channel.destroy();
    this.#resting.clear();
  }
}
