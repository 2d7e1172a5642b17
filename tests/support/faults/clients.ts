import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connected } from '../lab/tcp-peer';
import { PatternCheck, patternAt, patternStream } from './pattern';

interface Address {
  readonly port: number;
}

/** A client in the middle of something: sends a little all the time, and gets it back. */
export class SteadyClient {
  readonly #check = new PatternCheck();
  #sentBytes = 0;
  #end: 'open' | 'broken off' | 'ended' = 'open';
  readonly #timer: NodeJS.Timeout;
  readonly #over: Promise<void>;

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => this.#check.take(chunk));
    this.#over = new Promise((resolve) => {
      socket.once('error', () => {
        this.#end = 'broken off';
        resolve();
      });
      socket.once('end', () => {
        if (this.#end === 'open') this.#end = 'ended';
        resolve();
      });
    });
    this.#timer = setInterval(() => this.#send(), 50);
  }

  /** Resolves once the first bytes have come back. */
  static async open(to: Address): Promise<SteadyClient> {
    const client = new SteadyClient(await connected(to));
    client.#send();
    await once(client.socket, 'data');
    return client;
  }

  get isBroken(): boolean {
    return this.#end === 'broken off';
  }

  /** Ends it properly, if it is not over, and counts what is missing or wrong although it looked whole. */
  async finish(): Promise<number> {
    clearInterval(this.#timer);
    this.socket.end();
    await this.#over;
    this.socket.destroy();
    const missing = this.#end === 'ended' ? this.#sentBytes - this.#check.receivedBytes : 0;
    return missing + this.#check.wrongBytes;
  }

  #send(): void {
    if (this.#end !== 'open' || this.socket.writableNeedDrain) return;
    const chunk = patternAt(this.#sentBytes, 512);
    this.#sentBytes += chunk.length;
    this.socket.write(chunk);
  }
}

/** Sends so many bytes and wants them back. @returns how many are missing or wrong. Rejects when broken off. */
export async function echoed(to: Address, bytes: number): Promise<number> {
  const socket = await connected(to);
  patternStream(bytes).pipe(socket);
  return lossOf(socket, bytes);
}

/** Reads to the end. @returns how many of `bytes` are missing or wrong. Rejects when broken off. */
export function lossOf(socket: Socket, bytes: number): Promise<number> {
  const check = new PatternCheck();
  return new Promise((resolve, reject) => {
    socket.on('data', (chunk: Buffer) => check.take(chunk));
    socket.once('end', () => {
      socket.end();
      resolve(Math.abs(bytes - check.receivedBytes) + check.wrongBytes);
    });
    socket.once('error', reject);
  });
}
