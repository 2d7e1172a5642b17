import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFaultProxy } from '../../support/lab/fault-proxy';
import { type LabSshd, startSshd } from '../../support/lab/sshd';
import { ask, connected, received, startEcho, startPeer, type TcpPeer } from '../../support/lab/tcp-peer';
import { makeTunnelLab, type TunnelLab, tcpListen } from '../../support/lab/tunnel-lab';

/** Nothing here takes long, but the computer may be busy with other tests. */
const patience = { timeout: 20_000 };

let sshd: LabSshd;
let lab: TunnelLab;
let peers: { stop(): Promise<void> }[] = [];
beforeEach(async () => {
  sshd = await startSshd();
  lab = await makeTunnelLab(sshd);
});
afterEach(async () => {
  await lab.close();
  for (const peer of peers) await peer.stop();
  peers = [];
  await sshd.stop();
});

async function started<P extends { stop(): Promise<void> }>(peer: Promise<P>): Promise<P> {
  const made = await peer;
  peers.push(made);
  return made;
}

const tcpTarget = ({ port }: TcpPeer, host = '127.0.0.1') => ({ kind: 'tcp', host, port }) as const;
const socketPath = (name: string) => join(sshd.folder, name);
const unixSocket = (name: string) => ({ kind: 'unixSocket', path: socketPath(name) }) as const;

describe('a local tunnel', () => {
  it('leads to a port of the machine, whose name is resolved there', async () => {
    const echo = await started(startEcho());
    const listen = await tcpListen();
    await lab.open({ kind: 'local', listen, target: tcpTarget(echo, 'localhost') });
    expect(await ask(listen, 'hello')).toBe('hello');
  });

  it('leads from a socket that only this user can open to a socket of the machine', async () => {
    await started(startEcho(socketPath('far.sock')));
    const listen = unixSocket('near.sock');
    const tunnel = await lab.open({ kind: 'local', listen, target: unixSocket('far.sock') });
    expect(statSync(listen.path).mode & 0o777).toBe(0o600);
    expect(await ask(listen, 'hello')).toBe('hello');
    lab.turn(tunnel, false);
    expect(existsSync(listen.path)).toBe(false);
  });

  it('takes over a socket file that an ended program left, but not one that is in use', async () => {
    const echo = await started(startEcho());
    const command = 'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])';
    execFileSync('python3', ['-c', command, socketPath('left.sock')]);
    expect(existsSync(socketPath('left.sock'))).toBe(true);
    await lab.open({ kind: 'local', listen: unixSocket('left.sock'), target: tcpTarget(echo) });
    expect(await ask(unixSocket('left.sock'), 'hello')).toBe('hello');

    await started(startEcho(socketPath('used.sock')));
    const refused = lab.add({ kind: 'local', listen: unixSocket('used.sock'), target: tcpTarget(echo) });
    lab.turn(refused, true);
    expect(await lab.reached(refused, 'failed')).toMatchObject({
      error: { code: 'local-socket-unavailable', params: { reason: 'EADDRINUSE' } },
    });
    expect(await ask(unixSocket('used.sock'), 'theirs')).toBe('theirs');
  });

  it('tells which target nobody answers at, and works again when somebody does', async () => {
    const listen = await tcpListen();
    const gone = await startEcho();
    await gone.stop();
    const tunnel = await lab.open({ kind: 'local', listen, target: tcpTarget(gone) });
    const failed = lab.measured(tunnel, ({ lastError }) => lastError !== null);
    await expect(ask(listen, 'hello')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await failed).lastError).toMatchObject({
      code: 'tunnel-target-unreachable',
      params: { target: `127.0.0.1:${gone.port}` },
    });
    expect(lab.state(tunnel)).toMatchObject({ kind: 'active' });
  });

  it('says which program has its port, and a port that is free', async () => {
    const taken = await started(startEcho());
    const listen = { kind: 'tcp', address: '127.0.0.1', port: taken.port } as const;
    const tunnel = lab.add({ kind: 'local', listen, target: tcpTarget(taken) });
    lab.turn(tunnel, true);
    const { error } = await lab.reached(tunnel, 'failed');
    expect(error).toMatchObject({ code: 'local-port-in-use', params: { port: taken.port } });
    expect(error.params.process).toContain(`(${process.pid})`);

    const suggestedPort = Number(error.params.suggestedPort);
    const { id } = tunnel;
    const forward = {
      kind: 'local',
      listen: { ...listen, port: suggestedPort },
      target: tcpTarget(taken),
    } as const;
    const { name, isExposed, startsWith, whileAway } = tunnel;
    lab.tunnels.save(lab.connection.machineId, { id, name, isExposed, startsWith, whileAway, forward });
    await lab.reached(tunnel, 'active');
    expect(await ask({ port: suggestedPort }, 'hello')).toBe('hello');
  });

  it('says that a machine forbids forwarding', async () => {
    const strict = await started(startSshd({ config: ['AllowTcpForwarding no'] }));
    const strictLab = await makeTunnelLab(strict);
    try {
      const echo = await started(startEcho());
      const listen = await tcpListen();
      const tunnel = await strictLab.open({ kind: 'local', listen, target: tcpTarget(echo) });
      const failed = strictLab.measured(tunnel, ({ lastError }) => lastError !== null);
      await expect(ask(listen, 'hello')).rejects.toMatchObject({ code: 'ECONNRESET' });
      expect((await failed).lastError?.code).toBe('tunnel-forbidden');
    } finally {
      await strictLab.close();
    }
  });
});

describe('a remote tunnel', () => {
  it('leads from a port of the machine to this computer', async () => {
    const echo = await started(startEcho());
    const listen = await tcpListen();
    const tunnel = await lab.open({ kind: 'remote', listen, target: tcpTarget(echo) });
    expect(await ask(listen, 'hello')).toBe('hello');
    lab.turn(tunnel, false);
    await expect.poll(() => ask(listen, 'x').catch((error) => error.code), patience).toBe('ECONNREFUSED');
  });

  it('leads from a socket of the machine to a socket of this computer, also where one was left behind', async () => {
    await started(startEcho(socketPath('here.sock')));
    const listen = unixSocket('there.sock');
    const tunnel = await lab.open({ kind: 'remote', listen, target: unixSocket('here.sock') });
    expect(await ask(listen, 'hello')).toBe('hello');
    // A killed sshd leaves the socket's file.
    await sshd.killSessions();
    await lab.reached(tunnel, 'waiting');
    expect(existsSync(listen.path)).toBe(true);
    await lab.reached(tunnel, 'active');
    expect(await ask(listen, 'again')).toBe('again');
  });

  it('ends a client when nobody answers on this computer, and says so', async () => {
    const gone = await startEcho();
    await gone.stop();
    const listen = await tcpListen();
    const tunnel = await lab.open({ kind: 'remote', listen, target: tcpTarget(gone) });
    const failed = lab.measured(tunnel, ({ lastError }) => lastError !== null);
    await ask(listen, 'hello').catch(() => undefined);
    expect((await failed).lastError?.code).toBe('local-target-unreachable');
  });

  it('says that its port is taken on the machine, and gets it once it is free', async () => {
    const echo = await started(startEcho());
    const taken = await startEcho();
    const listen = { kind: 'tcp', address: '127.0.0.1', port: taken.port } as const;
    const tunnel = lab.add({ kind: 'remote', listen, target: tcpTarget(echo) });
    lab.turn(tunnel, true);
    expect(await lab.reached(tunnel, 'failed')).toMatchObject({ error: { code: 'remote-listen-refused' } });
    await taken.stop();
    await lab.reached(tunnel, 'active');
    expect(await ask(listen, 'hello')).toBe('hello');
  });
});

describe('several tunnels', () => {
  it('share one login, which ends with the last of them', async () => {
    const echo = await started(startEcho());
    const listens = [await tcpListen(), await tcpListen(), await tcpListen(), await tcpListen()];
    const [first, second, third, fourth] = listens as [never, never, never, never];
    const tunnels = [
      await lab.open({ kind: 'local', listen: first, target: tcpTarget(echo) }),
      await lab.open({ kind: 'local', listen: second, target: tcpTarget(echo) }),
      await lab.open({ kind: 'remote', listen: third, target: tcpTarget(echo) }),
      await lab.open({ kind: 'dynamic', listen: fourth }),
    ];
    const answers = await Promise.all(listens.slice(0, 3).map((listen, index) => ask(listen, `${index}`)));
    expect(answers).toEqual(['0', '1', '2']);
    expect(sshd.log().match(/Accepted publickey/g)).toHaveLength(1);
    for (const tunnel of tunnels) lab.turn(tunnel, false);
    await lab.connection.reached('closed');
    await expect(ask(first, 'x')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('what goes through a tunnel', () => {
  it('is the same at the other end: 8 MB each way, at once, on several connections', async () => {
    const echo = await started(startEcho());
    const [here, there] = [await tcpListen(), await tcpListen()];
    const tunnel = await lab.open({ kind: 'local', listen: here, target: tcpTarget(echo) });
    await lab.open({ kind: 'remote', listen: there, target: tcpTarget(echo) });
    const sizeBytes = 8 * 1024 * 1024;
    const total = lab.measured(
      tunnel,
      ({ bytesUp, bytesDown }) => bytesUp >= 3 * sizeBytes && bytesDown >= 3 * sizeBytes,
    );
    await Promise.all(
      [here, here, here, there].map(async (listen) => {
        const sent = randomBytes(sizeBytes);
        const socket = await connected(listen);
        socket.end(sent);
        const answer = await received(socket);
        expect(answer.length).toBe(sizeBytes);
        expect(sha256(answer)).toBe(sha256(sent));
      }),
    );
    expect(await total).toMatchObject({ bytesUp: 3 * sizeBytes, bytesDown: 3 * sizeBytes });
  }, 120_000);

  it('answers a client that had said all before the machine was asked for a channel', async () => {
    const proxy = await startFaultProxy(sshd, { delayMs: 50 });
    const knownHostsPath = socketPath('known_hosts_of_proxy');
    await writeFile(knownHostsPath, `[127.0.0.1]:${proxy.port} ${sshd.hostKeys[0]?.publicKey}\n`);
    const far = await makeTunnelLab({ ...sshd, port: proxy.port, knownHostsPath });
    try {
      const echo = await started(startEcho());
      const [port, socket] = [await tcpListen(), unixSocket('near.sock')];
      for (const listen of [port, socket]) {
        await far.open({ kind: 'local', listen, target: tcpTarget(echo) });
        expect(await ask(listen, 'hello')).toBe('hello');
        expect(await ask(listen, 'x'.repeat(300_000))).toHaveLength(300_000);
        expect(await ask(listen, '')).toBe('');
      }
    } finally {
      await far.close();
      await proxy.stop();
    }
  });

  it('may end one way and go on the other way', async () => {
    const summing = await started(
      startPeer(async (socket) => {
        const text = (await received(socket)).toString();
        socket.write('got it, ');
        setImmediate(() => socket.end(`${text.length} bytes`));
      }),
    );
    let tellEnd: (text: string) => void = () => undefined;
    const endOfGreeted = new Promise<string>((resolve) => {
      tellEnd = resolve;
    });
    const greeting = await started(
      startPeer(async (socket) => {
        socket.end('bye');
        tellEnd((await received(socket)).toString());
      }),
    );
    const [one, other] = [await tcpListen(), await tcpListen()];
    await lab.open({ kind: 'local', listen: one, target: tcpTarget(summing) });
    await lab.open({ kind: 'local', listen: other, target: tcpTarget(greeting) });
    expect(await ask(one, 'x'.repeat(100_000))).toBe('got it, 100000 bytes');

    const socket = await connected(other);
    expect((await received(socket)).toString()).toBe('bye');
    socket.end('still here');
    expect(await endOfGreeted).toBe('still here');
  });

  it('stops when the reader stops: what it has not read stays at the sender', async () => {
    const endless = await started(
      startPeer((socket) => {
        const chunk = Buffer.alloc(256 * 1024);
        const write = (): void => {
          while (!socket.destroyed && socket.write(chunk));
        };
        socket.on('drain', write);
        write();
      }),
    );
    const listen = await tcpListen();
    const tunnel = await lab.open({ kind: 'local', listen, target: tcpTarget(endless) });
    const reader = await connected(listen);
    reader.pause();
    const stalled = await lab.measured(
      tunnel,
      ({ bytesDown, bytesDownPerSecond }) => bytesDown > 0 && bytesDownPerSecond === 0,
    );
    expect(stalled.bytesDown).toBeLessThan(32 * 1024 * 1024);
    expect(stalled.openConnections).toBe(1);
    reader.destroy();
    await lab.measured(tunnel, ({ openConnections }) => openConnections === 0);
  });

  it('leaves nothing open: 200 connections, opened and closed in every way', async () => {
    const echo = await started(startEcho());
    const [here, there] = [await tcpListen(), await tcpListen()];
    const tunnel = await lab.open({ kind: 'local', listen: here, target: tcpTarget(echo) });
    await lab.open({ kind: 'remote', listen: there, target: tcpTarget(echo) });
    const one = async (index: number) => {
      const listen = index % 2 === 0 ? here : there;
      if (index % 3 === 0) return expect(await ask(listen, `${index}`)).toBe(`${index}`);
      const socket = await connected(listen);
      socket.write('x');
      if (index % 3 === 1) await once(socket, 'data');
      const closed = once(socket, 'close');
      socket.on('error', () => undefined);
      if (index % 2 === 0) socket.destroy();
      else socket.resetAndDestroy();
      await closed;
    };
    await Promise.all(Array.from({ length: 20 }, (_, index) => one(index)));
    await expect.poll(() => echo.sockets.size, patience).toBe(0);
    const before = readdirSync('/proc/self/fd').length;
    for (let round = 0; round < 10; round += 1)
      await Promise.all(Array.from({ length: 20 }, (_, index) => one(index)));
    await expect.poll(() => echo.sockets.size, patience).toBe(0);
    await expect.poll(() => readdirSync('/proc/self/fd').length, patience).toBeLessThanOrEqual(before);
    expect(lab.state(tunnel)).toMatchObject({ kind: 'active' });
  });
});

describe('the ports of the machine', () => {
  it('are seen with their programs once it is connected, without those that a tunnel leads to', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    try {
      await lab.connection.connect();
      const portsOf = () => lab.snapshot().ports ?? [];
      await expect.poll(() => lab.snapshot().ports, patience).not.toBeNull();
      await lab.tunnels.look(lab.connection.machineId);
      expect(portsOf().some((seen) => seen.port === sshd.port)).toBe(false);
      const listen = await tcpListen();
      const isSeen = portsOf().some((seen) => seen.port === port && seen.host === '127.0.0.1');
      // A busy computer may have more ports open than are shown, which are the lowest.
      expect(isSeen || portsOf().length === 40).toBe(true);
      lab.add({ kind: 'local', listen, target: { kind: 'tcp', host: 'localhost', port } });
      expect(portsOf().some((seen) => seen.port === port)).toBe(false);
    } finally {
      server.close();
    }
  });

  it('stay in sight when looking at them was all that the connection was for', async () => {
    await lab.tunnels.look(lab.connection.machineId);
    await lab.connection.reached('closed');
    expect(lab.snapshot()).toMatchObject({ isLooking: false, ports: expect.any(Array) });
  });
});

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
