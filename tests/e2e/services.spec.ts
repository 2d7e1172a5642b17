import { appendFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import {
  type AppProfile,
  answerMessageBoxes,
  guestInFront,
  killLeftApps,
  type LabApp,
  launchApp,
  makeAppProfile,
} from '../support/lab/app';
import { JupyterLabPage } from '../support/lab/jupyterlab-page';
import { createMachine } from '../support/lab/machine-form';
import { type LabSshd, startSshd } from '../support/lab/sshd';
import { type SystemdHost, startSystemdHost, whyNoSystemd } from '../support/lab/systemd-host';
import { textsOf } from '../support/lab/texts';
import { labPeer } from '../support/setup/peers';

const { units: texts, app: appTexts } = textsOf('en');

let profile: AppProfile;
let app: LabApp;
let host: SystemdHost | null = null;
let sshd: LabSshd | null = null;

test.afterEach(async () => {
  await killLeftApps();
  await sshd?.stop();
  await host?.stop();
  await profile?.remove();
});

/** A machine that systemd has booted, in front in the app. */
async function openMachine() {
  profile = await makeAppProfile();
  const booted = await startSystemdHost();
  host = booted;
  const path = [labPeer('jupyterlab4').binFolder, '/usr/local/bin', '/usr/bin', '/bin'].join(':');
  const server = await startSshd({
    config: [`SetEnv "PATH=${path}"`],
    passwordAccount: 'password',
    network: { address: '127.0.0.1', enter: booted.enter },
    parentFolder: booted.folder,
  });
  sshd = server;
  await booted.letSudo(server.user, 'free');
  await appendFile(join(profile.home, '.ssh', 'known_hosts'), await readFile(server.knownHostsPath));
  app = await launchApp({ profile });
  const { port, user, clientKeyPath } = server;
  await createMachine(app.page, {
    name: 'Lab',
    host: '127.0.0.1',
    port,
    user,
    identity: { keyFile: clientKeyPath },
  });
  return { host: booted, user, home: join(server.folder, 'home') };
}

test('a notebook that is a service runs cells, is started again after a crash, shows its journal, is stopped and removed', async () => {
  const reason = await whyNoSystemd();
  test.skip(reason !== null, reason ?? '');
  test.setTimeout(400_000);
  const machine = await openMachine();
  const { page } = app;
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const section = page.getByRole('region', { name: texts.title });
  const row = section.getByRole('listitem');

  await press(texts.look);
  await expect(section).toContainText(texts.lingering.off, { timeout: 60_000 });
  await press(texts.new.button);
  await press(texts.new.next);
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('ExecStart=/bin/sh', { timeout: 60_000 });
  await expect(dialog).toContainText('loginctl enable-linger');
  await press(texts.new.create);
  const lab = new JupyterLabPage(await guestInFront(app, '/lab'));
  await lab.ready();
  await lab.newNotebook();
  expect(await lab.runCell('print(open("/proc/self/cgroup").read())')).toContain('nuvem-notebook-');
  expect(await lab.runCell('print(6*7)')).toBe('42');

  const started = () =>
    lab.page.evaluate(async () => {
      const answer = await fetch('/api/status');
      return answer.ok ? ((await answer.json()) as { started: string }).started : '';
    });
  const before = await started();
  await machine.host.run('pkill', '-KILL', '-u', machine.user, '-f', '/bin/jupyter-lab --no-browser');
  await expect
    .poll(() => started().catch(() => ''), { timeout: 120_000 })
    .toMatch(new RegExp(`^(?!${before.replaceAll('.', '\\.')}).+`));

  await page.getByRole('tab', { name: 'Machines' }).click();
  await press(texts.lookAgain);
  await expect(row).toContainText(texts.restarts_one, { timeout: 60_000 });
  await expect(row).toContainText(texts.state.active);
  await expect(row).toContainText(texts.enabled);
  await press(texts.journal.open);
  await expect(dialog).toContainText('status=137', { timeout: 60_000 });
  await press(texts.journal.pause);
  await dialog.getByRole('button', { name: 'Close', exact: true }).click();

  // What its page has not saved may go.
  await answerMessageBoxes(app, 1);
  const running = page.getByRole('region', { name: appTexts.notebook.running });
  await running.getByRole('button', { name: appTexts.notebook.stop, exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: appTexts.notebook.stop }).click();
  await expect(running.getByRole('listitem')).toHaveCount(0, { timeout: 60_000 });
  // The service's row tells of it by itself.
  await expect(row).toContainText(texts.state.inactive, { timeout: 60_000 });

  await row.getByRole('button').last().click();
  await page.getByRole('menuitem', { name: texts.action.remove }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: texts.action.remove }).click();
  await expect(section).toContainText(texts.none, { timeout: 60_000 });
  const left = await readdir(join(machine.home, '.local/share/nuvem/notebooks'));
  expect(left.filter((name) => !name.startsWith('.'))).toEqual([]);
});
