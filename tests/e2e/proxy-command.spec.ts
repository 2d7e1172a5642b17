import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { defaultSettings } from '../../shared/model/settings';
import { type AppProfile, killLeftApps, type LabApp, launchApp, makeAppProfile } from '../support/lab/app';
import { callsOf } from '../support/lab/app-calls';
import { fillMachineForm } from '../support/lab/machine-form';
import { type LabSshd, startSshd } from '../support/lab/sshd';
import { filled, textsOf } from '../support/lab/texts';

let profile: AppProfile;
let app: LabApp;
let sshd: LabSshd;

test.beforeEach(async () => {
  profile = await makeAppProfile();
  sshd = await startSshd();
  await writeFile(join(profile.home, '.ssh', 'known_hosts'), await readFile(sshd.knownHostsPath));
  app = await launchApp({ profile });
});

test.afterEach(async () => {
  await killLeftApps();
  await sshd.stop();
  await profile.remove();
});

const press = (name: string): Promise<void> => app.page.getByRole('button', { name, exact: true }).click();

for (const language of ['en', 'pt-BR'] as const) {
  test(`a pasted proxy command is shown before it first runs, and never again (${language})`, async () => {
    const { editor, prompt, connection, common, status } = textsOf(language).app;
    await callsOf(app).settings.save({
      ...defaultSettings,
      language,
    });
    await expect(app.page.locator('html')).toHaveAttribute('lang', language);
    const { page } = app;
    const trace = join(profile.home, 'trace');
    await page.keyboard.press('Control+n');
    const box = page.getByRole('textbox', { name: editor.quickFill });
    await box.fill(
      `ssh -i ${sshd.clientKeyPath} -p ${sshd.port} -o 'ProxyCommand=sh -c "touch ${trace}; exec nc %h %p"' ` +
        `${sshd.user}@${sshd.host}`,
    );
    await box.press('Enter');
    await page.getByRole('textbox', { name: editor.name, exact: true }).fill('Gate');
    await press(common.save);
    await page.getByRole('dialog').waitFor({ state: 'hidden' });

    await press(connection.connect);
    const question = page.getByRole('alertdialog', {
      name: filled(prompt.command.title, { name: 'Gate' }),
    });
    await expect(question).toContainText(`sh -c "touch ${trace}; exec nc ${sshd.host} ${sshd.port}"`);
    await expect(question.getByRole('button', { name: common.cancel })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(question).toBeHidden();
    await expect(stat(trace)).rejects.toThrow(/ENOENT/);

    await press(connection.connect);
    await question.getByRole('button', { name: prompt.command.accept }).click();
    const state = page.getByRole('main').getByRole('status').first();
    const connected = filled(status.sentence.connected, { time: '' }).trim();
    await expect(state).toContainText(connected);
    await stat(trace);

    await press(connection.disconnect);
    await press(connection.connect);
    await expect(state).toContainText(connected);
    await expect(question).toBeHidden();
  });
}

test('a proxy command typed in the editor runs without a question, and again after a restart', async () => {
  const { editor } = textsOf('en').app;
  await press('New machine');
  await fillMachineForm(app.page, {
    ...{ name: 'Typed', host: sshd.host, port: sshd.port, user: sshd.user },
    identity: { keyFile: sshd.clientKeyPath },
  });
  await press(editor.route);
  const proxy = app.page.getByRole('radiogroup', { name: editor.proxy });
  await proxy.getByText(editor.proxyKind.command, { exact: true }).click();
  const line = app.page.getByRole('textbox', { name: editor.proxyLine });
  await line.fill('nc %h %x');
  await press('Save');
  await expect(line).toBeFocused();
  await line.fill('nc %h %p');
  await press('Save');
  const status = () => app.page.getByRole('main').getByRole('status').first();
  await press('Connect');
  await expect(status()).toContainText('Connected');

  await app.quit();
  app = await launchApp({ profile });
  await press('Connect');
  await expect(status()).toContainText('Connected');
});
