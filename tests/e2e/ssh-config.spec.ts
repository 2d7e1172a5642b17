import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { defaultSettings } from '../../shared/model/settings';
import {
  type AppProfile,
  answerSaveDialog,
  killLeftApps,
  type LabApp,
  launchApp,
  makeAppProfile,
} from '../support/lab/app';
import { callsOf } from '../support/lab/app-calls';
import { type LabSshd, startSshd } from '../support/lab/sshd';
import { filled, textsOf } from '../support/lab/texts';

let profile: AppProfile;
let app: LabApp;
let sshd: LabSshd;

test.beforeEach(async () => {
  profile = await makeAppProfile();
  sshd = await startSshd();
  const folder = join(profile.home, '.ssh');
  await writeFile(join(folder, 'known_hosts'), await readFile(sshd.knownHostsPath));
  await writeFile(
    join(folder, 'config'),
    [
      `Match exec "touch ${join(profile.home, 'match-exec')}"`,
      '  Port 1',
      'Host lab',
      `  HostName ${sshd.host}`,
      `  Port ${sshd.port}`,
      `  ProxyCommand sh -c 'touch ${join(profile.home, 'proxy')}; exec nc %h %p'`,
      '  Compression yes',
      'Host *',
      `  User ${sshd.user}`,
      `  IdentityFile ${sshd.clientKeyPath}`,
    ].join('\n'),
  );
  app = await launchApp({ profile });
});

test.afterEach(async () => {
  await killLeftApps();
  await sshd.stop();
  await profile.remove();
});

for (const language of ['en', 'pt-BR'] as const) {
  test(`the user's ssh_config is imported, asks before its command runs, and is exported (${language})`, async () => {
    const texts = textsOf(language);
    const { common, connection, export: exporting, import: words, importRemark, prompt, status } = texts.app;
    await callsOf(app).settings.save({
      ...defaultSettings,
      language,
    });
    const { page } = app;
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
    const traceOf = (name: string) => stat(join(profile.home, name));

    await page.getByRole('button', { name: words.open }).click();
    await press(filled(words.previewOf, { source: words.source.sshConfig }));
    const row = page.getByRole('dialog').getByRole('listitem').filter({ hasText: 'lab' });
    await expect(row).toContainText(`${sshd.user}@${sshd.host}:${sshd.port}`);
    await expect(row).toContainText(words.command);
    await expect(row).toContainText(
      filled(importRemark['option-unsupported'], { option: 'Compression yes' }),
    );
    await expect(page.getByRole('dialog')).toContainText('Match exec');
    await press(filled(words.submit_one, { count: 1 }));
    await press(common.close);

    await page.getByRole('treeitem', { name: 'lab' }).click();
    await press(connection.connect);
    const question = page.getByRole('alertdialog', { name: filled(prompt.command.title, { name: 'lab' }) });
    await expect(question).toContainText(`exec nc ${sshd.host} ${sshd.port}'`);
    await expect(traceOf('proxy')).rejects.toThrow(/ENOENT/);
    await question.getByRole('button', { name: prompt.command.accept }).click();
    await expect(page.getByRole('main').getByRole('status').first()).toContainText(
      filled(status.sentence.connected, { time: '' }).trim(),
    );
    await traceOf('proxy');
    await expect(traceOf('match-exec')).rejects.toThrow(/ENOENT/);

    const file = join(profile.home, 'exported.conf');
    await answerSaveDialog(app, file);
    await app.electron.evaluate(({ Menu }, label) => {
      const items = Menu.getApplicationMenu()?.items.flatMap((menu) => menu.submenu?.items ?? []) ?? [];
      items.find((item) => item.label === label)?.click();
    }, texts.actions.action.export);
    await page.getByRole('dialog').getByText(exporting.formats.sshConfig, { exact: true }).click();
    await expect(page.getByRole('dialog')).toContainText(exporting.containsSshConfig);
    await press(exporting.submit);
    await expect(page.getByRole('dialog').getByRole('status')).toContainText(file);
    expect(await readFile(file, 'utf8')).toContain(
      `Host lab\n  HostName ${sshd.host}\n  Port ${sshd.port}\n`,
    );
  });
}
