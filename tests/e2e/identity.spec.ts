import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { type AppProfile, killLeftApps, type LabApp, launchApp, makeAppProfile } from '../support/lab/app';
import { type AskingServer, startAskingServer } from '../support/lab/asking-server';
import { createMachine } from '../support/lab/machine-form';
import { startSshAgent } from '../support/lab/ssh-agent';
import { makeKeyPair } from '../support/lab/ssh-keys';
import { type LabSshd, type SshdOptions, startSshd } from '../support/lab/sshd';
import { filled, textsOf } from '../support/lab/texts';

const texts = textsOf('en');
let profile: AppProfile;
let app: LabApp;
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

async function trustedServer(options: SshdOptions): Promise<LabSshd> {
  const sshd = await startSshd(options);
  cleanUps.push(sshd.stop);
  await writeFile(join(profile.home, '.ssh', 'known_hosts'), await readFile(sshd.knownHostsPath));
  return sshd;
}

const press = (name: string): Promise<void> => app.page.getByRole('button', { name, exact: true }).click();
const status = (): Locator => app.page.getByRole('main').getByRole('status').first();

test('of an agent with many keys the picked one signs in, where all together would be too many', async () => {
  const sshd = await trustedServer({ config: ['MaxAuthTries 2'] });
  const agent = await startSshAgent();
  cleanUps.push(agent.stop);
  for (const name of ['one', 'two', 'three']) {
    await agent.add((await makeKeyPair(join(profile.home, name))).path);
  }
  await agent.add(sshd.clientKeyPath);
  app = await launchApp({ profile, env: { SSH_AUTH_SOCK: agent.socketPath } });
  const { host, port, user } = sshd;
  await createMachine(app.page, { name: 'Lab', host, port, user, identity: 'agent' });
  await press('Connect');
  await expect(app.page.getByRole('alert')).toContainText(
    filled(texts.errors['key-refused'].what, { host, user }),
  );

  await press('Edit');
  const editor = app.page.getByRole('dialog');
  await expect(editor.getByText(`4 keys in the agent at ${agent.socketPath}.`)).toBeVisible();
  await editor.getByRole('button', { name: texts.app.editor.allAgentKeys }).click();
  await app.page.getByRole('option').last().click();
  await editor.getByRole('button', { name: 'Save' }).click();
  await press('Connect');
  await expect(status()).toContainText('Connected');
  await expect(app.page.getByText('SSH agent (one key)')).toBeVisible();
});

test('a server that knows only weak encryption is reached once its user has allowed that', async () => {
  const sshd = await trustedServer({ config: ['KexAlgorithms diffie-hellman-group14-sha1'] });
  app = await launchApp({ profile });
  const { host, port, user, clientKeyPath: keyFile } = sshd;
  await createMachine(app.page, { name: 'Lab', host, port, user, identity: { keyFile } });
  await press('Connect');
  const card = app.page.getByRole('alert');
  await expect(card).toContainText(`${host} knows only weak encryption`);
  await card.getByRole('button', { name: 'Allow…' }).click();
  const question = app.page.getByRole('alertdialog', { name: 'Allow weak encryption for Lab?' });
  await expect(question).toContainText('diffie-hellman-group14-sha1');
  await question.getByRole('button', { name: 'Allow and connect' }).click();
  await expect(status()).toContainText('Connected');
  await expect(app.page.getByText(texts.app.editor.allowsOldAlgorithms)).toBeVisible();
});

async function machineOf(server: AskingServer): Promise<void> {
  cleanUps.push(server.stop);
  await writeFile(join(profile.home, '.ssh', 'known_hosts'), server.knownHosts);
  app = await launchApp({ profile });
  const { host, port, user } = server;
  await createMachine(app.page, { name: 'Lab', host, port, user, identity: 'password' });
  await press('Connect');
}

test('a server that asks in two rounds gets both answers, each question with a field of its own', async () => {
  const pet = { title: '', instructions: '', prompts: [['Your pet? ', true]], answers: ['Rex'] } as const;
  const factors = [
    ['Password: ', false],
    ['Code: ', true],
  ] as const;
  const rounds = [
    { title: 'Two factors', instructions: 'Both', prompts: factors, answers: ['sesame', '42'] },
    pet,
  ];
  await machineOf(await startAskingServer({ rounds }));
  const question = app.page.getByRole('dialog', { name: 'Lab asks you' });
  await expect(question).toContainText('Two factors');
  await question.getByLabel('Password').fill('sesame');
  await question.getByLabel('Code').fill('42');
  await question.getByRole('button', { name: 'Continue' }).click();
  await expect(question.getByRole('textbox')).toHaveCount(1);
  await expect(question.getByLabel('Your pet?')).toHaveValue('');
  await question.getByLabel('Your pet?').fill('Rex');
  await question.getByRole('button', { name: 'Continue' }).click();
  await expect(status()).toContainText('Connected');
});

test('an expired password is changed before the machine opens', async () => {
  await machineOf(await startAskingServer({ password: 'old one', newPassword: 'new one' }));
  const question = app.page.getByRole('dialog');
  await question.getByRole('textbox').fill('old one');
  await question.getByRole('button', { name: 'Continue' }).click();
  await expect(question).toContainText('Your password has expired.');
  await question.getByLabel('New password', { exact: true }).fill('new one');
  await question.getByLabel('New password again').fill('new won');
  await expect(question.getByRole('button', { name: 'Change password' })).toBeDisabled();
  await question.getByLabel('New password again').fill('new one');
  await question.getByRole('button', { name: 'Change password' }).click();
  await expect(status()).toContainText('Connected');
});
