import { describe, expect, it } from 'vitest';
import { ReceiveWindow, windowShareBytes } from '../../../electron/ssh/receive-window';

const mebi = 1024 * 1024;

/** A link with a round trip and a rate, a server that sends what it may, a reader with a rate of its own. */
class Link {
  nowMs = 0;
  grantedInAll = 2 * mebi;
  receivedInAll = 0;
  #sentInAll = 0;
  #freeAtMs = 0;
  readonly #arrivals: { atMs: number; bytes: number }[] = [];
  readonly #grants: { atMs: number; bytes: number }[] = [];
  readonly window: ReceiveWindow;

  constructor(
    private readonly roundTripMs: number,
    private readonly bytesPerMs: number,
    private readonly readerBytesPerMs = Number.POSITIVE_INFINITY,
  ) {
    this.window = new ReceiveWindow(
      () => this.nowMs,
      () => roundTripMs,
      (bytes) => this.#grants.push({ atMs: this.nowMs + roundTripMs / 2, bytes }),
    );
  }

  /** Sent and not arrived: what stands in the link and its queue. */
  get underWayBytes(): number {
    return this.#sentInAll - this.receivedInAll;
  }

  run(ms: number): void {
    let unread = 0;
    for (const endMs = this.nowMs + ms; this.nowMs < endMs; this.nowMs += 1) {
      while ((this.#grants[0]?.atMs ?? Number.POSITIVE_INFINITY) <= this.nowMs)
        this.grantedInAll += this.#grants.shift()?.bytes ?? 0;
      while (this.#sentInAll < this.grantedInAll) {
        const bytes = Math.min(32 * 1024, this.grantedInAll - this.#sentInAll);
        this.#sentInAll += bytes;
        this.#freeAtMs = Math.max(this.#freeAtMs, this.nowMs) + bytes / this.bytesPerMs;
        this.#arrivals.push({ atMs: this.#freeAtMs + this.roundTripMs / 2, bytes });
      }
      while ((this.#arrivals[0]?.atMs ?? Number.POSITIVE_INFINITY) <= this.nowMs) {
        const bytes = this.#arrivals.shift()?.bytes ?? 0;
        this.receivedInAll += bytes;
        expect(this.window.received(bytes)).toBe(0);
        unread += bytes;
      }
      const read = Math.min(unread, this.readerBytesPerMs);
      unread -= read;
      if (read > 0) this.window.consumed(read);
    }
  }
}

describe('the window of a channel', () => {
  it('fills a long, fast link: 100 ms, 200 MB/s', () => {
    const link = new Link(100, 200_000);
    link.run(3000);
    const before = link.receivedInAll;
    link.run(1000);
    expect(link.receivedInAll - before).toBeGreaterThan(180e6);
  });

  it('leaves little more under way than a slow link holds: 50 ms, 12 MB/s', () => {
    const link = new Link(50, 12_000);
    link.run(3000);
    const before = link.receivedInAll;
    link.run(1000);
    expect(link.receivedInAll - before).toBeGreaterThan(11.5e6);
    expect(link.underWayBytes).toBeLessThan(1.4 * 50 * 12_000);
  });

  it('gives a slow reader no more memory the longer it lasts', () => {
    const link = new Link(1, 500_000, 1);
    link.run(60_000);
    expect(link.grantedInAll).toBeLessThan(2 * mebi + 60_000 + mebi);
  });

  it('has its share when there are many, and gives room back when more come', () => {
    let channels = 1;
    let granted = 0;
    const window = new ReceiveWindow(
      () => 0,
      () => null,
      (bytes) => {
        granted += bytes;
      },
      2 * mebi,
      () => windowShareBytes(channels),
    );
    channels = 500;
    window.received(2 * mebi);
    window.consumed(2 * mebi);
    expect(granted).toBeGreaterThanOrEqual(mebi / 4);
    expect(500 * granted).toBeLessThanOrEqual(128 * mebi);
  });

  it('tells by how much a server sends more than it may', () => {
    const window = new ReceiveWindow(
      () => 0,
      () => null,
      () => undefined,
    );
    expect(window.received(2 * mebi)).toBe(0);
    expect(window.received(1)).toBe(1);
    expect(window.received(10)).toBe(11);
  });
});
