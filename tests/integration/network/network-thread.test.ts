import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Transport } from '../../../electron/connection/transport';
import { AppError } from '../../../shared/errors/app-error';
import { MachineId } from '../../../shared/model/machine';
import { startAskingServer } from '../../support/lab/asking-server';
import { GatewayBrowser } from '../../support/lab/gateway-browser';
import { type LabConnection, makeLabConnection } from '../../support/lab/lab-connection';
import { type LabNetworkThread, startNetworkThread } from '../../support/lab/lab-network-thread';
import { startSshAgent } from '../../support/lab/ssh-agent';
import { type LabSshd, startSshd } from '../../support/lab/sshd';
import { ask, closed, connected, startEcho, startPeer, type TcpPeer } from '../../support/lab/tcp-peer';
import { makeTunnelLab, type TunnelLab, tcpListen } from '../../support/lab/tunnel-lab';

/** Nothing here takes long, but the computer may be busy with other tests. */
const patience = { timeout: 20_000 };
const mebi = 1024 * 1024;

let thread: LabNetworkThread;
let sshd: LabSshd;
let lab: TunnelLab;
let cleanUps: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  thread = await startNetworkThread(() => lab.connection.pool.link(lab.connection.machineId));
  sshd = await startSshd();
});
afterAll(async () => {
  await thread.stop();
  await sshd.stop();
});
beforeEach(async () => {
  lab = await makeTunnelLab(sshd, {
    network: thread.network,
    machineId: MachineId.parse(randomUUID()),
  });
});
afterEach(async () => {
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  cleanUps = [];
  await lab.close();
});

async function peer(serve: (socket: Socket) => void): Promise<TcpPeer> {
  const started = await startPeer(serve);
  cleanUps.push(started.stop);
  return started;
}

/** The one client of `served`. */
async function clientOf(served: TcpPeer): Promise<Socket> {
  await expect.poll(() => served.sockets.size, patience).toBe(1);
  const [client] = served.sockets;
  if (client === undefined) throw new Error('it has gone again');
  return client;
}

const echo = (): Promise<TcpPeer> => peer((socket) => void socket.pipe(socket));
const open = async (transport: Transport, { host, port }: TcpPeer) => transport.openTcp(host, port);

describe('a connection in the network thread', () => {
  it('runs commands, with their input, both outputs and exit code', async () => {
    const transport = await lab.connection.connect();
    const result = await transport.exec('cat; echo oops >&2; exit 3', { stdin: Buffer.from('hé\0llo') });
    expect(result).toEqual({ exitCode: 3, stdout: 'hé\0llo', stderr: 'oops\n' });
    expect(await transport.ping()).toBeGreaterThan(0);
    expect(transport.localAddress).toBe('127.0.0.1');
  });

  it('tells the output of a command while it runs, and ends the command when asked to', async () => {
    const transport = await lab.connection.connect();
    const stop = new AbortController();
    const heard: string[] = [];
    const running = transport.exec('echo first; exec sleep 600', {
      signal: stop.signal,
      onOutput: (text) => {
        heard.push(text);
        stop.abort();
      },
    });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(heard.join('')).toBe('first\n');
  });

  it('keeps the code of every error', async () => {
    const transport = await lab.connection.connect();
    const gone = await startEcho();
    await gone.stop();
    const refused = open(transport, gone);
    await expect(refused).rejects.toBeInstanceOf(AppError);
    await expect(refused).rejects.toMatchObject({
      code: 'channel-refused',
      params: { host: '127.0.0.1', port: sshd.port, target: `127.0.0.1:${gone.port}` },
    });
    await expect(transport.exec('sleep 9', { timeoutMs: 50 })).rejects.toMatchObject({
      code: 'remote-command-failed',
      params: { reason: 'timed-out' },
    });
    transport.close();
    await expect(transport.exec('true')).rejects.toMatchObject({ code: 'connection-lost' });
  });

  it('passes on each end of a stream alone', async () => {
    const transport = await lab.connection.connect();
    const answers = await peer((socket) => {
      let heard = '';
      socket.on('data', (data: Buffer) => {
        heard += data.toString();
      });
      socket.once('end', () => socket.end(`heard ${heard.length}`));
    });
    const stream = await open(transport, answers);
    stream.end('x'.repeat(300_000));
    let answer = '';
    for await (const data of stream) answer += data;
    expect(answer).toBe('heard 300000');

    const speaksOnce = await peer((socket) => {
      socket.end('bye');
      socket.once('data', (data: Buffer) => socket.emit('heard', data.toString()));
    });
    const second = await open(transport, speaksOnce);
    const farEnd = await clientOf(speaksOnce);
    const heard = once(farEnd, 'heard');
    second.once('end', () => second.end('still here'));
    const secondClosed = once(second, 'close');
    second.resume();
    expect(await heard).toEqual(['still here']);
    await secondClosed;
  });

  it('breaks a stream off on both sides when either goes', async () => {
    const transport = await lab.connection.connect();
    const silent = await peer(() => undefined);
    const ours = await open(transport, silent);
    const farEnd = await clientOf(silent);
    farEnd.resume();
    const farEnded = once(farEnd, 'end');
    ours.destroy();
    await farEnded;
    expect(ours.destroyed).toBe(true);

    const theirs = await open(transport, await echo());
    const broken = once(theirs, 'error');
    await sshd.killSessions();
    expect(await broken).toMatchObject([{ code: 'connection-lost' }]);
  });

  it('holds a source back whose reader is slow, and loses nothing', async () => {
    const transport = await lab.connection.connect();
    const totalBytes = 64 * mebi;
    let sentBytes = 0;
    const source = await peer((socket) => {
      const block = Buffer.alloc(mebi, 7);
      const send = (): void => {
        while (sentBytes < totalBytes) {
          sentBytes += block.length;
          if (!socket.write(block)) return void socket.once('drain', send);
        }
        socket.end();
      };
      send();
    });
    const stream = await open(transport, source);
    await once(stream, 'readable');
    // It stops by itself: what is not read is not sent for.
    let before = -1;
    await expect
      .poll(
        () => {
          const isStill = sentBytes === before;
          before = sentBytes;
          return isStill;
        },
        { ...patience, interval: 500 },
      )
      .toBe(true);
    expect(sentBytes).toBeLessThan(totalBytes / 2);
    expect(stream.readableLength).toBeLessThan(2 * mebi);
    let receivedBytes = 0;
    for await (const data of stream) receivedBytes += (data as Buffer).length;
    expect(receivedBytes).toBe(totalBytes);
  });

  it('holds a writer back whose far side does not read', async () => {
    const transport = await lab.connection.connect();
    const deaf = await peer((socket) => socket.pause());
    const stream = await open(transport, deaf);
    let writtenBytes = 0;
    const block = Buffer.alloc(64 * 1024);
    while (writtenBytes < 256 * mebi) {
      writtenBytes += block.length;
      if (stream.write(block)) continue;
      const isDrained = await Promise.race([
        once(stream, 'drain').then(() => true),
        new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 3000)),
      ]);
      if (!isDrained) break;
      await setImmediate();
    }
    expect(writtenBytes).toBeLessThan(64 * mebi);
    stream.destroy();
  });

  it('closes when it is told to, and says that this was no loss', async () => {
    const transport = await lab.connection.connect();
    const ended = new Promise((resolve) => transport.onClosed(resolve));
    lab.connection.pool.disconnect(lab.connection.machineId);
    expect(await ended).toBeNull();
    await lab.connection.reached('closed');
  });

  it('is lost when its server goes, and comes back', async () => {
    const transport = await lab.connection.connect();
    const ended = new Promise((resolve) => transport.onClosed(resolve));
    await sshd.killSessions();
    expect(await ended).toMatchObject({ code: 'connection-lost' });
    await lab.connection.reached('ready');
    const next = await lab.connection.connect();
    expect((await next.exec('echo back')).stdout).toBe('back\n');
  });
});

describe('what only the main process can answer', () => {
  const connectionTo = async (options: Parameters<typeof makeLabConnection>[0]): Promise<LabConnection> => {
    const connection = await makeLabConnection({ ...options, network: thread.network });
    cleanUps.push(connection.close);
    return connection;
  };

  it('is asked round by round, password and questions, and stands in no log', async () => {
    const server = await startAskingServer({
      rounds: [
        { title: 'Sign in', instructions: '', prompts: [['Code: ', true]], answers: ['0042'] },
        { title: '', instructions: '', prompts: [['And your pet? ', true]], answers: ['Rex'] },
      ],
    });
    cleanUps.push(server.stop);
    const connection = await connectionTo({ route: server, identity: { kind: 'password' } });
    await writeFile(connection.knownHostsPath, server.knownHosts);
    const ready = connection.connect();
    for (const answer of ['0042', 'Rex']) {
      const { promptId } = await connection.nextSecretPrompt();
      connection.pool.answer({ kind: 'keyboardInteractive', promptId, answers: [answer] });
      await expect
        .poll(() => {
          const state = connection.state();
          return (
            state.kind === 'ready' || (state.kind === 'authenticating' && state.prompt?.promptId !== promptId)
          );
        }, patience)
        .toBe(true);
    }
    expect((await (await ready).exec('whatever')).stdout).toBe('in\n');
    expect(JSON.stringify(connection.log())).not.toMatch(/0042|Rex/);
  });

  it('is whether a host key is right: an unknown one is refused, and passes once accepted', async () => {
    const connection = await connectionTo({
      route: sshd,
      identity: { kind: 'keyFile', path: sshd.clientKeyPath },
    });
    const ready = connection.connect();
    const { promptId } = await connection.nextHostKeyPrompt();
    connection.pool.answer({ kind: 'hostKey', promptId, isAccepted: true });
    expect((await (await ready).exec('echo in')).stdout).toBe('in\n');
    expect(connection.logCodes()).toContain('host-key-saved');
  });

  it('is the signature of an agent, also on a way over a jump host', async () => {
    const agent = await startSshAgent();
    cleanUps.push(agent.stop);
    await agent.add(sshd.clientKeyPath);
    const identity = { kind: 'agent', socketPath: agent.socketPath, pinnedKey: null } as const;
    const { host, port, user } = sshd;
    const connection = await connectionTo({
      route: { host, port, user, jumps: [{ kind: 'inline', host, port, user, identity }] },
      identity,
      knownHostsPath: sshd.knownHostsPath,
    });
    const transport = await connection.connect();
    expect((await transport.exec('echo over')).stdout).toBe('over\n');
  });

  it('is not asked for any more once the user gives up', async () => {
    const server = await startAskingServer({ password: 'sesame' });
    cleanUps.push(server.stop);
    const connection = await connectionTo({ route: server, identity: { kind: 'password' } });
    await writeFile(connection.knownHostsPath, server.knownHosts);
    connection.pool.connect(connection.machineId);
    await connection.nextSecretPrompt();
    connection.pool.disconnect(connection.machineId);
    await connection.reached('closed');
  });
});

describe('tunnels in the network thread', () => {
  it('lead to the machine and back, and tell what goes through them', async () => {
    const far = await echo();
    const target = { kind: 'tcp', host: far.host, port: far.port } as const;
    const near = await tcpListen();
    const tunnel = await lab.open({ kind: 'local', listen: near, target });
    const measured = lab.measured(tunnel, ({ bytesUp, bytesDown }) => bytesUp === 5 && bytesDown === 5);
    expect(await ask(near, 'hello')).toBe('hello');
    await measured;
    const there = await tcpListen();
    await lab.open({ kind: 'remote', listen: there, target });
    expect(await ask(there, 'from afar')).toBe('from afar');
  });

  it('say who has the port that they want', async () => {
    const taken = await echo();
    const tunnel = lab.add({
      kind: 'local',
      listen: { kind: 'tcp', address: '127.0.0.1', port: taken.port },
      target: { kind: 'tcp', host: '127.0.0.1', port: 9 },
    });
    lab.turn(tunnel, true);
    expect(await lab.reached(tunnel, 'failed')).toMatchObject({
      error: { code: 'local-port-in-use', params: { port: taken.port } },
    });
  });

  it('give their port back when they are turned off', async () => {
    const far = await echo();
    const listen = await tcpListen();
    const target = { kind: 'tcp', host: far.host, port: far.port } as const;
    const tunnel = await lab.open({ kind: 'local', listen, target });
    const client = await connected(listen);
    const broken = closed(client);
    lab.turn(tunnel, false);
    await broken;
    const refused = connect(listen.port, '127.0.0.1');
    const [error] = await once(refused, 'error');
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('a network thread that ends', () => {
  let web: Server;
  beforeEach(async () => {
    web = createServer((request, response) => response.end(`far ${request.url}`));
    web.listen(0, '127.0.0.1');
    await once(web, 'listening');
    cleanUps.push(async () => void web.close().closeAllConnections());
  });

  it('takes its connections with it, and all comes back in another one on the same ports', async () => {
    const far = await echo();
    const target = { kind: 'tcp', host: far.host, port: far.port } as const;
    const local = await tcpListen();
    const remote = await tcpListen();
    const tunnels = [
      await lab.open({ kind: 'local', listen: local, target }),
      await lab.open({ kind: 'remote', listen: remote, target }),
    ];
    const { machineId, pool } = lab.connection;
    const transport = await pool.link(machineId).whenReady();
    const stream = await open(transport, far);
    const broken = new Promise((resolve) => stream.once('error', resolve));
    const command = transport.exec('sleep 600');
    const proxy = await thread.network.openProxy({ machineId, username: 'nuvem', password: 'secret' });
    cleanUps.push(() => proxy.close());
    const { port } = web.address() as AddressInfo;
    proxy.setRoute({
      host: 'localhost:8888',
      target: { kind: 'tcp', host: '127.0.0.1', port },
      authorization: null,
    });
    const gateway = { port: proxy.port, username: 'nuvem', password: 'secret' };
    const browser = new GatewayBrowser(gateway);
    expect((await browser.fetch('http://localhost:8888/one')).body).toBe('far /one');

    const before = thread.workers.length;
    await thread.workers.at(-1)?.terminate();
    await expect(command).rejects.toMatchObject({
      code: 'connection-lost',
      params: { host: sshd.host, port: sshd.port },
    });
    expect(await broken).toMatchObject({ code: 'connection-lost' });
    await expect.poll(() => thread.workers.length, patience).toBe(before + 1);
    await expect
      .poll(async () => {
        const answers = await Promise.all(
          [local, remote].map((listen) => ask(listen, 'again').catch(() => 'refused')),
        );
        return answers.join();
      }, patience)
      .toBe('again,again');
    for (const tunnel of tunnels) expect(lab.state(tunnel).kind).toBe('active');
    const next = new GatewayBrowser(gateway);
    expect((await next.fetch('http://localhost:8888/two')).body).toBe('far /two');
    expect(lab.connection.seen).toContain('waitingToRetry');
  });
});
