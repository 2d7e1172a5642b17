import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A TCP or unix socket server on this computer. */
export interface TcpPeer {
  readonly port: number;
  readonly host: '127.0.0.1';
  readonly sockets: ReadonlySet<Socket>;
  stop(): Promise<void>;
}

/** Serves each client by `serve`; on a unix socket if a path is given. */
export async function startPeer(serve: (socket: Socket) => void, path?: string): Promise<TcpPeer> {
  const sockets = new Set<Socket>();
  const server: Server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    serve(socket);
  });
  if (path === undefined) server.listen(0, '127.0.0.1');
  else server.listen(path);
  await once(server, 'listening');
  return {
    host: '127.0.0.1',
    port: path === undefined ? (server.address() as AddressInfo).port : 0,
    sockets,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Sends back what comes, and ends when the client does. */
export const startEcho = (path?: string): Promise<TcpPeer> =>
  startPeer((socket) => socket.pipe(socket), path);

/** A client that has connected. */
export async function connected(to: { readonly port: number } | { readonly path: string }): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', ...to, allowHalfOpen: true });
  await once(socket, 'connect');
  return socket;
}

/** Resolves once the socket is closed, however that came. */
export function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.on('error', () => undefined);
    socket.once('close', () => resolve());
  });
}

/** All that comes until the other side ends; ours stays open. Rejects when the connection breaks off. */
export function received(socket: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.once('end', () => resolve(Buffer.concat(chunks)));
    socket.once('error', reject);
  });
}

/** Sends `text`, ends its side, and resolves with all that comes back. Rejects when the connection breaks off. */
export async function ask(
  to: { readonly port: number } | { readonly path: string },
  text: string | Buffer,
): Promise<string> {
  const socket = await connected(to);
  socket.end(text);
  return (await received(socket)).toString();
}
