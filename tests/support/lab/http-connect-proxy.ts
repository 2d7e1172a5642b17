import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

export interface HttpConnectProxyOptions {
  /** `user:password` that it wants; default: none. */
  readonly account?: string;
  /** Answers every CONNECT with this status instead of connecting. */
  readonly refusesWith?: number;
}

/** An HTTP proxy on loopback that only knows CONNECT (RFC 9110, 9.3.6). */
export interface HttpConnectProxy {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** The `host:port` that clients asked for so far. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

/** Starts it. Call `stop()` when done. */
export async function startHttpConnectProxy(
  options: HttpConnectProxyOptions = {},
): Promise<HttpConnectProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => socket.destroy()).once('close', () => sockets.delete(socket));
  };
  const server = createServer((_request, response) => response.writeHead(405).end());
  server.on('connection', keep);
  server.on('connect', (request, client: Socket) => {
    const { account, refusesWith } = options;
    asked.push(request.url ?? '');
    const expected = account && `Basic ${Buffer.from(account).toString('base64')}`;
    if (expected !== undefined && request.headers['proxy-authorization'] !== expected) {
      client.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="lab"\r\n\r\n',
      );
      return;
    }
    if (refusesWith !== undefined) {
      client.end(`HTTP/1.1 ${refusesWith} Refused by the lab\r\n\r\n`);
      return;
    }
    const { hostname, port } = new URL(`http://${request.url}`);
    const upstream = keep(connect(Number(port), hostname));
    upstream.once('connect', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(upstream).pipe(client);
    });
    upstream.once('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
    upstream.once('close', () => client.destroy());
    client.once('close', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    asked,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
