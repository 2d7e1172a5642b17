import { chmodSync, statSync, unlinkSync } from 'node:fs';
import { connect, createServer, type ListenOptions, type Server, type Socket } from 'node:net';
import type { TunnelListen } from '../../shared/model/tunnel';

/** A port or socket of this computer that is open. */
export interface Listener {
  /** Frees the port at once; clients that came in stay. Idempotent. */
  close(): void;
}

/**
 * Opens a port or socket and hands over each client. A unix socket is for this user alone; a socket file that
 * an ended program has left is replaced.
 * Rejects with the system's error.
 */
export async function openListener(
  listen: TunnelListen,
  onClient: (socket: Socket) => void,
  onBroken: (error: Error) => void,
): Promise<Listener> {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, onClient);
  if (listen.kind === 'tcp') {
    await listening(server, { host: listen.address, port: listen.port });
  } else {
    try {
      await listening(server, { path: listen.path });
    } catch (error) {
      if (!isInUse(error) || !(await isLeftBehind(listen.path))) throw error;
      unlinkSync(listen.path);
      await listening(server, { path: listen.path });
    }
    chmodSync(listen.path, 0o600);
  }
  // Running out of descriptors while a client comes in, for instance: the port stays open.
  server.on('error', onBroken);
  return {
    close: () => {
      if (server.listening) server.close();
    },
  };
}

/** The first port from `from` on that this computer's loopback has free; after 65535 it goes on at 1024. */
export async function freePort(from: number): Promise<number> {
  for (let port = from, tries = 0; tries < 64_512; tries += 1) {
    if (await isFree(port)) return port;
    port = port === 65_535 ? 1024 : port + 1;
  }
  throw new Error('This computer has no free port');
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await listening(server, { host: '127.0.0.1', port, exclusive: true });
    return true;
  } catch {
    return false;
  } finally {
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  }
}

function listening(server: Server, options: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

const isInUse = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EADDRINUSE';

/** True for a socket file to which nobody listens. */
async function isLeftBehind(path: string): Promise<boolean> {
  if (!statSync(path).isSocket()) return false;
  return new Promise((resolve) => {
    const probe = connect(path);
    probe.once('connect', () => {
      probe.destroy();
      resolve(false);
    });
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED'));
  });
}
