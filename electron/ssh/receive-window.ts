const kibi = 1024;
const mebi = 1024 * kibi;

/** What ssh2 grants when a channel opens. */
export const usualWindowBytes = 2 * mebi;
const smallestBytes = 512 * kibi;
const largestBytes = 64 * mebi;
/** All windows of a connection together, as long as each has the least that keeps data flowing. */
const sharedBytes = 128 * mebi;
const leastShareBytes = 256 * kibi;

/**
 * The most that one of so many channels may have under way. sshd reads a whole window ahead for each: with 500 of
 * 2 MiB it is busy with its own gigabyte of buffers for so long that it seems dead.
 */
export function windowShareBytes(channels: number): number {
  return Math.min(largestBytes, Math.max(leastShareBytes, Math.floor(sharedBytes / Math.max(1, channels))));
}
/** Room beyond bandwidth x delay: less leaves the link idle, more stands in its queue and delays everybody. */
const gain = 1.15;
const startGain = 4;
/** What we and the server take to act, on top of the network's own round trip. */
const reactionMs = 3;
const shortestRoundMs = 4;
/** So many rounds without a quarter more throughput mean that the link is full. */
const fullAfterRounds = 3;
const rememberedRounds = 5;

/**
 * How many bytes the server may have under way on one channel (RFC 4254, 5.2). It starts where OpenSSH stands for
 * ever, 2 MiB (less among many), doubles per round trip for as long as that brings more, and then settles a little above what the link
 * holds (bandwidth x round trip): a long link is filled, a slow one is not, and a slow reader holds up its sender.
 */
export class ReceiveWindow {
  #targetBytes: number;
  /** The server may still send so much. */
  #grantedBytes: number;
  /** Came, but has not been taken by its reader yet. */
  #waitingBytes = 0;

  #roundStartMs: number | null = null;
  #roundBytes = 0;
  #bestRate = 0;
  #fullRounds = 0;
  readonly #rates: number[] = [];

  constructor(
    private readonly nowMs: () => number,
    /** Shortest round trip so far; null before the first. */
    private readonly roundTripMs: () => number | null,
    private readonly grant: (bytes: number) => void,
    initialBytes = usualWindowBytes,
    /** See `windowShareBytes`; as many as there are now. */
    private readonly shareBytes: () => number = () => largestBytes,
  ) {
    this.#targetBytes = initialBytes;
    this.#grantedBytes = initialBytes;
  }

  /** Returns by how many bytes the server has sent more than it may: 0 from an honest one. */
  received(bytes: number): number {
    this.#grantedBytes -= bytes;
    this.#waitingBytes += bytes;
    return Math.max(0, -this.#grantedBytes);
  }

  /** The reader has taken so many bytes. */
  consumed(bytes: number): void {
    this.#waitingBytes -= bytes;
    this.#roundBytes += bytes;
    this.#measure();
    const targetBytes = Math.min(this.#targetBytes, this.shareBytes());
    const more = targetBytes - this.#grantedBytes - this.#waitingBytes;
    if (more < Math.min(targetBytes / 8, 512 * kibi)) return;
    this.#grantedBytes += more;
    this.grant(more);
  }

  #measure(): void {
    const roundTripMs = this.roundTripMs();
    if (roundTripMs === null) return;
    const nowMs = this.nowMs();
    this.#roundStartMs ??= nowMs;
    const elapsedMs = nowMs - this.#roundStartMs;
    if (elapsedMs < Math.max(roundTripMs, shortestRoundMs)) return;
    const rate = this.#roundBytes / elapsedMs;
    // After a pause the round says nothing about the link.
    const isPaused = elapsedMs > 4 * (roundTripMs + shortestRoundMs) && rate < this.#bestRate;
    this.#roundStartMs = nowMs;
    this.#roundBytes = 0;
    if (!isPaused) this.#learn(rate, roundTripMs);
  }

  #learn(rate: number, roundTripMs: number): void {
    this.#rates.push(rate);
    if (this.#rates.length > rememberedRounds) this.#rates.shift();
    if (rate > this.#bestRate * 1.25) {
      this.#bestRate = rate;
      this.#fullRounds = 0;
    } else {
      this.#fullRounds += 1;
    }
    const isFull = this.#fullRounds >= fullAfterRounds;
    if (isFull) this.#bestRate = middle(this.#rates);
    const bytes = this.#bestRate * (roundTripMs + reactionMs) * (isFull ? gain : startGain);
    const wanted = Math.floor(Math.min(Math.max(bytes, smallestBytes), largestBytes));
    // Until the link is known to be full it only grows.
    this.#targetBytes = isFull ? wanted : Math.max(this.#targetBytes, wanted);
  }
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
