import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Identity, usualAgent } from '../../../shared/model/machine';
import { startDropbear } from '../../support/lab/dropbear';
import {
  type LabConnection,
  type LabConnectionOptions,
  makeLabConnection,
} from '../../support/lab/lab-connection';
import { startSoftSkAgent } from '../../support/lab/soft-sk-agent';
import { type LabAgent, startSshAgent } from '../../support/lab/ssh-agent';
import { makeKeyPair, type SshKeyPair } from '../../support/lab/ssh-keys';
import { type LabSshd, type SshdOptions, startSshd } from '../../support/lab/sshd';

const isRoot = process.getuid?.() === 0;
const needsRoot = isRoot ? '' : ' (skipped: making a system account needs root)';

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

/** An agent with so many keys. */
async function agentWith(count: number, folder: string): Promise<LabAgent & { readonly keys: SshKeyPair[] }> {
  const agent = await startSshAgent();
  cleanUps.push(agent.stop);
  const keys: SshKeyPair[] = [];
  for (let index = 0; index < count; index += 1) {
    const key = await makeKeyPair(join(folder, `agent_key_${index}`));
    await agent.add(key.path);
    keys.push(key);
  }
  return { ...agent, keys };
}

async function connection(
  sshd: Pick<LabSshd, 'host' | 'port' | 'user' | 'knownHostsPath'>,
  identity: Identity,
  options: Partial<LabConnectionOptions> = {},
): Promise<LabConnection> {
  const { host, port, user, knownHostsPath } = sshd;
  const made = await makeLabConnection({ route: { host, port, user }, identity, knownHostsPath, ...options });
  cleanUps.push(made.close);
  return made;
}

const triedKeys = (lab: LabConnection) =>
  lab.log().flatMap(({ code, params }) => (code === 'auth-trying-key' ? [params.fingerprint] : []));

describe('one pinned key of an agent', () => {
  it('is the only one offered, where the agent’s others would use up all tries', async () => {
    const sshd = await server({ config: ['MaxAuthTries 3'] });
    const agent = await agentWith(6, sshd.folder);
    const last = agent.keys[5] as SshKeyPair;
    await sshd.authorize([last.publicKey]);

    const all = await connection(sshd, usualAgent, { agentSocketPath: agent.socketPath });
    expect((await all.connectFails()).code).toBe('key-refused');

    const identity = {
      kind: 'agent',
      socketPath: agent.socketPath,
      pinnedKey: `${last.publicKey} me`,
    } as const;
    const pinned = await connection(sshd, identity);
    expect((await (await pinned.connect()).exec('echo in')).stdout).toBe('in\n');
    expect(triedKeys(pinned)).toEqual([last.fingerprint]);
  });

  it('that the agent does not hold is named, and nothing else is offered', async () => {
    const sshd = await server();
    const agent = await agentWith(1, sshd.folder);
    const { publicKey, fingerprint } = await makeKeyPair(join(sshd.folder, 'elsewhere'));
    const lab = await connection(sshd, { kind: 'agent', socketPath: agent.socketPath, pinnedKey: publicKey });
    expect(await lab.connectFails()).toMatchObject({ code: 'agent-lacks-key', params: { fingerprint } });
    expect(lab.logCodes()).not.toContain('tcp-connected');
  });
});

describe('a key of an agent', () => {
  it('that will not sign is passed over for the next', async () => {
    const sshd = await server();
    const agent = await agentWith(0, sshd.folder);
    const [guarded, free] = [
      await makeKeyPair(join(sshd.folder, 'guarded')),
      await makeKeyPair(join(sshd.folder, 'free')),
    ];
    // Nobody is there to confirm the use of the first one.
    await agent.add(guarded.path, ['-c']);
    await agent.add(free.path);
    await sshd.authorize([guarded.publicKey, free.publicKey]);
    const lab = await connection(sshd, usualAgent, { agentSocketPath: agent.socketPath });
    expect((await (await lab.connect()).exec('echo in')).stdout).toBe('in\n');
    expect(lab.log().find(({ code }) => code === 'auth-key-not-signing')?.params).toEqual({
      fingerprint: guarded.fingerprint,
    });
  });

  it.each(['rsa', 'ecdsa'] as const)('of type %s opens the machine', async (type) => {
    const sshd = await server();
    const agent = await agentWith(0, sshd.folder);
    const key = await makeKeyPair(join(sshd.folder, 'user'), { type });
    await agent.add(key.path);
    await sshd.authorize([key.publicKey]);
    const lab = await connection(sshd, usualAgent, { agentSocketPath: agent.socketPath });
    expect((await (await lab.connect()).exec('echo in')).stdout).toBe('in\n');
  });

  it('that is a FIDO key (made in software: no hardware is here) opens the machine', async () => {
    const sshd = await server();
    const agent = await startSoftSkAgent();
    cleanUps.push(agent.stop);
    await sshd.authorize([`no-touch-required ${agent.publicKey}`]);
    const identity = { kind: 'agent', socketPath: agent.socketPath, pinnedKey: agent.publicKey } as const;
    const lab = await connection(sshd, identity);
    expect((await (await lab.connect()).exec('echo in')).stdout).toBe('in\n');
    expect(sshd.log()).toContain('ED25519-SK');
  });
});

describe('a forwarded agent', () => {
  const listKeys = 'ssh-add -l || echo "no agent: $SSH_AUTH_SOCK"';
  const forwards = { machine: { forwardsAgent: true } } as const;

  it('is there for every command on a machine that has it on, and for none where it is off', async () => {
    const sshd = await server();
    const agent = await agentWith(1, sshd.folder);
    const [key] = agent.keys;
    const identity = { kind: 'keyFile', path: sshd.clientKeyPath } as const;
    const options = { agentSocketPath: agent.socketPath };
    const on = await (await connection(sshd, identity, { ...options, ...forwards })).connect();
    expect((await on.exec(listKeys)).stdout).toContain(key?.fingerprint);
    const [one, other] = await Promise.all([on.exec(listKeys), on.exec(listKeys)]);
    expect([one.stdout, other.stdout].filter((text) => text.includes(key?.fingerprint ?? '?'))).toHaveLength(
      2,
    );

    const off = await (await connection(sshd, identity, options)).connect();
    expect((await off.exec(listKeys)).stdout).toBe('no agent: \n');
  });

  it('signs on the machine behind a jump host that knows nothing of it', async () => {
    const [bastion, target] = [await server({ config: ['LogLevel DEBUG1'] }), await server()];
    const agent = await agentWith(1, target.folder);
    const path = (sshd: LabSshd) => ({ kind: 'keyFile', path: sshd.clientKeyPath }) as const;
    const { host, port, user } = target;
    const { host: jumpHost, port: jumpPort, user: jumpUser } = bastion;
    const jump = {
      kind: 'inline',
      host: jumpHost,
      port: jumpPort,
      user: jumpUser,
      identity: path(bastion),
    } as const;
    const lab = await makeLabConnection({
      route: { host, port, user, jumps: [jump] },
      identity: path(target),
      agentSocketPath: agent.socketPath,
      ...forwards,
    });
    cleanUps.push(lab.close);
    lab.pool.connect(lab.machineId);
    for (const _ of [bastion, target]) {
      const { promptId } = await lab.nextHostKeyPrompt();
      lab.pool.answer({ kind: 'hostKey', promptId, isAccepted: true });
      await lab.reached('connecting');
    }
    const transport = await lab.pool.link(lab.machineId).whenReady();
    expect((await transport.exec(listKeys)).stdout).toContain(agent.keys[0]?.fingerprint);
    expect(bastion.log()).toContain('direct-tcpip');
    expect(bastion.log()).not.toContain('auth-agent');
  });

  it('that the machine forbids keeps no command from running', async () => {
    const sshd = await server({ config: ['AllowAgentForwarding no'] });
    const agent = await agentWith(1, sshd.folder);
    const identity = { kind: 'keyFile', path: sshd.clientKeyPath } as const;
    const lab = await connection(sshd, identity, { agentSocketPath: agent.socketPath, ...forwards });
    expect((await (await lab.connect()).exec(listKeys)).stdout).toBe('no agent: \n');
  });

  it('that died is told to programs there, not waited for', async () => {
    const sshd = await server();
    const agent = await startSshAgent();
    const identity = { kind: 'keyFile', path: sshd.clientKeyPath } as const;
    const lab = await connection(sshd, identity, { agentSocketPath: agent.socketPath, ...forwards });
    const transport = await lab.connect();
    await agent.stop();
    const { exitCode } = await transport.exec('ssh-add -l');
    expect(exitCode).not.toBe(0);
  });

  it('that is nowhere is said in the log', async () => {
    const sshd = await server();
    const lab = await connection(sshd, { kind: 'keyFile', path: sshd.clientKeyPath }, forwards);
    await lab.connect();
    expect(lab.logCodes()).toContain('agent-not-forwarded');
  });

  it.runIf(isRoot)(`works with dropbear${needsRoot}`, async () => {
    const dropbear = await startDropbear('ed25519');
    cleanUps.push(dropbear.stop);
    const agent = await startSshAgent();
    cleanUps.push(agent.stop);
    await agent.add(dropbear.clientKeyPath);
    const identity = { kind: 'keyFile', path: dropbear.clientKeyPath } as const;
    const lab = await connection(dropbear, identity, { agentSocketPath: agent.socketPath, ...forwards });
    const transport = await lab.connect();
    for (const _ of ['first', 'second'])
      expect((await transport.exec(listKeys)).stdout).toContain('(ED25519)');
  });
});
