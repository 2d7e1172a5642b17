import { connect, createServer } from 'node:net';

/**
 * A link between a client and a server on loopback, in a process of its own so that its work delays nobody:
 * `node slow-link.mjs '{"port":22,"delayMs":25,"bytesPerSecond":12000000,"queueBytes":262144}'` prints its port.
 * All connections share the link: in each direction their bytes stand in one queue, are sent at the link's rate and
 * arrive `delayMs` later. A full queue holds the senders up. Rate 0: no limit.
 */
const { port, delayMs, bytesPerSecond, queueBytes } = JSON.parse(process.argv[2]);

class Direction {
  #flying = [];
  #freeAtMs = 0;
  #timer = null;
  #waiting = new Set();

  /** Takes a chunk (null: the end) that `from` has sent to `to`. */
  take(from, to, chunk) {
    const nowMs = performance.now();
    const sizeBytes = chunk?.length ?? 0;
    this.#freeAtMs =
      Math.max(this.#freeAtMs, nowMs) + (bytesPerSecond > 0 ? (sizeBytes / bytesPerSecond) * 1000 : 0);
    this.#flying.push({ dueMs: this.#freeAtMs + delayMs, to, chunk });
    if (this.#queuedBytes(nowMs) > queueBytes) {
      from.pause();
      this.#waiting.add(from);
    }
    this.#timer ??= setTimeout(() => this.#deliver(), 1);
  }

  #queuedBytes(nowMs) {
    return bytesPerSecond > 0 ? ((this.#freeAtMs - nowMs) / 1000) * bytesPerSecond : 0;
  }

  #deliver() {
    const nowMs = performance.now();
    let count = 0;
    for (; count < this.#flying.length && this.#flying[count].dueMs <= nowMs; count += 1) {
      const { to, chunk } = this.#flying[count];
      if (chunk === null) to.end();
      else if (to.writable) to.write(chunk);
    }
    this.#flying.splice(0, count);
    if (this.#waiting.size > 0 && this.#queuedBytes(nowMs) <= queueBytes / 2) {
      for (const from of this.#waiting) from.resume();
      this.#waiting.clear();
    }
    this.#timer = this.#flying.length > 0 ? setTimeout(() => this.#deliver(), 1) : null;
  }
}

const up = new Direction();
const down = new Direction();
const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
  const upstream = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  for (const [from, to, direction] of [
    [client, upstream, up],
    [upstream, client, down],
  ]) {
    from.on('data', (chunk) => direction.take(from, to, chunk));
    from.on('end', () => direction.take(from, to, null));
    from.on('error', () => to.destroy());
    from.on('close', () => setTimeout(() => to.destroy(), delayMs * 2 + 1000));
  }
});
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port })));
