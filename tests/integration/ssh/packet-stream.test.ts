import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import ssh2, { type Connection } from 'ssh2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LabConnection, makeLabConnection } from '../../support/lab/lab-connection';
import { makeKeyPair } from '../../support/lab/ssh-keys';
import { type LabSshd, startSshd } from '../../support/lab/sshd';
import { makeTempFolder } from '../../support/lab/temp-folder';

const connections: LabConnection[] = [];
const servers: LabSshd[] = [];
let echo: Server;

async function connect(server: Pick<LabSshd, 'port' | 'user' | 'clientKeyPath' | 'knownHostsPath'>) {
  const connection = await makeLabConnection({
    route: { host: '127.0.0.1', port: server.port, user: server.user },
    identity: { kind: 'keyFile', path: server.clientKeyPath },
    knownHostsPath: server.knownHostsPath,
  });
  connections.push(connection);
  return connection.connect();
}

beforeAll(async () => {
  echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket));
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
});
afterAll(async () => {
  await Promise.all(connections.map((connection) => connection.close()));
  await Promise.all(servers.map((server) => server.stop()));
  echo.close();
});

const portOf = (server: Server): number => (server.address() as { port: number }).port;

describe('keys that are exchanged anew while data flows', () => {
  it.each([
    ['aes128-gcm@openssh.com', 'Ciphers aes128-gcm@openssh.com'],
    ['aes256-gcm@openssh.com', 'Ciphers aes256-gcm@openssh.com'],
    ['aes128-ctr', 'Ciphers aes128-ctr'],
  ])('%s: 30 MB there and back, byte for byte, over many exchanges', async (_name, ciphers) => {
    const server = await startSshd({ config: [ciphers, 'RekeyLimit 256k', 'LogLevel DEBUG1'] });
    servers.push(server);
    const transport = await connect(server);
    const stream = await transport.openTcp('127.0.0.1', portOf(echo));
    const sent = createHash('sha256');
    const received = createHash('sha256');
    stream.on('data', (chunk: Buffer) => received.update(chunk));
    for (let count = 0; count < 30; count += 1) {
      const piece = randomBytes(1024 * 1024);
      sent.update(piece);
      if (!stream.write(piece)) await once(stream, 'drain');
    }
    stream.end();
    await once(stream, 'end');
    expect(received.digest('hex')).toBe(sent.digest('hex'));
    expect(server.log().match(/rekey/gi)?.length ?? 0).toBeGreaterThan(20);
  });
});

describe('a server that sends more than the channel has room for', () => {
  it.each(['aes128-gcm@openssh.com', 'aes128-ctr'] as const)(
    'loses the connection instead of filling the memory: %s',
    async (cipher) => {
      const folder = await makeTempFolder('overrun');
      const hostKey = await makeKeyPair(`${folder.path}/host`, { type: 'ecdsa' });
      const clientKey = await makeKeyPair(`${folder.path}/client`, { type: 'ecdsa' });
      let sentBytes = 0;
      const { default: fs } = await import('node:fs');
      const options = { hostKeys: [fs.readFileSync(hostKey.path)], algorithms: { cipher: [cipher] } };
      const server = new ssh2.Server(options, (client: Connection) => {
        client.on('error', () => undefined);
        client.on('authentication', (context) => context.accept());
        client.on('tcpip', (accept) => {
          const channel = accept() as unknown as {
            readonly outgoing: { readonly id: number };
            readonly _client: { readonly _protocol: { channelData(id: number, data: Buffer): void } };
          };
          const piece = Buffer.alloc(32 * 1024);
          const pour = (): void => {
            for (let count = 0; count < 32; count += 1) {
              channel._client._protocol.channelData(channel.outgoing.id, piece);
              sentBytes += piece.length;
            }
            if (sentBytes < 200e6) setImmediate(pour);
          };
          pour();
        });
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as { port: number };
      fs.writeFileSync(`${folder.path}/known_hosts`, `[127.0.0.1]:${port} ${hostKey.publicKey}\n`);
      const transport = await connect({
        port,
        user: 'anybody',
        clientKeyPath: clientKey.path,
        knownHostsPath: `${folder.path}/known_hosts`,
      });
      const stream = await transport.openTcp('127.0.0.1', 1);
      stream.on('error', () => undefined);
      const lost = await new Promise<unknown>((resolve) => transport.onClosed(resolve));
      expect(lost).toMatchObject({ code: 'connection-lost', params: { reason: 'overrun' } });
      expect(stream.destroyed).toBe(true);
      await connections.pop()?.close();
      server.close();
      await folder.remove();
    },
  );
});

describe('a server that speaks first', () => {
  it('is heard in full through a joined socket', async () => {
    const greeter = createServer((socket: Socket) => socket.end(`hello${'!'.repeat(300_000)}`));
    greeter.listen(0, '127.0.0.1');
    await once(greeter, 'listening');
    const server = await startSshd();
    servers.push(server);
    const transport = await connect(server);
    const stream = await transport.openTcp('127.0.0.1', portOf(greeter));
    expect(await text(stream)).toBe(`hello${'!'.repeat(300_000)}`);
    greeter.close();
  });
});
