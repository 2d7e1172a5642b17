import { createServer, type Server, type Socket, connect as tcpConnect } from 'node:net';

/** What the network between a client and its server does; a change applies to bytes not yet forwarded. */
export interface Faults {
  /** One-way delay of every chunk. */
  readonly delayMs?: number;
  /** Bytes per second and direction. */
  readonly rateBytesPerSecond?: number;
  /** Cuts the connection with a reset once that many bytes went to the server. */
  readonly cutAfterBytesUp?: number;
  /** Cuts the connection with a reset once that many bytes came from the server. */
  readonly cutAfterBytesDown?: number;
  /** Swallows every byte without closing anything: a half-open connection, an unplugged cable. */
  readonly isBlackHole?: boolean;
  /** Changes every byte. */
  readonly isGarbled?: boolean;
}

export interface FaultProxy {
  readonly host: '127.0.0.1';
  readonly port: number;
  setFaults(faults: Faults): void;
  /** Connections accepted so far. */
  readonly acceptedCount: number;
  /** Resolves once `acceptedCount` reached `count`. */
  accepted(count: number): Promise<void>;
  /** Resets all live connections. */
  cutAll(): void;
  stop(): Promise<void>;
}

/** A TCP proxy to `target` on loopback that misbehaves as told. */
export async function startFaultProxy(
  target: { host: string; port: number },
  faults: Faults = {},
): Promise<FaultProxy> {
  let current = faults;
  let acceptedCount = 0;
  const waiters: { count: number; resolve: () => void }[] = [];
  const sockets = new Set<Socket>();

  const server: Server = createServer({ allowHalfOpen: true }, (client) => {
    acceptedCount += 1;
    for (const waiter of waiters) if (acceptedCount >= waiter.count) waiter.resolve();
    const upstream = tcpConnect({ host: target.host, port: target.port, allowHalfOpen: true });
    const cut = () => {
      client.resetAndDestroy();
      upstream.resetAndDestroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.once('close', () => sockets.delete(socket));
    }
    const other = (socket: Socket) => (socket === client ? upstream : client);
    for (const socket of [client, upstream]) {
      socket.once('error', () => other(socket).resetAndDestroy());
    }
    relay(
      client,
      upstream,
      () => current,
      () => current.cutAfterBytesUp,
      cut,
    );
    relay(
      upstream,
      client,
      () => current,
      () => current.cutAfterBytesDown,
      cut,
    );
  });

  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const cutAll = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    host: '127.0.0.1',
    port,
    setFaults: (next) => {
      current = next;
    },
    get acceptedCount() {
      return acceptedCount;
    },
    accepted: (count) =>
      acceptedCount >= count ? Promise.resolve() : new Promise((resolve) => waiters.push({ count, resolve })),
    cutAll,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cutAll();
      }),
  };
}

function relay(
  from: Socket,
  to: Socket,
  faults: () => Faults,
  cutAfterBytes: () => number | undefined,
  cut: () => void,
): void {
  let relayed = 0;
  // A chain keeps the order of chunks when the delay changes under way.
  let chain = Promise.resolve();
  const at = (dueMs: number, step: () => void) => {
    chain = chain
      .then(() => new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, dueMs - performance.now()))))
      .then(step);
  };
  from.on('data', (chunk: Buffer) => {
    const { isBlackHole = false, isGarbled = false, delayMs = 0, rateBytesPerSecond } = faults();
    if (isBlackHole) return;
    if (isGarbled) for (const [index, byte] of chunk.entries()) chunk[index] = byte ^ 0x55;
    const limit = cutAfterBytes();
    const passed = limit === undefined ? chunk : chunk.subarray(0, Math.max(0, limit - relayed));
    relayed += chunk.length;
    const paceMs = rateBytesPerSecond === undefined ? 0 : (passed.length / rateBytesPerSecond) * 1000;
    if (paceMs > 0) from.pause();
    const deliver = () => {
      if (to.writable && passed.length > 0) to.write(passed);
      if (limit !== undefined && relayed >= limit) cut();
      else from.resume();
    };
    if (delayMs + paceMs > 0) at(performance.now() + delayMs + paceMs, deliver);
    else chain = chain.then(deliver);
  });
  from.on('end', () => {
    chain = chain.then(() => {
      if (faults().isBlackHole !== true) to.end();
    });
  });
}
