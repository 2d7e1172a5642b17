import { readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import ssh2, { type Connection, type ServerChannel } from 'ssh2';
import { makeKeyPair } from './ssh-keys';
import type { LabSshd } from './sshd';
import { makeTempFolder } from './temp-folder';

/** An SSH server that misbehaves as no real one can be made to. It lets everybody in. */
export interface FakeSshd
  extends Pick<LabSshd, 'host' | 'port' | 'user' | 'clientKeyPath' | 'knownHostsPath' | 'folder'> {
  stop(): Promise<void>;
}

/** A client's wish for a channel to a TCP port (RFC 4254, 7.2). */
export interface FakeChannelWish {
  /** Of all channels so far, from 1. */
  readonly number: number;
  readonly socket: Socket;
  accept(): ServerChannel;
  reject(): void;
}

/** Call `stop()` when done. */
export async function startFakeSshd(onWish: (wish: FakeChannelWish) => void): Promise<FakeSshd> {
  const folder = await makeTempFolder('fake-sshd');
  const hostKey = await makeKeyPair(join(folder.path, 'host_key'));
  const clientKey = await makeKeyPair(join(folder.path, 'client_key'));
  const sockets = new Set<Socket>();
  let count = 0;
  const serve = (connection: Connection, socket: Socket): void => {
    connection.on('error', () => undefined);
    connection.on('authentication', (context) => context.accept());
    connection.on('ready', () => {
      connection.on('session', (_accept, reject) => reject());
      connection.on('tcpip', (accept, reject) => {
        count += 1;
        onWish({ number: count, socket, accept, reject });
      });
    });
  };
  const options = { hostKeys: [await readFile(hostKey.path)] };
  const listener = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    new ssh2.Server(options, (connection) => serve(connection, socket)).injectSocket(socket);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  const knownHostsPath = join(folder.path, 'known_hosts');
  await writeFile(knownHostsPath, `[127.0.0.1]:${port} ${hostKey.publicKey}\n`);
  return {
    host: '127.0.0.1',
    port,
    user: userInfo().username,
    clientKeyPath: clientKey.path,
    knownHostsPath,
    folder: folder.path,
    stop: async () => {
      const closed = new Promise((resolve) => listener.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
      await folder.remove();
    },
  };
}

/** Sends on a channel whatever its window allows: what ssh2's own server never does. */
export function sendRegardless(channel: ServerChannel, data: Buffer): void {
  const { _client, outgoing } = channel as unknown as {
    readonly _client: { readonly _protocol: { channelData(id: number, data: Buffer): void } };
    readonly outgoing: { readonly id: number };
  };
  _client._protocol.channelData(outgoing.id, data);
}
