import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type LabConnection, makeLabConnection } from '../../support/lab/lab-connection';
import { runCommand } from '../../support/lab/run-command';
import { makeKeyPair } from '../../support/lab/ssh-keys';
import { type LabSshd, startSshd } from '../../support/lab/sshd';

/** Nothing here takes long, but the computer may be busy with other tests. */
const patience = { timeout: 20_000 };

let sshd: LabSshd;
let open: LabConnection[] = [];

beforeAll(async () => {
  sshd = await startSshd({ hostKeyTypes: ['ed25519', 'ecdsa', 'rsa'] });
});
afterAll(() => sshd.stop());
afterEach(async () => {
  await Promise.all(open.map((connection) => connection.close()));
  open = [];
  sightings = [];
});

/** Fingerprints of the keys that were noted as seen, by all connections of a test. */
let sightings: string[] = [];

async function connection(knownHosts: string, user = sshd.user): Promise<LabConnection> {
  const made = await makeLabConnection({
    route: { host: sshd.host, port: sshd.port, user },
    seenHostKeys: { note: (fingerprint) => void sightings.push(fingerprint) },
    identity: { kind: 'keyFile', path: sshd.clientKeyPath },
  });
  open.push(made);
  await writeFile(made.knownHostsPath, knownHosts);
  return made;
}
const hostKeyOf = (type: string) => {
  const key = sshd.hostKeys.find(({ publicKey }) => publicKey.startsWith(type));
  if (key === undefined) throw new Error(`no ${type} host key`);
  return key;
};
const knownAs = (publicKey: string) => `[${sshd.host}]:${sshd.port} ${publicKey}\n`;

describe('a machine never seen before', () => {
  it('is asked about with the fingerprint and picture that ssh-keygen shows, and trusted once accepted', async () => {
    const lab = await connection('');
    const ready = lab.connect();
    const prompt = await lab.nextHostKeyPrompt();
    const { publicKeyPath, fingerprint } = hostKeyOf('ssh-ed25519');
    const [, ...picture] = (await runCommand('ssh-keygen', ['-lv', '-f', publicKeyPath]))
      .trimEnd()
      .split('\n');
    expect(prompt).toMatchObject({ host: sshd.host, port: sshd.port, keyType: 'ssh-ed25519', fingerprint });
    expect(prompt.randomart).toBe(picture.join('\n'));
    expect(await readFile(lab.knownHostsPath, 'utf8')).toBe('');

    lab.pool.answer({ kind: 'hostKey', promptId: prompt.promptId, isAccepted: true });
    expect((await (await ready).exec('echo in')).stdout).toBe('in\n');
    await expect.poll(() => lab.logCodes(), patience).toContain('host-key-saved');
    expect(await readFile(lab.knownHostsPath, 'utf8')).toBe(knownAs(hostKeyOf('ssh-ed25519').publicKey));
    expect(sightings).toEqual([fingerprint]);
    expect(lab.seen).toEqual(['connecting', 'awaitingHostKey', 'connecting', 'authenticating', 'ready']);
  });

  it('is not asked about a second time', async () => {
    const first = await connection('');
    const ready = first.connect();
    const { promptId } = await first.nextHostKeyPrompt();
    first.pool.answer({ kind: 'hostKey', promptId, isAccepted: true });
    await ready;
    await expect.poll(() => first.logCodes(), patience).toContain('host-key-saved');
    const second = await connection(await readFile(first.knownHostsPath, 'utf8'));
    await second.connect();
    expect(second.seen).not.toContain('awaitingHostKey');
  });

  it('is left alone when the user does not trust it', async () => {
    const lab = await connection('');
    const failed = lab.connectFails();
    const { promptId } = await lab.nextHostKeyPrompt();
    lab.pool.answer({ kind: 'hostKey', promptId, isAccepted: false });
    expect(await failed).toMatchObject({
      code: 'host-key-not-accepted',
      params: { host: sshd.host, port: sshd.port },
    });
    expect(await readFile(lab.knownHostsPath, 'utf8')).toBe('');
    expect(lab.logCodes()).not.toContain('auth-trying-key');
  });

  it('is not saved when it was accepted but nobody could log in', async () => {
    const stranger = await makeKeyPair(join(sshd.folder, 'stranger'));
    const lab = await makeLabConnection({
      route: { host: sshd.host, port: sshd.port, user: sshd.user },
      identity: { kind: 'keyFile', path: stranger.path },
    });
    open.push(lab);
    const failed = lab.connectFails();
    const { promptId } = await lab.nextHostKeyPrompt();
    lab.pool.answer({ kind: 'hostKey', promptId, isAccepted: true });
    expect((await failed).code).toBe('key-refused');
    await expect(readFile(lab.knownHostsPath)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('an answer for one key lets no other key pass', async () => {
    const other = await startSshd();
    const lab = await makeLabConnection({
      route: { host: other.host, port: other.port, user: other.user },
      identity: { kind: 'keyFile', path: other.clientKeyPath },
    });
    open.push(lab);
    lab.pool.connect(lab.machineId);
    const { promptId, fingerprint } = await lab.nextHostKeyPrompt();
    await other.restart({ newHostKey: true });
    lab.pool.answer({ kind: 'hostKey', promptId, isAccepted: true });
    await expect
      .poll(() => lab.seen, patience)
      .toEqual(['connecting', 'awaitingHostKey', 'connecting', 'awaitingHostKey']);
    const again = await lab.nextHostKeyPrompt();
    expect(again.fingerprint).not.toBe(fingerprint);
    expect(again.fingerprint).toBe(other.hostKeys[0]?.fingerprint);
    await other.stop();
  });
});

describe('a machine that is known', () => {
  it('is trusted by a hashed entry', async () => {
    const lab = await connection(knownAs(hostKeyOf('ssh-ed25519').publicKey));
    await runCommand('ssh-keygen', ['-q', '-H', '-f', lab.knownHostsPath]);
    await lab.connect();
    expect(lab.seen).toEqual(['connecting', 'authenticating', 'ready']);
    await expect.poll(() => sightings, patience).toEqual([hostKeyOf('ssh-ed25519').fingerprint]);
  });

  it.each(['ssh-rsa', 'ecdsa-sha2-nistp256', 'ssh-ed25519'])(
    'by its %s key alone is asked for that one',
    async (type) => {
      const lab = await connection(knownAs(hostKeyOf(type).publicKey));
      await lab.connect();
      expect(lab.log().find(({ code }) => code === 'host-key-trusted')?.params).toMatchObject({
        ...{ keyType: type, fingerprint: hostKeyOf(type).fingerprint, file: lab.knownHostsPath, line: 1 },
      });
    },
  );

  it('with another key than before is refused with both fingerprints, and nothing of the user’s is sent', async () => {
    const old = await makeKeyPair(join(sshd.folder, 'old_host_key'));
    const lab = await connection(`# a comment\n${knownAs(old.publicKey)}`);
    const error = await lab.connectFails();
    expect(error).toMatchObject({
      code: 'host-key-changed',
      params: {
        ...{ host: sshd.host, port: sshd.port, keyType: 'ssh-ed25519', file: lab.knownHostsPath, line: 2 },
        ...{ oldFingerprint: old.fingerprint, newFingerprint: hostKeyOf('ssh-ed25519').fingerprint },
      },
    });
    expect(lab.logCodes()).not.toContain('auth-trying-key');
    expect(lab.seen).toEqual(['connecting', 'failed']);
    expect(sightings).toEqual([]);
  });

  it('with another key than before has it replaced once the user has typed its end and the login worked', async () => {
    const old = await makeKeyPair(join(sshd.folder, 'replaced_host_key'));
    const foreign = `# a comment\nother ${old.publicKey} mine\r\n`;
    const lab = await connection(`${foreign}${knownAs(old.publicKey)}last ${old.publicKey}`);
    const { newFingerprint } = (await lab.connectFails()).params;
    const before = await readFile(lab.knownHostsPath, 'utf8');
    lab.pool.replaceHostKey(lab.machineId, String(newFingerprint).slice(-6));
    expect(await readFile(lab.knownHostsPath, 'utf8')).toBe(before);
    await lab.reached('ready');
    await expect.poll(() => lab.logCodes(), patience).toContain('host-key-saved');
    expect(await readFile(lab.knownHostsPath, 'utf8')).toBe(
      `${foreign}${knownAs(hostKeyOf('ssh-ed25519').publicKey)}last ${old.publicKey}`,
    );
    const again = await connection(await readFile(lab.knownHostsPath, 'utf8'));
    await again.connect();
    expect(again.seen).toEqual(['connecting', 'authenticating', 'ready']);
  });

  it('with a revoked key is refused', async () => {
    const { publicKey, fingerprint } = hostKeyOf('ssh-ed25519');
    const lab = await connection(`${knownAs(publicKey)}@revoked * ${publicKey}\n`);
    expect(await lab.connectFails()).toMatchObject({
      code: 'host-key-revoked',
      params: { fingerprint, line: 2 },
    });
  });

  it('by a certificate authority only is asked about like a new one', async () => {
    const lab = await connection(`@cert-authority * ${hostKeyOf('ssh-ed25519').publicKey}\n`);
    lab.pool.connect(lab.machineId);
    expect((await lab.nextHostKeyPrompt()).fingerprint).toBe(hostKeyOf('ssh-ed25519').fingerprint);
  });
});
