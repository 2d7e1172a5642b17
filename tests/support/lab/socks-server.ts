import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { readExactly } from '../../../electron/ssh/read-exactly';

/** A SOCKS 5 server on loopback that insists on user and password (RFC 1929), which OpenSSH's does not know. */
export interface LabSocksServer {
  readonly host: '127.0.0.1';
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts it. Call `stop()` when done. */
export async function startSocksServer(account: { user: string; password: string }): Promise<LabSocksServer> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    sockets.add(client.on('error', () => client.destroy()).once('close', () => sockets.delete(client)));
    serve(client, account).catch(() => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serve(client: Socket, account: { user: string; password: string }): Promise<void> {
  const [, methodCount = 0] = await readExactly(client, 2);
  const methods = await readExactly(client, methodCount);
  if (!methods.includes(2)) return void client.end(Buffer.from([5, 0xff]));
  client.write(Buffer.from([5, 2]));
  const [, userBytes = 0] = await readExactly(client, 2);
  const user = (await readExactly(client, userBytes)).toString();
  const [passwordBytes = 0] = await readExactly(client, 1);
  const password = (await readExactly(client, passwordBytes)).toString();
  const isRight = user === account.user && password === account.password;
  client.write(Buffer.from([1, isRight ? 0 : 1]));
  if (!isRight) return void client.end();
  const [, , , addressType] = await readExactly(client, 4);
  const host =
    addressType === 1
      ? [...(await readExactly(client, 4))].join('.')
      : (await readExactly(client, (await readExactly(client, 1))[0] ?? 0)).toString();
  const port = (await readExactly(client, 2)).readUInt16BE();
  const upstream = connect(port, host, () => {
    client.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
    client.pipe(upstream).pipe(client);
  });
  upstream.on('error', () => client.destroy()).once('close', () => client.destroy());
  client.once('close', () => upstream.destroy());
}
