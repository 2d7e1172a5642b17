import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { type AppProfile, killLeftApps, type LabApp, launchApp, makeAppProfile } from '../support/lab/app';
import { createMachine, type MachineForm } from '../support/lab/machine-form';
import { startSshAgent } from '../support/lab/ssh-agent';
import { makeKeyPair } from '../support/lab/ssh-keys';
import { type LabSshd, type SshdOptions, startSshd } from '../support/lab/sshd';
import { filled, textsOf } from '../support/lab/texts';

const texts = textsOf('en');
const isRoot = userInfo().uid === 0;

let profile: AppProfile;
let app: LabApp;
let sshd: LabSshd;
let cleanUps: (() => Promise<unknown>)[] = [];

test.beforeEach(async () => {
  profile = await makeAppProfile();
});

test.afterEach(async () => {
  await killLeftApps();
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  cleanUps = [];
  await profile.remove();
});

type Identity = Required<MachineForm>['identity'];

/** A server, and the app with a machine for it in front. */
async function open(
  identity: (server: LabSshd) => Identity | Promise<Identity>,
  options: { sshd?: SshdOptions; isTrusted?: boolean; env?: Record<string, string> } = {},
): Promise<void> {
  sshd = await startSshd(options.sshd);
  cleanUps.push(sshd.stop);
  if (options.isTrusted ?? true) await writeFile(knownHosts(), await readFile(sshd.knownHostsPath));
  app = await launchApp({ profile, ...(options.env && { env: options.env }) });
  const { host, port, user } = sshd;
  await createMachine(app.page, { name: 'Lab', host, port, user, identity: await identity(sshd) });
}

const knownHosts = (): string => join(profile.home, '.ssh', 'known_hosts');
const press = (name: string): Promise<void> => app.page.getByRole('button', { name, exact: true }).click();
const status = (): Locator => app.page.getByRole('main').getByRole('status').first();
const alert = (): Locator => app.page.getByRole('alert');
const withKey = (server: LabSshd) => ({ keyFile: server.clientKeyPath });

test('an unknown host key is asked about, and trusted from then on', async () => {
  await open(withKey, { isTrusted: false });
  await press('Connect');
  const question = app.page.getByRole('alertdialog', { name: 'Is this really Lab?' });
  await expect(question).toContainText(sshd.hostKeys[0]?.fingerprint ?? 'none');
  await question.getByRole('button', { name: 'Trust and connect' }).click();
  await expect(status()).toContainText('Connected');
  await expect
    .poll(() => readFile(knownHosts(), 'utf8').catch(() => ''))
    .toContain(sshd.hostKeys[0]?.publicKey);

  await press('Disconnect');
  await expect(status()).toContainText('Not connected');
  await press('Connect');
  await expect(status()).toContainText('Connected');
});

test('a host key that is not trusted is not remembered, and no secret was sent', async () => {
  await open(withKey, { isTrusted: false });
  await press('Connect');
  await app.page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(alert()).toContainText(
    filled(texts.errors['host-key-not-accepted'].what, { host: sshd.host }),
  );
  await expect(readFile(knownHosts(), 'utf8')).rejects.toThrow('ENOENT');
  expect(sshd.log()).not.toContain('Accepted');
});

test('a changed host key is refused, with the old and the new one shown', async () => {
  await open(withKey);
  const old = sshd.hostKeys[0]?.fingerprint ?? '';
  await sshd.restart({ newHostKey: true });
  await press('Connect');
  await expect(alert()).toContainText(filled(texts.errors['host-key-changed'].what, { host: sshd.host }));
  await expect(alert()).toContainText(old);
  await expect(alert()).toContainText(sshd.hostKeys[0]?.fingerprint ?? 'none');
  await expect(app.page.getByRole('alertdialog')).toHaveCount(0);
});

test('a changed host key is replaced by who types its end, and can be forgotten on the page of trusted hosts', async () => {
  await open(withKey);
  await sshd.restart({ newHostKey: true });
  const fingerprint = sshd.hostKeys[0]?.fingerprint ?? 'none';
  await press('Connect');
  await alert().getByRole('button', { name: texts.app.error.action['replace-host-key'] }).click();
  const question = app.page.getByRole('alertdialog');
  await expect(question).toContainText(fingerprint);
  const replace = question.getByRole('button', { name: texts.app.hostKeyReplacement.replace });
  await question.getByRole('textbox').fill('abcdef');
  await expect(replace).toBeDisabled();
  await question.getByRole('textbox').fill(fingerprint.slice(-6));
  await replace.click();
  await expect(status()).toContainText('Connected');
  await expect
    .poll(() => readFile(knownHosts(), 'utf8').catch(() => ''))
    .toContain(sshd.hostKeys[0]?.publicKey);

  await app.page.getByRole('complementary').getByRole('button', { name: texts.app.trust.title }).click();
  const host = app.page.getByRole('listitem').filter({ hasText: `[${sshd.host}]:${sshd.port}` });
  await expect(host).toContainText(fingerprint);
  await expect(host).toContainText('used by Lab');
  await expect(host).toContainText('first seen by Nuvem on');
  await host.getByRole('button').click();
  await question.getByRole('button', { name: texts.app.trust.forget }).click();
  await expect(host).toHaveCount(0);
  expect(await readFile(knownHosts(), 'utf8')).not.toContain(`[${sshd.host}]`);
});

test('a passphrase is asked for, asked again when wrong, and not asked again in this run if remembered', async () => {
  const path = join(profile.home, '.ssh', 'id_locked');
  const key = await makeKeyPair(path, { passphrase: 'open sesame' });
  await open(() => ({ keyFile: '~/.ssh/id_locked' }), { sshd: { authorizedKeys: [key.publicKey] } });
  await press('Connect');
  const question = app.page.getByRole('dialog', { name: 'Passphrase for Lab' });
  await question.getByLabel('Passphrase').fill('wrong');
  await question.getByRole('button', { name: 'Continue' }).click();
  await expect(question).toContainText(texts.app.prompt.passphrase.wrong);
  await question.getByLabel('Passphrase').fill('open sesame');
  await question.getByText(texts.app.prompt.rememberForThisRun).click();
  await question.getByRole('button', { name: 'Continue' }).click();
  await expect(status()).toContainText('Connected');

  await press('Disconnect');
  await expect(status()).toContainText('Not connected');
  await press('Connect');
  await expect(status()).toContainText('Connected');
  await expect(app.page.getByRole('dialog')).toHaveCount(0);
});

test('a passphrase question that is cancelled ends the attempt without a failure shown', async () => {
  const path = join(profile.home, '.ssh', 'id_locked');
  await makeKeyPair(path, { passphrase: 'open sesame' });
  await open(() => ({ keyFile: path }));
  await press('Connect');
  await app.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(status()).toContainText('Not connected');
  await expect(alert()).toHaveCount(0);
});

test('a key of the agent signs in', async () => {
  const agent = await startSshAgent();
  cleanUps.push(agent.stop);
  const addKey = async (server: LabSshd): Promise<'agent'> => {
    await agent.add(server.clientKeyPath);
    return 'agent';
  };
  await open(addKey, { env: { SSH_AUTH_SOCK: agent.socketPath } });
  await press('Connect');
  await expect(status()).toContainText('Connected');
});

for (const kind of ['password', 'keyboardInteractive'] as const) {
  test(`a password signs in, and is nowhere on disk or in the log (${kind})`, async () => {
    test.skip(!isRoot, 'needs root to make a throw-away account with a password');
    await open(() => 'password', { sshd: { passwordAccount: kind } });
    await press('Connect');
    const question = app.page.getByRole('dialog');
    await question.getByRole('textbox').fill(sshd.password);
    await question.getByRole('button', { name: 'Continue' }).click();
    await expect(status()).toContainText('Connected');

    await app.page.getByRole('button', { name: 'Connection log' }).click();
    await expect(app.page.getByRole('main')).toContainText(sshd.user);
    await expect(app.page.getByRole('main')).not.toContainText(sshd.password);
    await app.quit();
    expect(() => execFileSync('grep', ['-rF', sshd.password, profile.userData, profile.home])).toThrow();
  });
}

test('a wrong password is asked for again, and can be given up', async () => {
  test.skip(!isRoot, 'needs root to make a throw-away account with a password');
  await open(() => 'password', { sshd: { passwordAccount: 'password' } });
  await press('Connect');
  const question = app.page.getByRole('dialog');
  await question.getByRole('textbox').fill('wrong');
  await question.getByRole('button', { name: 'Continue' }).click();
  await expect(question).toContainText(texts.app.prompt.password.wrong);
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(status()).not.toContainText('Connect');
});

test.describe('what fails is said in one sentence, with what to do and a button', () => {
  const card = async (
    code: keyof typeof texts.errors,
    params: Record<string, string | number>,
    button: string,
  ) => {
    await expect(alert()).toContainText(filled(texts.errors[code].what, params), { timeout: 30_000 });
    await expect(alert()).toContainText(filled(texts.errors[code].todo, params));
    await expect(alert().getByRole('button', { name: button })).toBeVisible();
    await expect(status()).toContainText('Failed');
  };
  const openMachine = async (form: Partial<MachineForm>): Promise<void> => {
    await makeKeyPair(join(profile.home, '.ssh', 'id'));
    app = await launchApp({ profile });
    await createMachine(app.page, {
      ...{ name: 'Lab', host: '127.0.0.1', user: 'ana', identity: { keyFile: '~/.ssh/id' } },
      ...form,
    });
    await press('Connect');
  };

  test('an unknown host', async () => {
    await openMachine({ host: 'no-such-host.invalid' });
    await card('host-not-found', { host: 'no-such-host.invalid' }, 'Change machine…');
  });

  test('a port that refuses', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    const { port } = server.address() as { port: number };
    server.close();
    await openMachine({ port });
    await card('connection-refused', { host: '127.0.0.1', port }, 'Change machine…');
    await alert().getByRole('button', { name: 'Change machine…' }).click();
    await expect(app.page.getByRole('dialog', { name: 'Edit Lab' })).toBeVisible();
  });

  test('something that is not an SSH server', async () => {
    const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    cleanUps.push(async () => server.close());
    const { port } = server.address() as { port: number };
    await openMachine({ port });
    await card('not-an-ssh-server', { host: '127.0.0.1', port }, 'Change machine…');
  });

  test('a key file that is not there', async () => {
    await open(() => ({ keyFile: '~/.ssh/missing' }));
    await press('Connect');
    await card('key-file-not-found', { path: '~/.ssh/missing' }, 'Change machine…');
  });

  test('a key file that is no key', async () => {
    const path = join(profile.home, '.ssh', 'not-a-key');
    await writeFile(path, 'hello\n');
    await open(() => ({ keyFile: path }));
    await press('Connect');
    await card('key-file-unsupported', { path }, 'Change machine…');
  });

  test('a key that the machine does not know', async () => {
    const { path } = await makeKeyPair(join(profile.home, '.ssh', 'stranger'));
    await open(() => ({ keyFile: path }));
    await press('Connect');
    await card('key-refused', { host: sshd.host, user: sshd.user }, 'Change machine…');
  });

  test('no agent', async () => {
    await open(() => 'agent');
    await press('Connect');
    await card('agent-unavailable', {}, 'Change machine…');
  });
});

test('the connection log tells the story in words, without secrets', async () => {
  await open(withKey);
  await press('Connect');
  await expect(status()).toContainText('Connected');
  await app.page.getByRole('button', { name: 'Connection log' }).click();
  const main = app.page.getByRole('main');
  await expect(main).toContainText('OpenSSH');
  await expect(main).toContainText('ssh-ed25519');
  await expect(main).toContainText(sshd.clientKeyPath);
});
