import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import {
  type AppProfile,
  answerOpenDialog,
  killLeftApps,
  type LabApp,
  launchApp,
  makeAppProfile,
} from '../support/lab/app';
import { createMachine, fillMachineForm } from '../support/lab/machine-form';
import { makeKeyPair, type SshKeyPair } from '../support/lab/ssh-keys';
import { type LabSshd, startSshd } from '../support/lab/sshd';
import { filled, textsOf } from '../support/lab/texts';

const texts = textsOf('en').app;

let profile: AppProfile;
let app: LabApp;
let sshd: LabSshd;
let key: SshKeyPair;
let access: Locator;

test.beforeEach(async () => {
  profile = await makeAppProfile();
  key = await makeKeyPair(join(profile.home, '.ssh', 'id_ed25519'));
  sshd = await startSshd({
    passwordAccount: 'password',
    config: ['StrictModes yes', 'AuthorizedKeysFile .ssh/authorized_keys'],
  });
  app = await launchApp({ profile });
  const { host, port, user } = sshd;
  await createMachine(app.page, { name: 'Lab', host, port, user, identity: 'password' });
  access = app.page.getByRole('region', { name: texts.access.title });
});

test.afterEach(async () => {
  await killLeftApps();
  await sshd.stop();
  await profile.remove();
});

const remoteKeys = () => readFile(join(sshd.folder, 'home', '.ssh', 'authorized_keys'), 'utf8');

/** The first use connects, and asks what only the user can answer. */
async function answerQuestions(): Promise<void> {
  await app.page.getByRole('button', { name: texts.prompt.hostKey.accept }).click();
  await app.page.getByRole('textbox', { name: texts.prompt.password.label, exact: true }).fill(sshd.password);
  await app.page.getByRole('button', { name: texts.prompt.continue }).click();
}

test('a key is installed over a first login by password, proven, and signs in from then on', async () => {
  await access.getByRole('button', { name: texts.access.install }).click();
  const dialog = app.page.getByRole('dialog');
  await dialog.getByRole('button', { name: texts.access.installNow }).click();
  await answerQuestions();
  await expect(dialog.getByRole('status')).toHaveText(filled(texts.access.proven, { machine: 'Lab' }));
  expect(await remoteKeys()).toBe(`${key.publicKey} nuvem-lab\n`);
  await dialog.getByRole('button', { name: texts.access.useKey }).click();
  await expect(dialog).toHaveCount(0);
  await expect(app.page.getByText('~/.ssh/id_ed25519')).toBeVisible();

  await app.page.getByRole('button', { name: texts.connection.disconnect }).click();
  await app.page.getByRole('button', { name: texts.connection.connect, exact: true }).click();
  await expect(app.page.getByRole('main').getByRole('status').first()).toContainText('Connected');
});

test('a colleague is let in and out; the own key goes only after a second question', async () => {
  await access.getByRole('button', { name: texts.access.show }).click();
  await answerQuestions();
  await expect(access).toContainText(texts.access.nobody);
  const colleague = await makeKeyPair(join(profile.home, 'rita'));

  await access.getByRole('button', { name: texts.access.add }).click();
  const dialog = app.page.getByRole('dialog');
  const text = dialog.getByRole('textbox', { name: texts.access.publicKey });
  await text.fill(await readFile(colleague.path, 'utf8'));
  await expect(dialog.getByRole('alert')).toContainText('private key');
  await expect(text).toHaveValue('');
  await answerOpenDialog(app, colleague.publicKeyPath);
  await dialog.getByRole('button', { name: texts.access.fromFile }).click();
  await expect(dialog.getByRole('list')).toContainText(colleague.fingerprint);
  await dialog.getByRole('textbox', { name: texts.access.name }).fill('Rita');
  await dialog.getByRole('button', { name: texts.access.letIn }).click();
  const row = access.getByRole('listitem').filter({ hasText: 'Rita' });
  await expect(row).toContainText(colleague.fingerprint);
  expect(await remoteKeys()).toBe(`${colleague.publicKey} Rita\n`);

  await row.getByRole('button').click();
  await app.page.getByRole('alertdialog').getByRole('button', { name: texts.access.remove }).click();
  await expect(access).toContainText(texts.access.nobody);
  expect(await remoteKeys()).toBe('');

  await access.getByRole('button', { name: texts.access.install }).click();
  await dialog.getByRole('button', { name: texts.access.installNow }).click();
  await dialog.getByRole('button', { name: texts.access.useKey }).click();
  const own = access.getByRole('listitem').filter({ hasText: key.fingerprint });
  await expect(own).toContainText(texts.access.inUse);
  await own.getByRole('button').click();
  const question = app.page.getByRole('alertdialog');
  await question.getByRole('button', { name: texts.access.remove }).click();
  await expect(question).toContainText(texts.access.lockOutTitle);
  expect(await remoteKeys()).toBe(`${key.publicKey} nuvem-lab\n`);
  await question.getByRole('button', { name: texts.access.removeAnyway }).click();
  await expect(access).toContainText(texts.access.nobody);
  expect(await remoteKeys()).toBe('');
});

test('a key is installed from the list of keys, on a machine that is to be signed in to by it', async () => {
  const { page } = app;
  await page.getByRole('button', { name: texts.machine.edit, exact: true }).click();
  await fillMachineForm(page, { identity: { keyFile: '~/.ssh/id_ed25519' } });
  await page.getByRole('dialog').getByRole('button', { name: texts.common.save, exact: true }).click();
  await page.getByRole('button', { name: texts.keys.title }).click();
  await page.getByRole('button', { name: filled(texts.keys.installNamed, { name: 'id_ed25519' }) }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('searchbox').fill('lab');
  await dialog.getByRole('button', { name: filled(texts.access.installTitle, { machine: 'Lab' }) }).click();
  await expect(dialog).toContainText(key.fingerprint);
  await dialog.getByRole('button', { name: texts.access.installNow, exact: true }).click();
  // A host key is only remembered after a login, and the one by key fails.
  await page.getByRole('button', { name: texts.prompt.hostKey.accept }).click();
  await answerQuestions();
  await expect(dialog.getByRole('status')).toHaveText(filled(texts.access.proven, { machine: 'Lab' }));
  expect(await remoteKeys()).toBe(`${key.publicKey} nuvem-lab\n`);
  await expect(dialog.getByRole('button', { name: texts.access.useKey })).toHaveCount(0);
});
