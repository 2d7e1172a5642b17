import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SecretCipher } from '../../../electron/vault/secret-cipher';
import { type Identity, usualAgent } from '../../../shared/model/machine';
import {
  type LabConnection,
  type LabConnectionOptions,
  makeLabConnection,
} from '../../support/lab/lab-connection';
import { type LabAgent, startSshAgent } from '../../support/lab/ssh-agent';
import { makeKeyPair, type SshKeyPair } from '../../support/lab/ssh-keys';
import { type LabSshd, startSshd } from '../../support/lab/sshd';

/** Nothing here takes long, but the computer may be busy with other tests. */
const patience = { timeout: 20_000 };

/** A keyring for tests: the vault around it is the real one. */
const keyring: SecretCipher = {
  isAvailable: () => true,
  encrypt: (secret) => Buffer.from(secret).reverse(),
  decrypt: (ciphertext) => Buffer.from(ciphertext).reverse().toString(),
};

const isRoot = process.getuid?.() === 0;
const needsRoot = isRoot ? '' : ' (skipped: making a system account needs root)';

let sshd: LabSshd;
let open: LabConnection[] = [];
beforeAll(async () => {
  sshd = await startSshd();
});
afterAll(() => sshd.stop());
afterEach(async () => {
  await Promise.all(open.map((connection) => connection.close()));
  open = [];
});

async function connection(
  identity: Identity,
  options: Partial<LabConnectionOptions> = {},
  server = sshd,
): Promise<LabConnection> {
  const route = { host: server.host, port: server.port, user: server.user };
  const made = await makeLabConnection({
    route,
    identity,
    knownHostsPath: server.knownHostsPath,
    ...options,
  });
  open.push(made);
  return made;
}
const keyFile = (path: string): Identity => ({ kind: 'keyFile', path });

describe('a key file', () => {
  let keyCount = 0;
  async function authorizedKey(options: Parameters<typeof makeKeyPair>[1]): Promise<SshKeyPair> {
    keyCount += 1;
    const key = await makeKeyPair(join(sshd.folder, `user_key_${keyCount}`), options);
    await sshd.authorize([key.publicKey]);
    return key;
  }

  it.each([
    ['OpenSSH ed25519', { type: 'ed25519' }],
    ['OpenSSH ECDSA', { type: 'ecdsa' }],
    ['OpenSSH RSA', { type: 'rsa' }],
    ['PEM RSA, as Amazon hands it out', { type: 'rsa', format: 'PEM' }],
    ['PEM ECDSA', { type: 'ecdsa', format: 'PEM' }],
    ['PKCS#8 RSA', { type: 'rsa', format: 'PKCS8' }],
    ['PKCS#8 ECDSA', { type: 'ecdsa', format: 'PKCS8' }],
  ] as const)('%s opens the machine, with and without a passphrase', async (_name, options) => {
    const plain = await authorizedKey(options);
    const withoutAsking = await connection(keyFile(plain.path));
    expect((await (await withoutAsking.connect()).exec('echo in')).stdout).toBe('in\n');
    expect(withoutAsking.log().find(({ code }) => code === 'key-loaded')?.params).toMatchObject({
      fingerprint: plain.fingerprint,
    });

    const encrypted = await authorizedKey({ ...options, passphrase: 'correct horse' });
    const asking = await connection(keyFile(encrypted.path));
    const ready = asking.connect();
    expect(await asking.giveSecret('correct horse')).toMatchObject({
      kind: 'passphrase',
      keyPath: encrypted.path,
      wasWrong: false,
    });
    expect((await (await ready).exec('echo in')).stdout).toBe('in\n');
  });

  it('asks again for a wrong passphrase without bothering the server', async () => {
    const key = await authorizedKey({ passphrase: 'correct horse' });
    const lab = await connection(keyFile(key.path));
    const ready = lab.connect();
    expect(await lab.giveSecret('battery')).toMatchObject({ wasWrong: false });
    expect(await lab.giveSecret('staple')).toMatchObject({ wasWrong: true });
    expect(await lab.giveSecret('')).toMatchObject({ wasWrong: true });
    expect(lab.logCodes()).not.toContain('tcp-connected');
    await lab.giveSecret('correct horse');
    await ready;
    expect(JSON.stringify(lab.log())).not.toMatch(/battery|staple|correct horse/);
  });

  it('remembers a passphrase when told so, and uses it without asking', async () => {
    const key = await authorizedKey({ passphrase: 'correct horse' });
    const lab = await connection(keyFile(key.path), { cipher: keyring });
    const ready = lab.connect();
    expect(await lab.giveSecret('correct horse', true)).toMatchObject({ canRemember: true });
    await ready;
    await expect.poll(() => lab.logCodes(), patience).toContain('secret-remembered');
    lab.pool.disconnect(lab.machineId);
    await lab.reached('closed');
    await lab.connect();
    expect(lab.logCodes()).toContain('secret-from-vault');
    expect(lab.logCodes().filter((code) => code === 'prompt-asked')).toHaveLength(1);
  });

  it('`~/` is the home folder', async () => {
    const key = await authorizedKey({});
    const home = join(sshd.folder, 'home');
    await mkdir(join(home, '.ssh'), { recursive: true });
    await copyFile(key.path, join(home, '.ssh', 'id_lab'));
    const lab = await connection(keyFile('~/.ssh/id_lab'), { homeFolder: home });
    expect((await (await lab.connect()).exec('echo in')).stdout).toBe('in\n');
  });

  it('that the machine does not know is refused in one try, and not retried', async () => {
    const stranger = await makeKeyPair(join(sshd.folder, 'stranger'));
    const lab = await connection(keyFile(stranger.path));
    expect(await lab.connectFails()).toMatchObject({
      code: 'key-refused',
      params: { host: sshd.host, port: sshd.port, user: sshd.user },
    });
    expect(lab.logCodes().filter((code) => code === 'auth-trying-key')).toHaveLength(1);
    expect(lab.log().find(({ code }) => code === 'auth-methods-offered')?.params).toEqual({
      methods: 'publickey',
    });
  });

  it('that is not there, is a folder or cannot be read is named', async () => {
    const missing = await connection(keyFile('/nowhere/id_ed25519'));
    expect(await missing.connectFails()).toMatchObject({
      code: 'key-file-not-found',
      params: { path: '/nowhere/id_ed25519' },
    });
    const folder = await connection(keyFile(sshd.folder));
    expect(await folder.connectFails()).toMatchObject({
      code: 'key-file-unreadable',
      params: { path: sshd.folder, reason: 'EISDIR' },
    });
    expect([...missing.logCodes(), ...folder.logCodes()]).not.toContain('tcp-connected');
  });

  it('that is no private key is named', async () => {
    const key = await makeKeyPair(join(sshd.folder, 'pair'));
    const text = join(sshd.folder, 'notes.txt');
    await writeFile(text, 'shopping list\n');
    for (const path of [key.publicKeyPath, text]) {
      const lab = await connection(keyFile(path));
      expect(await lab.connectFails()).toMatchObject({ code: 'key-file-unsupported', params: { path } });
    }
  });
});

describe('an SSH agent', () => {
  let agent: LabAgent;
  let user: SshKeyPair;
  beforeAll(async () => {
    agent = await startSshAgent();
    user = await makeKeyPair(join(sshd.folder, 'agent_user'));
  });
  afterAll(() => agent.stop());

  it('without keys is named', async () => {
    const lab = await connection(usualAgent, { agentSocketPath: agent.socketPath });
    expect((await lab.connectFails()).code).toBe('agent-has-no-keys');
  });

  it('that is not there is named', async () => {
    const none = await connection(usualAgent);
    expect((await none.connectFails()).code).toBe('agent-unavailable');
    const gone = await connection(usualAgent, { agentSocketPath: '/nowhere/agent.sock' });
    expect((await gone.connectFails()).code).toBe('agent-unavailable');
  });

  it('whose keys the machine does not know is refused; each key is in the log', async () => {
    const strangers = [
      await makeKeyPair(join(sshd.folder, 's1')),
      await makeKeyPair(join(sshd.folder, 's2'), { type: 'rsa' }),
    ];
    for (const { path } of strangers) await agent.add(path);
    await sshd.authorize([user.publicKey]);
    const lab = await connection(usualAgent, { agentSocketPath: agent.socketPath });
    expect((await lab.connectFails()).code).toBe('key-refused');
    const tried = lab.log().filter(({ code }) => code === 'auth-trying-key');
    expect(tried.map(({ params }) => params.fingerprint)).toEqual(
      strangers.map(({ fingerprint }) => fingerprint),
    );
  });

  it('opens the machine with the key that fits, tried after others', async () => {
    await agent.add(user.path);
    await sshd.authorize([user.publicKey]);
    const lab = await connection(usualAgent, { agentSocketPath: agent.socketPath });
    expect((await (await lab.connect()).exec('echo in')).stdout).toBe('in\n');
    expect(lab.logCodes()).toContain('auth-refused');
  });

  it.runIf(isRoot)(`opens a machine that wants a second factor after the key${needsRoot}`, async () => {
    await agent.add(user.path);
    const twoFactors = await startSshd({
      passwordAccount: 'keyboardInteractive',
      authorizedKeys: [user.publicKey],
      config: ['AuthenticationMethods publickey,keyboard-interactive'],
    });
    const lab = await connection(usualAgent, { agentSocketPath: agent.socketPath }, twoFactors);
    const ready = lab.connect();
    const { promptId } = await lab.nextSecretPrompt();
    lab.pool.answer({ kind: 'keyboardInteractive', promptId, answers: [twoFactors.password] });
    expect((await (await ready).exec('echo in')).stdout).toBe('in\n');
    await lab.close();
    await twoFactors.stop();
  });

  it('that dies is asked anew when the connection comes back', async () => {
    const second = await startSshAgent();
    await second.add(user.path);
    await sshd.authorize([user.publicKey]);
    const lab = await connection(usualAgent, { agentSocketPath: second.socketPath });
    await lab.connect();
    await second.stop();
    await sshd.killSessions();
    expect((await lab.reached('failed')).error.code).toBe('agent-unavailable');
  });
});

describe.runIf(isRoot)(`a password${needsRoot}`, () => {
  let server: LabSshd;
  beforeAll(async () => {
    server = await startSshd({ passwordAccount: 'password' });
  });
  afterAll(() => server.stop());

  it('is asked for after the host key was verified, and opens the machine', async () => {
    const lab = await connection({ kind: 'password' }, {}, server);
    const ready = lab.connect();
    const prompt = await lab.giveSecret(server.password);
    expect(prompt).toMatchObject({
      kind: 'password',
      user: server.user,
      host: server.host,
      wasWrong: false,
      canRemember: false,
    });
    expect((await (await ready).exec('id -un')).stdout).toBe(`${server.user}\n`);
    const codes = lab.logCodes();
    expect(codes.indexOf('prompt-asked')).toBeGreaterThan(codes.indexOf('host-key-trusted'));
    expect(JSON.stringify(lab.log())).not.toContain(server.password);
  });

  it('that is wrong is asked for again; the server sees one try per answer', async () => {
    const lab = await connection({ kind: 'password' }, {}, server);
    const ready = lab.connect();
    await lab.giveSecret('wrong-one');
    expect(await lab.giveSecret(server.password)).toMatchObject({ wasWrong: true });
    await ready;
    const tries = lab
      .log()
      .filter(({ code, params }) => code === 'auth-trying' && params.method === 'password');
    expect(tries).toHaveLength(2);
    expect(JSON.stringify(lab.log())).not.toContain('wrong-one');
  });

  it('wrong three times is refused', async () => {
    const lab = await connection({ kind: 'password' }, {}, server);
    const failed = lab.connectFails();
    for (const wrong of ['one', 'two', 'three']) await lab.giveSecret(wrong);
    expect(await failed).toMatchObject({
      code: 'password-refused',
      params: { host: server.host, user: server.user },
    });
  });

  it('not given closes without a word', async () => {
    const lab = await connection({ kind: 'password' }, {}, server);
    const ready = lab.connect();
    const { promptId } = await lab.nextSecretPrompt();
    lab.pool.answer({ kind: 'cancel', promptId });
    await expect(ready).rejects.toMatchObject({ code: 'cancelled' });
    expect(lab.state()).toEqual({ kind: 'closed' });
  });

  it('is used again for a reconnect, from memory', async () => {
    const lab = await connection({ kind: 'password' }, {}, server);
    const ready = lab.connect();
    await lab.giveSecret(server.password);
    await ready;
    await server.killSessions();
    await lab.reached('waitingToRetry');
    await lab.reached('ready');
    expect(lab.logCodes().filter((code) => code === 'prompt-asked')).toHaveLength(1);
  });

  it('given after the server lost patience still opens the machine', async () => {
    const impatient = await startSshd({ passwordAccount: 'password', config: ['LoginGraceTime 1'] });
    const lab = await connection({ kind: 'password' }, {}, impatient);
    const ready = lab.connect();
    await lab.nextSecretPrompt();
    await expect.poll(() => lab.logCodes(), patience).toContain('lost');
    expect(lab.state()).toMatchObject({ kind: 'authenticating', prompt: { kind: 'password' } });
    await lab.giveSecret(impatient.password);
    expect((await (await ready).exec('echo in')).stdout).toBe('in\n');
    await lab.close();
    await impatient.stop();
  });

  it('asked for by questions (keyboard-interactive) is taken from the same prompt', async () => {
    const questioning = await startSshd({ passwordAccount: 'keyboardInteractive' });
    const lab = await connection({ kind: 'password' }, {}, questioning);
    const ready = lab.connect();
    await lab.giveSecret(questioning.password);
    expect((await (await ready).exec('echo in')).stdout).toBe('in\n');
    expect(lab.log().find(({ code }) => code === 'auth-succeeded')?.params).toEqual({
      method: 'keyboard-interactive',
    });
    await lab.close();
    await questioning.stop();
  });

  it('as a second factor after the key is asked as the server words it', async () => {
    const twoFactors = await startSshd({
      passwordAccount: 'keyboardInteractive',
      config: ['AuthenticationMethods publickey,keyboard-interactive'],
    });
    const lab = await connection(keyFile(twoFactors.clientKeyPath), {}, twoFactors);
    const ready = lab.connect();
    const prompt = await lab.nextSecretPrompt();
    expect(prompt).toMatchObject({
      kind: 'keyboardInteractive',
      questions: [{ text: 'Password: ', isEchoed: false }],
    });
    lab.pool.answer({
      kind: 'keyboardInteractive',
      promptId: prompt.promptId,
      answers: [twoFactors.password],
    });
    expect((await (await ready).exec('echo in')).stdout).toBe('in\n');
    expect(lab.logCodes()).toContain('auth-partial');
    await lab.close();
    await twoFactors.stop();
  });
});

describe('a password where the machine takes keys only', () => {
  it('is not even asked for', async () => {
    const lab = await connection({ kind: 'password' });
    expect(await lab.connectFails()).toMatchObject({
      code: 'no-authentication-method',
      params: { methods: 'publickey' },
    });
    expect(lab.logCodes()).not.toContain('prompt-asked');
  });
});
