import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { type AppProfile, killLeftApps, type LabApp, launchApp, makeAppProfile } from '../support/lab/app';
import { createMachine, fillMachineForm } from '../support/lab/machine-form';
import { type LabSshd, startSshd } from '../support/lab/sshd';
import { filled, textsOf } from '../support/lab/texts';

const { editor, validation, error } = textsOf('en').app;
const { errors } = textsOf('en');

let profile: AppProfile;
let app: LabApp;
let gate: LabSshd;
let target: LabSshd;

test.beforeEach(async () => {
  profile = await makeAppProfile();
  [gate, target] = [await startSshd(), await startSshd()];
  const known = await Promise.all([gate, target].map(({ knownHostsPath }) => readFile(knownHostsPath)));
  await writeFile(join(profile.home, '.ssh', 'known_hosts'), Buffer.concat(known));
  app = await launchApp({ profile });
});

test.afterEach(async () => {
  await killLeftApps();
  await gate.stop();
  await target.stop();
  await profile.remove();
});

const press = (name: string): Promise<void> => app.page.getByRole('button', { name, exact: true }).click();
const status = (): Locator => app.page.getByRole('main').getByRole('status').first();
const formOf = (name: string, { host, port, user, clientKeyPath }: LabSshd) => ({
  ...{ name, host, port, user },
  identity: { keyFile: clientKeyPath },
});
const jumpHost = (number: number): Locator =>
  app.page.getByRole('group', { name: filled(editor.jump, { number }), exact: true });

test('a machine behind a saved one connects, names it when it fails, and the saved one stays', async () => {
  const { page } = app;
  await createMachine(page, formOf('Gate', gate));
  await press('New machine');
  await fillMachineForm(page, formOf('Lab', target));
  await press(editor.route);
  await press(editor.addJump);
  await expect(jumpHost(1)).toContainText('Gate');
  await press('Save');
  await expect(page.getByRole('heading', { level: 1, name: 'Lab' })).toBeVisible();
  await press('Connect');
  await expect(status()).toContainText('Connected');
  expect(gate.log()).toContain('Accepted publickey');
  expect(target.log()).toContain('Accepted publickey');

  await press('Disconnect');
  await gate.authorize([]);
  await press('Connect');
  const what = filled(errors['key-refused'].what, { host: gate.host, user: gate.user });
  await expect(page.getByRole('alert')).toContainText(
    filled(error.atJump, { name: 'Gate', number: 1, count: 1, what }),
  );

  await page.getByRole('treeitem', { name: 'Gate' }).click();
  await press('Delete');
  await expect(
    page.getByText(filled(errors['machine-is-jump'].what, { machine: 'Gate', machines: 'Lab' })),
  ).toBeVisible();
  await expect(page.getByRole('treeitem', { name: 'Gate' })).toBeVisible();
});

test('a jump host told in the editor asks for what it needs, and a circle is refused', async () => {
  const { page } = app;
  await createMachine(page, formOf('Lab', target));
  await press('Edit');
  await press(editor.route);
  await press(editor.addJump);
  await press('Save');
  await expect(jumpHost(1).getByRole('textbox', { name: 'Host' })).toBeFocused();
  await expect(jumpHost(1).getByRole('textbox', { name: 'Host' })).toHaveAccessibleDescription(
    validation['host-empty'],
  );
  const fill = (label: string, value: string | number) =>
    jumpHost(1).getByRole('textbox', { name: label, exact: true }).fill(String(value));
  await fill('Host', gate.host);
  await fill('Port', gate.port);
  await fill('User', gate.user);
  await fill('Private key file', gate.clientKeyPath);
  await press('Save');
  await press('Connect');
  await expect(status()).toContainText('Connected');
  expect(gate.log()).toContain('Accepted publickey');

  await press('New machine');
  await fillMachineForm(page, formOf('Outer', gate));
  await press(editor.route);
  await press(editor.addJump);
  await press('Save');
  await page.getByRole('treeitem', { name: 'Lab' }).click();
  await press('Edit');
  await press(filled(editor.removeJump, { number: 1 }));
  await press(editor.addJump);
  await expect(page.getByRole('alert')).toContainText(validation['jump-loop']);
  await press('Save');
  await expect(page.getByRole('dialog', { name: 'Edit Lab' })).toBeVisible();
});
