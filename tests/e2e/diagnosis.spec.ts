import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
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
import { freePort } from '../support/lab/free-port';
import { createMachine, type MachineForm } from '../support/lab/machine-form';
import { type LabSshd, type SshdOptions, startSshd } from '../support/lab/sshd';
import { filled, textsOf } from '../support/lab/texts';

const { app: texts, diagnosis: told } = textsOf('en');
const portuguese = textsOf('pt-BR');

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

async function server(options: SshdOptions = {}): Promise<LabSshd> {
  const sshd = await startSshd(options);
  cleanUps.push(sshd.stop);
  await writeFile(join(profile.home, '.ssh', 'known_hosts'), await readFile(sshd.knownHostsPath));
  return sshd;
}

/** The app with a machine in front. */
async function open(form: MachineForm): Promise<void> {
  app = await launchApp({ profile });
  await createMachine(app.page, { name: 'Lab', ...form });
}

const placeOf = ({ host, port, user }: LabSshd) => ({ host, port, user });
const dialog = (): Locator => app.page.getByRole('dialog');
const press = (name: string): Promise<void> => dialog().getByRole('button', { name, exact: true }).click();
const verdict = (): Locator => dialog().getByRole('status');
const step = (name: string): Locator => dialog().getByRole('listitem').filter({ hasText: name });
const openFromHeader = (): Promise<void> =>
  app.page.getByRole('main').getByRole('button', { name: told.open }).first().click();

test('a machine that refuses the port: the card leads to the step, and the report can be saved', async () => {
  await open({ host: '127.0.0.1', port: await freePort(), user: 'ana', identity: 'password' });
  await app.page.getByRole('button', { name: texts.connection.connect, exact: true }).click();
  await app.page.getByRole('alert').getByRole('button', { name: told.open }).click();
  await expect(verdict()).toHaveText(told.verdict.trouble);
  await expect(step(told.step.reach)).toContainText(told.stepState.failed);
  await expect(step(told.step.greeting)).toContainText(told.stepState.skipped);
  await expect(dialog().getByRole('alert')).toContainText('127.0.0.1 is there, but nothing listens');

  const path = join(profile.home, 'report.txt');
  await answerSaveDialog(app, path);
  await press(told.saveReport);
  await expect.poll(() => readFile(path, 'utf8').catch(() => '')).toContain(told.step.reach);
  expect((await stat(path)).mode & 0o077).toBe(0);
});

test('a machine that works is said to, step by step, and stays disconnected', async () => {
  const sshd = await server();
  await open({ ...placeOf(sshd), identity: { keyFile: sshd.clientKeyPath } });
  await openFromHeader();
  await expect(verdict()).toHaveText(told.verdict.works);
  await step(told.step.greeting).getByRole('button').click();
  await expect(step(told.step.greeting)).toContainText('OpenSSH_');
  await press(texts.common.close);
  await expect(dialog()).toHaveCount(0);
  await expect(app.page.getByRole('main').getByRole('status').first()).toContainText('Not connected');
  expect(sshd.log().match(/Accepted publickey/g)).toHaveLength(1);
});

test('a password is not asked for until the user wants to answer', async () => {
  const sshd = await server({ config: ['PasswordAuthentication yes', 'PubkeyAuthentication no'] });
  await open({ ...placeOf(sshd), identity: 'password' });
  await openFromHeader();
  await expect(verdict()).toHaveText(told.verdict.asking);
  await expect(dialog().locator('input')).toHaveCount(0);
  await press(told.ask.enter);
  await dialog().getByRole('textbox', { name: texts.prompt.password.label }).fill('surely wrong');
  await press(told.ask.continue);
  await expect(verdict()).toHaveText(told.verdict.trouble, { timeout: 30_000 });
  await expect(dialog().getByRole('alert')).toContainText(
    filled(told.finding['password-refused'].what, { host: sshd.host, user: sshd.user }),
  );
});

test('a refused key: by password the wrong permissions are found, with the commands that mend them', async () => {
  test.skip(userInfo().uid !== 0, 'making a system account needs root');
  const sshd = await server({
    passwordAccount: 'password',
    config: ['StrictModes yes', 'AuthorizedKeysFile .ssh/authorized_keys'],
  });
  await chmod(join(sshd.folder, 'home'), 0o777);
  await open({ ...placeOf(sshd), identity: { keyFile: sshd.clientKeyPath } });
  await openFromHeader();
  await expect(verdict()).toHaveText(told.verdict.trouble);
  await press(told.remedy['look-inside']);
  await press(told.ask.enter);
  await dialog().getByRole('textbox', { name: texts.prompt.password.label }).fill(sshd.password);
  await press(told.ask.continue);
  await expect(dialog()).toContainText('chmod go-w ~');
  await press(told.remedy.retry);
  await expect(step('Sign in: key file')).toContainText(told.stepState.failed);
});

test('a key file that others can read is mended at a press', async () => {
  const sshd = await server();
  await chmod(sshd.clientKeyPath, 0o644);
  await open({ ...placeOf(sshd), identity: { keyFile: sshd.clientKeyPath } });
  await openFromHeader();
  await expect(verdict()).toHaveText(told.verdict.advice);
  await press(told.remedy['mend-key-file']);
  await expect(verdict()).toHaveText(told.verdict.works);
  expect((await stat(sshd.clientKeyPath)).mode & 0o777).toBe(0o600);
});

test('a name that nobody knows, in Portuguese', async () => {
  await open({ host: 'no-such-machine.invalid', user: 'ana', identity: 'password' });
  await callsOf(app).settings.save({
    ...defaultSettings,
    language: 'pt-BR',
  });
  const main = app.page.getByRole('main');
  await main.getByRole('button', { name: portuguese.diagnosis.open }).first().click();
  await expect(verdict()).toHaveText(portuguese.diagnosis.verdict.trouble);
  await expect(step(portuguese.diagnosis.step.name)).toContainText(portuguese.diagnosis.stepState.failed);
  await expect(dialog().getByRole('alert')).toContainText('no-such-machine.invalid');
});
