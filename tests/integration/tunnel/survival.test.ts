import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LabSshd, startSshd } from '../../support/lab/sshd';
import { ask, connected, received, startEcho, type TcpPeer } from '../../support/lab/tcp-peer';
import { makeTunnelLab, type TunnelLab, tcpListen } from '../../support/lab/tunnel-lab';

let sshd: LabSshd;
let echo: TcpPeer;
let labs: TunnelLab[] = [];
beforeEach(async () => {
  [sshd, echo] = await Promise.all([startSshd(), startEcho()]);
});
afterEach(async () => {
  for (const lab of labs) await lab.close();
  labs = [];
  await echo.stop();
  await sshd.stop();
});

async function makeLab(options: Parameters<typeof makeTunnelLab>[1] = {}): Promise<TunnelLab> {
  const lab = await makeTunnelLab(sshd, options);
  labs.push(lab);
  return lab;
}

const target = () => ({ kind: 'tcp', host: '127.0.0.1', port: echo.port }) as const;

/** The machine is away until `restart`: what is there breaks off, and its port refuses. */
async function goAway(): Promise<void> {
  await sshd.stopListening();
  await sshd.killSessions();
}

describe('while the machine is away', () => {
  it('a client that comes waits, and is served at the same port when it is back', async () => {
    const lab = await makeLab();
    const listen = await tcpListen();
    const tunnel = await lab.open({ kind: 'local', listen, target: target() });
    await goAway();
    await lab.reached(tunnel, 'waiting');
    const parked = ask(listen, 'are you there?');
    await lab.measured(tunnel, ({ waitingConnections }) => waitingConnections === 1);
    await sshd.restart();
    lab.connection.pool.retryNow(lab.connection.machineId);
    expect(await parked).toBe('are you there?');
    expect(lab.state(tunnel)).toMatchObject({ kind: 'active' });
  });

  it('a client that gives up waiting is forgotten', async () => {
    const lab = await makeLab();
    const listen = await tcpListen();
    const tunnel = await lab.open({ kind: 'local', listen, target: target() });
    await goAway();
    await lab.reached(tunnel, 'waiting');
    const parked = await connected(listen);
    await lab.measured(tunnel, ({ waitingConnections }) => waitingConnections === 1);
    parked.resetAndDestroy();
    const after = await lab.measured(tunnel, ({ waitingConnections }) => waitingConnections === 0);
    expect(after.lastError).toBeNull();
  });

  it('a client is refused at once where the user wants that', async () => {
    const lab = await makeLab();
    const listen = await tcpListen();
    const tunnel = await lab.open({ kind: 'local', listen, target: target() }, { whileAway: 'refuse' });
    expect(await ask(listen, 'hello')).toBe('hello');
    await goAway();
    await lab.reached(tunnel, 'waiting');
    await expect(ask(listen, 'hello')).rejects.toMatchObject({ code: 'ECONNRESET' });
    await sshd.restart();
    lab.connection.pool.retryNow(lab.connection.machineId);
    await lab.reached(tunnel, 'active');
    expect(await ask(listen, 'hello')).toBe('hello');
  });

  it('a client in the middle of something sees that it broke off, not a proper end', async () => {
    const lab = await makeLab();
    const listen = await tcpListen();
    const tunnel = await lab.open({ kind: 'local', listen, target: target() });
    const socket = await connected(listen);
    socket.write('half of it');
    await once(socket, 'data');
    const rest = received(socket);
    const failed = expect(rest).rejects.toMatchObject({ code: 'ECONNRESET' });
    await sshd.killSessions();
    await failed;
    await lab.reached(tunnel, 'waiting');
    await lab.reached(tunnel, 'active');
    expect(await ask(listen, 'all of it')).toBe('all of it');
  });

  it('a port on the machine is asked for again when it is back', async () => {
    const lab = await makeLab();
    const listen = await tcpListen();
    const tunnel = await lab.open({ kind: 'remote', listen, target: target() });
    for (const text of ['one', 'two', 'three']) {
      expect(await ask(listen, text)).toBe(text);
      await sshd.killSessions();
      await lab.reached(tunnel, 'waiting');
      await lab.reached(tunnel, 'active');
    }
    expect(await ask(listen, 'four')).toBe('four');
  });
});

describe('a disconnect on purpose', () => {
  it('gives the ports back; connecting again opens those that start with the connection', async () => {
    const lab = await makeLab();
    const { pool, machineId } = lab.connection;
    const [first, second] = [await tcpListen(), await tcpListen()];
    const withConnection = await lab.open({ kind: 'local', listen: first, target: target() });
    const byHand = await lab.open(
      { kind: 'local', listen: second, target: target() },
      { startsWith: 'hand' },
    );
    pool.disconnect(machineId);
    await lab.reached(withConnection, 'standby');
    await lab.reached(byHand, 'off');
    for (const listen of [first, second])
      await expect(ask(listen, 'x')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(lab.saved().map(({ isOn }) => isOn)).toEqual([true, false]);

    pool.connect(machineId);
    await lab.reached(withConnection, 'active');
    expect(await ask(first, 'hello')).toBe('hello');
    expect(lab.state(byHand)).toEqual({ kind: 'off' });
  });
});

describe('after a restart of the app', () => {
  it('each tunnel starts as the user chose, at the same port', async () => {
    const before = await makeLab();
    const listens = [await tcpListen(), await tcpListen(), await tcpListen()] as const;
    const starts = ['app', 'connection', 'hand'] as const;
    for (const [index, startsWith] of starts.entries())
      await before.open(
        { kind: 'local', listen: listens[index] ?? listens[0], target: target() },
        { startsWith },
      );
    const saved = before.saved();
    await before.close();
    await expect(ask(listens[0], 'x')).rejects.toMatchObject({ code: 'ECONNREFUSED' });

    const [app, connection, hand] = saved as [never, never, never];
    const after = await makeLab({ saved });
    after.tunnels.start();
    await after.reached(app, 'active');
    await after.reached(connection, 'active');
    expect(after.state(hand)).toEqual({ kind: 'off' });
    expect(after.saved().map(({ isOn }) => isOn)).toEqual([true, true, false]);
    expect(await ask(listens[0], 'app')).toBe('app');
    expect(await ask(listens[1], 'connection')).toBe('connection');
    await expect(ask(listens[2], 'x')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('what starts with the connection does not connect by itself', async () => {
    const listen = await tcpListen();
    const before = await makeLab();
    await before.open({ kind: 'local', listen, target: target() });
    const saved = before.saved();
    await before.close();
    const after = await makeLab({ saved });
    after.tunnels.start();
    const [tunnel] = saved;
    expect(tunnel && after.state(tunnel)).toEqual({ kind: 'standby' });
    expect(after.connection.state()).toEqual({ kind: 'idle' });
  });
});

describe('a machine that can not be reached', () => {
  it('says so at the tunnel, refuses its clients, and is tried again by its switch', async () => {
    await sshd.stopListening();
    const lab = await makeLab();
    const listen = await tcpListen();
    const tunnel = lab.add({ kind: 'local', listen, target: target() });
    lab.turn(tunnel, true);
    expect(await lab.reached(tunnel, 'failed')).toMatchObject({ error: { code: 'connection-refused' } });
    await expect(ask(listen, 'x')).rejects.toMatchObject({ code: 'ECONNRESET' });
    await sshd.restart();
    lab.turn(tunnel, true);
    await lab.reached(tunnel, 'active');
    expect(await ask(listen, 'hello')).toBe('hello');
  });
});
