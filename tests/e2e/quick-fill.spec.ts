import { expect, test } from '@playwright/test';
import { type AppProfile, killLeftApps, type LabApp, launchApp, makeAppProfile } from '../support/lab/app';
import { type LabSshd, startSshd } from '../support/lab/sshd';
import { filled, textsOf } from '../support/lab/texts';

const { editor } = textsOf('en').app;

let profile: AppProfile;
let app: LabApp;
let gate: LabSshd;
let target: LabSshd;

test.beforeEach(async () => {
  profile = await makeAppProfile();
  [gate, target] = [await startSshd(), await startSshd()];
  app = await launchApp({ profile });
});

test.afterEach(async () => {
  await killLeftApps();
  await gate.stop();
  await target.stop();
  await profile.remove();
});

test('a pasted ssh command becomes a machine that connects over its jump host', async () => {
  const { page } = app;
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  await press('New machine');
  const box = page.getByRole('textbox', { name: editor.quickFill });
  await box.fill(
    `ssh -NL 8888:localhost:8080 -p ${target.port} -i ${target.clientKeyPath} ` +
      `-J ${gate.user}@${gate.host}:${gate.port} ${target.user}@${target.host}`,
  );
  await box.press('Enter');
  const dialog = page.getByRole('dialog');
  const tunnels = filled(editor.quickFillTunnels, { tunnels: '127.0.0.1:8888 → localhost:8080' });
  await expect(dialog.getByRole('status').filter({ hasText: tunnels })).toBeVisible();
  const jump = dialog.getByRole('group', { name: filled(editor.jump, { number: 1 }) });
  await expect(jump.getByRole('textbox', { name: 'Port' })).toHaveValue(String(gate.port));
  await jump.getByText('Key file', { exact: true }).click();
  await jump.getByRole('textbox', { name: 'Private key file' }).fill(gate.clientKeyPath);
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Pasted');
  await press('Save');
  await expect(page.getByRole('heading', { level: 1, name: 'Pasted' })).toBeVisible();

  await press('Connect');
  for (const server of [gate, target]) {
    const question = page.getByRole('alertdialog');
    await expect(question).toContainText(server.hostKeys[0]?.fingerprint ?? 'none');
    await question.getByRole('button', { name: 'Trust and connect' }).click();
  }
  await expect(page.getByRole('main').getByRole('status').first()).toContainText('Connected');
  await expect(page.getByRole('main')).toContainText('127.0.0.1:8888 → machine → localhost:8080');
});

test('what is no address is said to be none, and nothing is filled in', async () => {
  const { page } = app;
  await page.getByRole('button', { name: 'New machine' }).click();
  const box = page.getByRole('textbox', { name: editor.quickFill });
  await box.fill('ssh gpu; echo');
  await page.getByRole('button', { name: editor.quickFillButton, exact: true }).click();
  await expect(box).toHaveAccessibleDescription(editor.quickFillFailed);
  await expect(page.getByRole('textbox', { name: 'Host', exact: true })).toHaveValue('');
});
