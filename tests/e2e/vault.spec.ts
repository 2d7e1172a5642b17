import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type AppProfile, killLeftApps, type LabApp, launchApp, makeAppProfile } from '../support/lab/app';
import { type Keyring, startKeyring } from '../support/lab/keyring';
import { createMachine } from '../support/lab/machine-form';
import { makeKeyPair } from '../support/lab/ssh-keys';
import { type LabSshd, startSshd } from '../support/lab/sshd';
import { textsOf } from '../support/lab/texts';

const texts = textsOf('en');
const passphrase = 'open sesame';

let profile: AppProfile;
let sshd: LabSshd;
let keyring: Keyring;
let app: LabApp;

test.beforeEach(async () => {
  profile = await makeAppProfile();
  keyring = await startKeyring(profile.home);
  const key = await makeKeyPair(join(profile.home, '.ssh', 'id_locked'), { passphrase });
  sshd = await startSshd({ authorizedKeys: [key.publicKey] });
  await writeFile(join(profile.home, '.ssh', 'known_hosts'), await readFile(sshd.knownHostsPath));
});

test.afterEach(async () => {
  await killLeftApps();
  await sshd.stop();
  await keyring.stop();
  await profile.remove();
});

const press = (name: string): Promise<void> => app.page.getByRole('button', { name, exact: true }).click();
const question = () => app.page.getByRole('dialog', { name: 'Passphrase for Lab' });
const connected = () =>
  expect(app.page.getByRole('main').getByRole('status').first()).toContainText('Connected');

/** Connects for the first time, and answers the question for the passphrase. */
async function signIn({ isRemembered }: { readonly isRemembered: boolean }): Promise<void> {
  const { host, port, user } = sshd;
  app = await launchApp({ profile, env: keyring.env });
  await createMachine(app.page, { name: 'Lab', host, port, user, identity: { keyFile: '~/.ssh/id_locked' } });
  await press('Connect');
  await question().getByLabel('Passphrase').fill(passphrase);
  if (isRemembered) await question().getByText(texts.app.prompt.remember).click();
  await question().getByRole('button', { name: 'Continue' }).click();
  await connected();
}

async function startAgain(): Promise<void> {
  await app.quit();
  app = await launchApp({ profile, env: keyring.env });
  await app.page.getByRole('treeitem', { name: /Lab/ }).click();
  await press('Connect');
}

test('a remembered passphrase is kept in the system’s keyring, encrypted, and not asked for after a restart', async () => {
  await signIn({ isRemembered: true });
  await startAgain();
  await connected();
  for (const file of await readdir(profile.userData, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    expect(await readFile(join(file.parentPath, file.name), 'latin1')).not.toContain(passphrase);
  }
});

test('a passphrase that was not to be remembered is asked for again after a restart', async () => {
  await signIn({ isRemembered: false });
  await startAgain();
  await expect(question()).toBeVisible();
});

test('a passphrase whose keyring is locked away is asked for again, and nothing of it is lost', async () => {
  await signIn({ isRemembered: true });
  const { env } = keyring;
  await app.quit();
  app = await launchApp({ profile, env: { DBUS_SESSION_BUS_ADDRESS: 'disabled:' } });
  await app.page.getByRole('treeitem', { name: /Lab/ }).click();
  await press('Connect');
  await expect(question()).toBeVisible();
  await question().getByRole('button', { name: 'Cancel' }).click();
  await app.quit();

  app = await launchApp({ profile, env });
  await app.page.getByRole('treeitem', { name: /Lab/ }).click();
  await press('Connect');
  await connected();
});
