import { chmod, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { sshKeyKinds } from '../../shared/model/ssh-key';
import {
  type AppProfile,
  answerOpenDialog,
  answerSaveDialog,
  killLeftApps,
  type LabApp,
  launchApp,
  makeAppProfile,
} from '../support/lab/app';
import { createMachine } from '../support/lab/machine-form';
import { runCommand } from '../support/lab/run-command';
import { makeKeyPair, toPuttyKey } from '../support/lab/ssh-keys';
import { type LabSshd, startSshd } from '../support/lab/sshd';
import { filled, textsOf } from '../support/lab/texts';

const texts = textsOf('en').app;

let profile: AppProfile;
let app: LabApp;
let sshd: LabSshd;

test.beforeEach(async () => {
  profile = await makeAppProfile();
  sshd = await startSshd();
});

test.afterEach(async () => {
  await killLeftApps();
  await sshd.stop();
  await profile.remove();
});

const inside = (name: string): string => join(profile.home, '.ssh', name);

async function openKeysPage(keyFile: string): Promise<void> {
  app = await launchApp({ profile });
  const { host, port, user } = sshd;
  await createMachine(app.page, { name: 'Lab', host, port, user, identity: { keyFile } });
  await app.page.getByRole('complementary').getByRole('button', { name: texts.keys.title }).click();
}

test('a key that was made here, its public half copied to the machine, signs in', async () => {
  await openKeysPage('~/.ssh/id_ed25519');
  await app.page.getByRole('button', { name: texts.keys.new }).click();
  const dialog = app.page.getByRole('dialog');
  await dialog.getByLabel(texts.keys.comment, { exact: true }).fill('ana@laptop');
  await dialog.getByLabel(texts.keys.passphrase, { exact: true }).fill('open sesame');
  await dialog.getByLabel(texts.keys.repeated).fill('open sesame');
  await dialog.getByRole('button', { name: texts.keys.make }).click();
  const row = app.page.getByRole('listitem').filter({ hasText: 'id_ed25519' });
  await expect(row).toContainText(texts.keys.encrypted);
  await expect(row).toContainText(filled(texts.keys.usedBy, { machines: 'Lab' }));

  await row.getByRole('button', { name: filled(texts.keys.copyPublic, { name: 'id_ed25519' }) }).click();
  await expect(row.getByRole('button', { name: texts.common.copied })).toBeVisible();
  const copied = await app.electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toBe((await readFile(inside('id_ed25519.pub'), 'utf8')).trimEnd());
  await sshd.authorize([copied]);

  await app.page.getByRole('complementary').getByRole('treeitem', { name: 'Lab' }).click();
  await app.page.getByRole('button', { name: texts.connection.connect, exact: true }).click();
  await app.page.getByRole('dialog').getByLabel(texts.prompt.passphrase.label).fill('open sesame');
  await app.page.getByRole('button', { name: texts.prompt.continue }).click();
  await app.page.getByRole('button', { name: texts.prompt.hostKey.accept }).click();
  await expect(app.page.getByRole('main').getByRole('status').first()).toContainText('Connected');
});

test('a key that others may read is mended', async () => {
  await makeKeyPair(inside('id_open'));
  await chmod(inside('id_open'), 0o644);
  await openKeysPage('~/.ssh/id_open');
  await expect(app.page.getByText(texts.keys.openToOthers)).toBeVisible();
  await app.page.getByRole('button', { name: filled(texts.keys.mendNamed, { name: 'id_open' }) }).click();
  await expect(app.page.getByText(texts.keys.openToOthers)).toHaveCount(0);
  expect((await stat(inside('id_open'))).mode & 0o777).toBe(0o600);
});

test('a PuTTY key is imported, gets another passphrase, and its public half is saved', async () => {
  const source = await makeKeyPair(join(profile.home, 'work'));
  const ppk = await toPuttyKey(source.path, { version: 3, passphrase: 'open sesame' });
  await openKeysPage('~/.ssh/work');
  await answerOpenDialog(app, ppk);
  await app.page.getByRole('button', { name: texts.keys.import }).click();
  const dialog = app.page.getByRole('dialog');
  await expect(dialog).toContainText(source.fingerprint);
  await expect(dialog.getByLabel(texts.keys.fileName)).toHaveValue('work');
  await dialog.getByLabel(texts.keys.importPassphrase).fill('wrong');
  await dialog.getByRole('button', { name: texts.keys.importMake }).click();
  await expect(dialog.getByRole('alert')).toContainText(ppk);
  await dialog.getByLabel(texts.keys.importPassphrase).fill('open sesame');
  await dialog.getByRole('button', { name: texts.keys.importMake }).click();
  await expect(dialog).toHaveCount(0);
  const row = app.page.getByRole('listitem').filter({ hasText: source.fingerprint });
  await expect(row).toContainText(filled(texts.keys.usedBy, { machines: 'Lab' }));
  expect(await runCommand('ssh-keygen', ['-y', '-P', 'open sesame', '-f', inside('work')])).toContain(
    source.publicKey,
  );

  await row.getByRole('button', { name: filled(texts.keys.passphraseOf, { name: 'work' }) }).click();
  await dialog.getByLabel(texts.keys.oldPassphrase).fill('open sesame');
  await dialog.getByLabel(texts.keys.newPassphrase).fill('correct horse');
  await dialog.getByLabel(texts.keys.repeated).fill('correct horse');
  await dialog.getByRole('button', { name: texts.keys.changePassphrase }).click();
  await expect(dialog).toHaveCount(0);
  expect(await runCommand('ssh-keygen', ['-y', '-P', 'correct horse', '-f', inside('work')])).toContain(
    source.publicKey,
  );

  const saved = join(profile.home, 'for-ana.pub');
  await answerSaveDialog(app, saved);
  await row.getByRole('button', { name: filled(texts.keys.savePublic, { name: 'work' }) }).click();
  await expect(app.page.getByText(filled(texts.keys.savedAs, { path: saved }))).toBeVisible();
  expect((await readFile(saved, 'utf8')).trim()).toBe(`${source.publicKey} nuvem-lab`);
});

test('keys of every type that Electron’s crypto makes are read by ssh-keygen', async () => {
  await openKeysPage('~/.ssh/id_ed25519');
  for (const kind of sshKeyKinds) {
    const passphrase = kind.endsWith('4096') ? '' : 'open sesame';
    const answer = await app.page.evaluate(
      (key) =>
        (
          window as unknown as { nuvem: { keys: { generate(key: unknown): Promise<{ ok: boolean }> } } }
        ).nuvem.keys.generate(key),
      { kind, name: kind, comment: 'lab', passphrase },
    );
    expect(answer).toMatchObject({ ok: true });
    const own = await runCommand('ssh-keygen', ['-y', '-P', passphrase, '-f', inside(kind)]);
    expect(own).toBe(await readFile(inside(`${kind}.pub`), 'utf8'));
  }
});
