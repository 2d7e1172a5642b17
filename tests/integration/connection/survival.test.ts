import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SshOptions } from '../../../electron/ssh/ssh-transport';
import { type FaultProxy, startFaultProxy } from '../../support/lab/fault-proxy';
import { type LabConnection, makeLabConnection } from '../../support/lab/lab-connection';
import { type LabSshd, startSshd } from '../../support/lab/sshd';

/** Nothing here takes long, but the computer may be busy with other tests. */
const patience = { timeout: 20_000 };

let sshd: LabSshd;
let open: { close(): Promise<void> }[] = [];
beforeEach(async () => {
  sshd = await startSshd();
});
afterEach(async () => {
  for (const each of open.reverse()) await each.close();
  open = [];
  await sshd.stop();
});

async function connection(port = sshd.port, ssh: Partial<SshOptions> = {}): Promise<LabConnection> {
  const made = await makeLabConnection({
    route: { host: sshd.host, port, user: sshd.user },
    identity: { kind: 'keyFile', path: sshd.clientKeyPath },
    ...(port === sshd.port ? { knownHostsPath: sshd.knownHostsPath } : {}),
    ssh,
  });
  open.push(made);
  return made;
}

/** Through a proxy the server is met under another port, which nobody knows yet. */
async function connectedThroughProxy(
  proxy: FaultProxy,
  ssh: Partial<SshOptions> = {},
): Promise<LabConnection> {
  const lab = await connection(proxy.port, ssh);
  const ready = lab.connect();
  const { promptId } = await lab.nextHostKeyPrompt();
  lab.pool.answer({ kind: 'hostKey', promptId, isAccepted: true });
  await ready;
  return lab;
}
async function proxied(): Promise<FaultProxy> {
  const proxy = await startFaultProxy(sshd);
  open.push({ close: () => proxy.stop() });
  return proxy;
}

describe('a session killed on the machine', () => {
  it('is noticed at once, and the same link works again within seconds', async () => {
    const lab = await connection();
    const first = await lab.connect();
    await sshd.killSessions();
    expect(await lab.reached('waitingToRetry')).toMatchObject({
      retryNumber: 1,
      error: { code: 'connection-lost' },
    });
    await expect(first.exec('true')).rejects.toMatchObject({ code: 'connection-lost' });
    const second = await lab.pool.link(lab.machineId).whenReady();
    expect((await second.exec('echo back')).stdout).toBe('back\n');
    expect(lab.seen).toEqual([
      ...['connecting', 'authenticating', 'ready', 'waitingToRetry', 'connecting', 'authenticating', 'ready'],
    ]);
  });

  it('fails what was running on it', async () => {
    const lab = await connection();
    const transport = await lab.connect();
    const running = transport.exec('echo started; exec sleep 30.303');
    const failed = expect(running).rejects.toMatchObject({ code: 'connection-lost' });
    await expect
      .poll(async () => (await transport.exec('pgrep -fc "^sleep 30.303"')).stdout, patience)
      .toBe('1\n');
    await sshd.killSessions();
    await failed;
  });
});

describe('a server that is away', () => {
  it('is tried until it is back', async () => {
    const lab = await connection();
    await lab.connect();
    await sshd.stopListening();
    await sshd.killSessions();
    await lab.reached('waitingToRetry');
    await expect
      .poll(() => lab.state(), patience)
      .toMatchObject({
        ...{ kind: 'waitingToRetry', retryNumber: 2, error: { code: 'connection-refused' } },
      });
    await sshd.restart();
    lab.pool.retryNow(lab.machineId);
    await lab.reached('ready');
    expect(lab.logCodes()).toContain('retry-now');
  });

  it('is left alone while the user has paused reconnecting, and tried at once afterwards', async () => {
    const lab = await connection();
    await lab.connect();
    lab.pool.setPaused(true);
    await sshd.killSessions();
    expect(await lab.reached('waitingToRetry')).toMatchObject({ nextTryAtMs: null });
    // What would make it try at once otherwise.
    lab.pool.resumed();
    expect(lab.state()).toMatchObject({ kind: 'waitingToRetry', nextTryAtMs: null });
    lab.pool.setPaused(false);
    await lab.reached('ready');
  });

  it('and comes back with another host key is refused, never retried', async () => {
    const lab = await connection();
    await lab.connect();
    await sshd.restart({ newHostKey: true });
    await sshd.killSessions();
    const { error } = await lab.reached('failed');
    expect(error).toMatchObject({
      code: 'host-key-changed',
      params: { newFingerprint: sshd.hostKeys[0]?.fingerprint },
    });
  });

  it('and comes back without the user’s key is refused, never retried', async () => {
    const lab = await connection();
    await lab.connect();
    await sshd.authorize([]);
    await sshd.killSessions();
    expect((await lab.reached('failed')).error.code).toBe('key-refused');
    expect(lab.logCodes().filter((code) => code === 'connect-started')).toHaveLength(2);
  });
});

describe('a network that fails', () => {
  it('with a reset comes back by itself', async () => {
    const proxy = await proxied();
    const lab = await connectedThroughProxy(proxy);
    proxy.cutAll();
    await lab.reached('waitingToRetry');
    await lab.reached('ready');
  });

  it('in silence is noticed by the keepalive, step by step', async () => {
    const proxy = await proxied();
    const lab = await connectedThroughProxy(proxy, { keepaliveIntervalMs: 100, stepTimeoutMs: 500 });
    proxy.setFaults({ isBlackHole: true });
    expect((await lab.reached('waitingToRetry')).error).toMatchObject({
      code: 'connection-lost',
      params: { reason: 'silent' },
    });
    const missed = lab.log().filter(({ code }) => code === 'keepalive-missed');
    expect(missed.map(({ params }) => params)).toEqual([
      ...[
        { missed: 1, allowed: 3 },
        { missed: 2, allowed: 3 },
        { missed: 3, allowed: 3 },
      ],
    ]);
    proxy.setFaults({});
    await lab.reached('ready');
  });

  it('but not for long leaves the connection alone', async () => {
    const proxy = await proxied();
    const lab = await connectedThroughProxy(proxy, { keepaliveIntervalMs: 200, keepaliveMissedAllowed: 50 });
    proxy.setFaults({ isBlackHole: false, delayMs: 700 });
    await expect.poll(() => lab.logCodes(), patience).toContain('keepalive-missed');
    proxy.setFaults({});
    expect((await (await lab.connect()).exec('echo same')).stdout).toBe('same\n');
    expect(lab.seen.filter((kind) => kind === 'ready')).toHaveLength(1);
  });

  it('under a download that keeps coming is not taken for dead', async () => {
    const proxy = await proxied();
    const lab = await connectedThroughProxy(proxy, { keepaliveIntervalMs: 100 });
    proxy.setFaults({ rateBytesPerSecond: 1_000_000 });
    const { stdout } = await (await lab.connect()).exec('head -c 2000000 /dev/zero');
    expect(stdout).toHaveLength(2_000_000);
    expect(lab.state().kind).toBe('ready');
  });
});

describe('the user', () => {
  it('who disconnects during a retry ends it', async () => {
    const lab = await connection();
    await lab.connect();
    await sshd.stopListening();
    await sshd.killSessions();
    await lab.reached('waitingToRetry');
    lab.pool.disconnect(lab.machineId);
    expect(lab.state()).toEqual({ kind: 'closed' });
  });

  it('who disconnects leaves no session behind on the machine', async () => {
    const lab = await connection();
    await lab.connect();
    lab.pool.disconnect(lab.machineId);
    await lab.reached('closed');
    await expect.poll(() => sshd.log(), patience).toMatch(/Disconnected from user/);
  });
});
