import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { type AppProfile, killLeftApps, type LabApp, launchApp, makeAppProfile } from '../support/lab/app';
import { freePort } from '../support/lab/free-port';
import { createMachine } from '../support/lab/machine-form';
import { type LabSshd, startSshd } from '../support/lab/sshd';
import { filled, textsOf } from '../support/lab/texts';

const { app: texts } = textsOf('en');

let profile: AppProfile;
let app: LabApp;
let sshd: LabSshd;

test.beforeEach(async () => {
  profile = await makeAppProfile();
  sshd = await startSshd();
  await copyFile(sshd.clientKeyPath, join(profile.home, '.ssh', 'id_ed25519'));
  app = await launchApp({ profile });
});

test.afterEach(async () => {
  await killLeftApps();
  await sshd.stop();
  await profile.remove();
});

const box = (): Locator => app.page.getByRole('searchbox', { name: texts.quickConnect.box });
const status = (): Locator => app.page.getByRole('main').getByRole('status').first();
const rows = (): Locator => app.page.getByRole('treeitem', { name: sshd.host });
const press = (name: string): Promise<void> => app.page.getByRole('button', { name, exact: true }).click();
const onDisk = (name: string): Promise<string> =>
  readFile(join(profile.userData, name), 'utf8').catch(() => '');
const isTrusted = async () => {
  await writeFile(join(profile.home, '.ssh', 'known_hosts'), await readFile(sshd.knownHostsPath));
};
const logins = (): number => sshd.log().split('Accepted publickey').length - 1;

async function type(text: string): Promise<void> {
  await expect(box()).toBeVisible();
  await app.page.keyboard.press('ControlOrMeta+k');
  await expect(box()).toBeFocused();
  await box().fill(text);
  await box().press('Enter');
}

test('a typed server is connected to at once, asked about like any other, and gone after a restart', async () => {
  const { page } = app;
  await expect(page.getByRole('button', { name: texts.welcome.tryDemo })).toBeVisible();
  await type(`${sshd.user}@${sshd.host}:${sshd.port}`);
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText(sshd.hostKeys[0]?.fingerprint ?? 'none');
  await question.getByRole('button', { name: 'Trust and connect' }).click();
  await expect(status()).toContainText('Connected');
  await expect(page.getByText(texts.unsaved.until)).toBeVisible();
  await expect(app.page.getByRole('treeitem', { name: texts.tree.section.unsaved })).toBeVisible();

  await app.quit();
  for (const file of ['machines.json', 'recent-machines.json', 'open-notebooks.json'])
    expect(await onDisk(file)).not.toMatch(/[\da-f]{8}-[\da-f]{4}/);
  app = await launchApp({ profile });
  await expect(app.page.getByRole('button', { name: texts.welcome.tryDemo })).toBeVisible();
});

test('a server that is saved while it is connected stays connected, and is there after a restart', async () => {
  await isTrusted();
  const { page } = app;
  await type(`ssh://${sshd.user}@${sshd.host}:${sshd.port}`);
  await expect(status()).toContainText('Connected');
  await press(texts.unsaved.save);
  const editor = page.getByRole('dialog', { name: filled(texts.unsaved.saveTitle, { name: sshd.host }) });
  await editor.getByRole('textbox', { name: 'Name', exact: true }).fill('Kept');
  await editor.getByRole('button', { name: texts.common.save, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Kept' })).toBeVisible();
  await expect(page.getByText(texts.unsaved.until)).toHaveCount(0);
  await expect(status()).toContainText('Connected');
  expect(logins()).toBe(1);
  expect(await onDisk('machines.json')).toContain('Kept');

  await app.quit();
  app = await launchApp({ profile });
  await expect(app.page.getByRole('treeitem', { name: 'Kept' })).toBeVisible();
  await type('kept');
  await expect(status()).toContainText('Connected');
  expect(await onDisk('recent-machines.json')).toContain('machineId');
});

test('the same server typed again is the same machine, and what is discarded is disconnected', async () => {
  await isTrusted();
  const { page } = app;
  const { user, host, port } = sshd;
  await createMachine(page, {
    name: 'Elsewhere',
    host: 'elsewhere.example.com',
    user: 'ana',
    identity: 'agent',
  });
  await type(`${user}@${host}:${port}`);
  await expect(status()).toContainText('Connected');
  await page.getByRole('treeitem', { name: 'Elsewhere' }).click();
  await type(`ssh -p ${port} ${user}@${host}`);
  await expect(page.getByRole('heading', { level: 1, name: host })).toBeVisible();
  await expect(page.getByRole('treeitem')).toHaveCount(4);
  expect(logins()).toBe(1);

  await press(texts.unsaved.discard);
  await expect(rows()).toHaveCount(0);
  await expect(page.getByText(`${host} discarded`)).toBeVisible();
  await expect.poll(() => sshd.log()).toMatch(/Disconnected from|Connection closed|Received disconnect/);
  expect(await onDisk('machines.json')).not.toContain(host);
});

test('a pasted command says what it brings and what not, and opens its tunnels', async () => {
  await isTrusted();
  const { page } = app;
  const { user, host, port } = sshd;
  const echo = createServer((socket) => socket.end('far side'));
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  const { port: target } = echo.address() as { port: number };
  const listen = await freePort();
  try {
    await box().fill(
      `ssh -X -i ${sshd.clientKeyPath} -L ${listen}:127.0.0.1:${target} -p ${port} ${user}@${host}`,
    );
    const card = page.getByRole('region', { name: `${user}@${host}:${port}` });
    await expect(card).toContainText(sshd.clientKeyPath);
    await expect(card).toContainText(`127.0.0.1:${listen} → 127.0.0.1:${target}`);
    await expect(card).toContainText(filled(texts.editor.quickFillIgnored, { options: '-X' }));
    await card.getByRole('button', { name: texts.connection.connect }).click();
    await expect(status()).toContainText('Connected');
    await expect.poll(() => read(listen)).toBe('far side');
    expect(await onDisk('machines.json')).toBe('');
  } finally {
    echo.close();
  }
});

test('what is wrong is said beside the box, and a bare name is only searched for while something matches', async () => {
  const { page } = app;
  await createMachine(page, { name: 'GPU box', host: 'gpu.example.com', user: 'ana', identity: 'agent' });
  await box().fill('ana@node:70000');
  await expect(page.getByText(texts.validation['port-range'])).toBeVisible();
  await box().press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'GPU box' })).toBeVisible();
  await box().fill('ssh gpu; reboot');
  await expect(page.getByText(texts.quickConnect.hint)).toBeVisible();
  await box().fill('gpu');
  await expect(page.getByText(filled(texts.quickConnect.enterConnects, { name: 'GPU box' }))).toBeVisible();
});

/** What comes from a port of this computer until it closes; empty while nobody listens. */
async function read(port: number): Promise<string> {
  const { connect } = await import('node:net');
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1');
    socket.on('data', (data) => {
      text += data.toString();
    });
    socket.on('error', () => resolve(''));
    socket.on('close', () => resolve(text));
  });
}
