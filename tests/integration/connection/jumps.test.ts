import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  directRoute,
  emptyMachineDraft,
  type Identity,
  type Jump,
  type Machine,
  MachineId,
  usualAgent,
} from '../../../shared/model/machine';
import { freePort } from '../../support/lab/free-port';
import {
  type LabConnection,
  type LabConnectionOptions,
  makeLabConnection,
} from '../../support/lab/lab-connection';
import { startSshAgent } from '../../support/lab/ssh-agent';
import { makeKeyPair } from '../../support/lab/ssh-keys';
import { type LabSshd, type SshdOptions, startSshd } from '../../support/lab/sshd';

/** Nothing here takes long, but the computer may be busy with other tests. */
const patience = { timeout: 20_000 };
const canHaveAccount = process.getuid?.() === 0;

let cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  cleanUps = [];
});

async function server(options: SshdOptions = {}): Promise<LabSshd> {
  const sshd = await startSshd(options);
  cleanUps.push(sshd.stop);
  return sshd;
}

const endpointOf = ({ host, port, user }: LabSshd) => ({ host, port, user });
const keyOf = (sshd: LabSshd): Identity => ({ kind: 'keyFile', path: sshd.clientKeyPath });
const inline = (sshd: LabSshd, identity = keyOf(sshd)): Jump => ({
  kind: 'inline',
  ...endpointOf(sshd),
  identity,
});

async function knownHostsOf(...servers: LabSshd[]): Promise<string> {
  return (await Promise.all(servers.map((each) => readFile(each.knownHostsPath, 'utf8')))).join('');
}

interface ChainOptions extends Partial<Omit<LabConnectionOptions, 'route'>> {
  readonly jumps?: readonly Jump[];
  readonly knownHosts?: string;
}

/** A machine behind the others, each of which is an inline jump host that is known and has its own key. */
async function chain(servers: readonly LabSshd[], options: ChainOptions = {}): Promise<LabConnection> {
  const target = servers.at(-1);
  if (target === undefined) throw new Error('no servers');
  const { jumps = servers.slice(0, -1).map((sshd) => inline(sshd)), knownHosts, ...rest } = options;
  const lab = await makeLabConnection({
    identity: keyOf(target),
    ...rest,
    route: { ...endpointOf(target), jumps },
  });
  cleanUps.push(lab.close);
  await writeFile(lab.knownHostsPath, knownHosts ?? (await knownHostsOf(...servers)));
  return lab;
}

const hopsIn = (lab: LabConnection, code: string) =>
  lab.log().flatMap((entry) => (entry.code === code ? [entry.params.hop] : []));

describe('a machine behind jump hosts', () => {
  it('is reached through one, and each hop’s key is its own', async () => {
    const [bastion, target] = [await server(), await server()];
    const lab = await chain([bastion, target]);
    const transport = await lab.connect();
    expect((await transport.exec('echo through; echo $SSH_CONNECTION')).stdout).toMatch(
      new RegExp(`^through\n127.0.0.1 \\d+ 127.0.0.1 ${target.port}\n$`),
    );
    const logins = (sshd: LabSshd) => sshd.log().match(/Accepted publickey/g)?.length ?? 0;
    expect([logins(bastion), logins(target)]).toEqual([1, 1]);
    expect(lab.seen).toEqual(['connecting', 'authenticating', 'ready']);
  });

  it('is reached through three, carries much data both ways, and leaves nothing behind when closed', async () => {
    const servers = [await server(), await server(), await server(), await server()];
    const lab = await chain(servers);
    const transport = await lab.connect();
    const sizeBytes = 3_000_000;
    const { stdout } = await transport.exec('cat', { stdin: 'x'.repeat(sizeBytes) });
    expect(stdout).toHaveLength(sizeBytes);
    expect(await transport.ping()).toBeGreaterThan(0);
    lab.pool.disconnect(lab.machineId);
    await lab.reached('closed');
    for (const sshd of servers)
      await expect.poll(() => sshd.log(), patience).toMatch(/Disconnected from user/);
  });

  it('signs in at each hop in that hop’s way: agent, passphrase, key', async () => {
    const agent = await startSshAgent();
    cleanUps.push(agent.stop);
    const first = await server();
    await agent.add(first.clientKeyPath);
    const locked = await makeKeyPair(join(first.folder, 'locked'), { passphrase: 'sesame' });
    const second = await server({ authorizedKeys: [locked.publicKey] });
    const target = await server();
    const lab = await chain([first, second, target], {
      agentSocketPath: agent.socketPath,
      jumps: [inline(first, usualAgent), inline(second, { kind: 'keyFile', path: locked.path })],
    });
    const ready = lab.connect();
    const prompt = await lab.giveSecret('sesame');
    expect(prompt).toMatchObject({ kind: 'passphrase', keyPath: locked.path, hop: second.host });
    expect((await (await ready).exec('echo in')).stdout).toBe('in\n');
  });

  it('takes the password of a jump host, asks again when it was wrong, and does not sign in twice before', async () => {
    if (!canHaveAccount) return void console.log('skipped: making an account needs root');
    const first = await server();
    const second = await server({ passwordAccount: 'password' });
    const target = await server();
    const lab = await chain([first, second, target], {
      jumps: [inline(first), inline(second, { kind: 'password' })],
    });
    const ready = lab.connect();
    expect(await lab.giveSecret('wrong')).toMatchObject({
      kind: 'password',
      user: second.user,
      wasWrong: false,
    });
    expect(await lab.giveSecret(second.password)).toMatchObject({ wasWrong: true, hop: second.host });
    await ready;
    expect(first.log().match(/Accepted publickey/g)).toHaveLength(1);
  });

  it('is reached through a saved machine, whose own jump host is used as well', async () => {
    const [outer, inner, target] = [await server(), await server(), await server()];
    const saved: Machine = {
      ...emptyMachineDraft,
      id: MachineId.parse('00000000-0000-4000-8000-0000000000b1'),
      name: 'Inner gate',
      isDemo: false,
      tunnels: [],
      route: { ...directRoute(endpointOf(inner)), jumps: [inline(outer)] },
      identity: keyOf(inner),
    };
    const lab = await chain([outer, inner, target], {
      machines: [saved],
      jumps: [{ kind: 'machine', machineId: saved.id }],
    });
    await lab.connect();
    expect(hopsIn(lab, 'auth-succeeded')).toEqual([outer.host, 'Inner gate', 'Lab']);
    expect(outer.log()).toContain('Accepted publickey');
  });
});

describe('the host key of every hop', () => {
  it('is asked about on its own, and the hops before are not signed in to again', async () => {
    const servers = [await server(), await server(), await server()] as const;
    const lab = await chain(servers, { knownHosts: '' });
    const ready = lab.connect();
    for (const [index, sshd] of servers.entries()) {
      await expect
        .poll(() => lab.state(), patience)
        .toMatchObject({ kind: 'awaitingHostKey', prompt: { port: sshd.port } });
      const prompt = await lab.nextHostKeyPrompt();
      expect(prompt.fingerprint).toBe(sshd.hostKeys[0]?.fingerprint);
      expect(prompt.hop).toBe(index < 2 ? sshd.host : undefined);
      lab.pool.answer({ kind: 'hostKey', promptId: prompt.promptId, isAccepted: true });
    }
    await ready;
    expect(servers[0].log().match(/Accepted publickey/g)).toHaveLength(1);
    await expect
      .poll(async () => (await readFile(lab.knownHostsPath, 'utf8')).trim().split('\n'), patience)
      .toHaveLength(3);
  });

  it('that is not accepted ends it all: nobody stays signed in at the hops before', async () => {
    const [bastion, target] = [await server(), await server()];
    const lab = await chain([bastion, target], { knownHosts: await knownHostsOf(bastion) });
    const failed = lab.connectFails();
    const { promptId } = await lab.nextHostKeyPrompt();
    lab.pool.answer({ kind: 'hostKey', promptId, isAccepted: false });
    expect(await failed).toMatchObject({ code: 'host-key-not-accepted', params: { port: target.port } });
    await expect.poll(() => bastion.log(), patience).toMatch(/Disconnected from user/);
    expect(target.log()).not.toContain('Accepted');
  });

  it('that changed at the second hop is refused and named, and nothing of the user’s is sent there', async () => {
    const servers = [await server(), await server(), await server()] as const;
    const lab = await chain(servers);
    await servers[1].restart({ newHostKey: true });
    expect(await lab.connectFails()).toMatchObject({
      code: 'host-key-changed',
      params: {
        ...{
          host: servers[1].host,
          port: servers[1].port,
          newFingerprint: servers[1].hostKeys[0]?.fingerprint,
        },
        ...{ jumpHost: servers[1].host, jumpNumber: 2, jumpCount: 2 },
      },
    });
    expect(servers[1].log()).not.toContain('Accepted');
    await expect.poll(() => servers[0].log(), patience).toMatch(/Disconnected from user/);
  });
});

describe('a changed host key in the middle', () => {
  it('is replaced after its fingerprint’s end was typed, there alone', async () => {
    const servers = [await server(), await server(), await server()] as const;
    const lab = await chain(servers);
    const keysOf = async ({ host, port }: LabSshd) =>
      (await readFile(lab.knownHostsPath, 'utf8'))
        .split('\n')
        .filter((line) => line.includes(`[${host}]:${port}`))
        .map((line) => line.split(' ').slice(1).join(' '));
    await servers[1].restart({ newHostKey: true });
    await lab.connectFails();
    lab.pool.replaceHostKey(lab.machineId, servers[1].hostKeys[0]?.fingerprint.slice(-6) ?? '');
    await lab.reached('ready');
    for (const each of servers) {
      await expect.poll(() => keysOf(each), patience).toEqual([each.hostKeys[0]?.publicKey]);
    }
  });
});

describe('a hop that fails is named', () => {
  it('when it refuses the key', async () => {
    const [bastion, target] = [await server(), await server()];
    await bastion.authorize([]);
    expect(await (await chain([bastion, target])).connectFails()).toMatchObject({
      code: 'key-refused',
      params: { host: bastion.host, user: bastion.user, jumpHost: bastion.host, jumpNumber: 1, jumpCount: 1 },
    });
  });

  it('when its key file is missing, before anything was connected', async () => {
    const [bastion, target] = [await server(), await server()];
    const lab = await chain([bastion, target], {
      jumps: [inline(bastion, { kind: 'keyFile', path: '/nowhere/key' })],
    });
    expect(await lab.connectFails()).toMatchObject({
      code: 'key-file-not-found',
      params: { path: '/nowhere/key', jumpHost: bastion.host },
    });
    expect(bastion.log()).not.toContain('Connection from');
  });

  it('when it does not answer', async () => {
    const target = await server();
    const port = await freePort();
    const jump: Jump = { kind: 'inline', host: '127.0.0.1', port, user: 'ana', identity: keyOf(target) };
    expect(await (await chain([target], { jumps: [jump] })).connectFails()).toMatchObject({
      code: 'connection-refused',
      params: { host: '127.0.0.1', port, jumpHost: '127.0.0.1', jumpNumber: 1 },
    });
  });

  it('when the machine behind it can’t be reached from there', async () => {
    const [bastion, target] = [await server(), await server()];
    const lab = await chain([bastion, target]);
    await target.stopListening();
    expect(await lab.connectFails()).toMatchObject({
      code: 'jump-cannot-reach',
      params: { via: bastion.host, host: target.host, port: target.port },
    });
    await expect.poll(() => bastion.log(), patience).toMatch(/Disconnected from user/);
  });

  it('when it forbids forwarding', async () => {
    const [bastion, target] = [await server({ config: ['AllowTcpForwarding no'] }), await server()];
    expect(await (await chain([bastion, target])).connectFails()).toMatchObject({
      code: 'jump-forbids-forwarding',
      params: { via: bastion.host },
    });
  });
});

describe('a way that breaks in the middle', () => {
  it('is noticed, named and made anew by itself', async () => {
    const servers = [await server(), await server(), await server()] as const;
    const lab = await chain(servers);
    const first = await lab.connect();
    await servers[1].killSessions();
    const { error } = await lab.reached('waitingToRetry');
    expect(error).toMatchObject({
      code: 'connection-lost',
      params: { port: servers[1].port, jumpHost: servers[1].host, jumpNumber: 2 },
    });
    await expect(first.exec('true')).rejects.toMatchObject({ code: 'connection-lost' });
    const second = await lab.pool.link(lab.machineId).whenReady();
    expect((await second.exec('echo back')).stdout).toBe('back\n');
  });

  it('is tried again until the hop is back', async () => {
    const servers = [await server(), await server()] as const;
    const lab = await chain(servers);
    await lab.connect();
    await servers[0].stopListening();
    await servers[0].killSessions();
    await expect
      .poll(() => lab.state(), patience)
      .toMatchObject({
        kind: 'waitingToRetry',
        error: { code: 'connection-refused', params: { jumpNumber: 1 } },
      });
    await servers[0].restart();
    lab.pool.retryNow(lab.machineId);
    await lab.reached('ready');
  });
});

describe('the log', () => {
  it('says which hop each line is about', async () => {
    const [bastion, target] = [await server(), await server()];
    const lab = await chain([bastion, target]);
    await lab.connect();
    for (const code of ['connect-started', 'server-version', 'host-key-trusted', 'auth-succeeded']) {
      expect(hopsIn(lab, code)).toEqual([bastion.host, 'Lab']);
    }
    expect(hopsIn(lab, 'jump-connected')).toEqual(['Lab']);
  });
});
