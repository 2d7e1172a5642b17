import { expect, type Locator, test } from '@playwright/test';
import {
  type AppProfile,
  guestInFront,
  killLeftApps,
  type LabApp,
  launchApp,
  makeAppProfile,
} from '../support/lab/app';
import { JupyterLabPage } from '../support/lab/jupyterlab-page';
import { createMachine } from '../support/lab/machine-form';
import { type NotebookMachine, startNotebookMachine } from '../support/lab/notebook-machine';

let profile: AppProfile;
let machine: NotebookMachine;
let app: LabApp;
let lab: JupyterLabPage;

test.beforeEach(async () => {
  profile = await makeAppProfile();
  machine = await startNotebookMachine('Lab', 'jupyterlab4', profile);
  app = await launchApp({ profile });
  await createMachine(app.page, machine.form);
  await app.page.getByRole('button', { name: 'Open notebook' }).click();
  lab = await labInFront();
  await lab.newNotebook();
  await lab.runCell('x = 41');
});

test.afterEach(async () => {
  await killLeftApps();
  await machine.stop();
  await profile.remove();
});

async function labInFront(): Promise<JupyterLabPage> {
  const opened = new JupyterLabPage(await guestInFront(app, '/lab'));
  await opened.ready();
  return opened;
}

/** The sentence about the connection; above a page it is there only while something is wrong. */
const status = (): Locator => app.page.getByRole('main').getByRole('status').first();
const counting = 'import time\nfor i in range(40):\n    print(i, flush=True)\n    time.sleep(0.25)';
const markPage = (): Promise<void> =>
  lab.page.evaluate(() => void Object.assign(window, { isSamePage: true }));
const isSamePage = (): Promise<boolean> => lab.page.evaluate(() => 'isSamePage' in window);

test('the SSH session is killed under a running cell: the same page goes on, nothing is lost', async () => {
  await markPage();
  const cell = await lab.startCell(counting);
  await lab.page.until('the cell to count', () => document.body.textContent?.includes('3\n4\n'));
  await machine.sshd.killSessions();
  await expect(status()).toContainText('Connection lost');
  await expect(status()).toHaveCount(0, { timeout: 30_000 });

  const numbers = Array.from({ length: 40 }, (_, index) => index).join('\n');
  expect(await lab.finishedOutput(cell)).toBe(numbers);
  expect(await lab.runCell('print(x + 1)')).toBe('42');
  expect(await isSamePage()).toBe(true);
});

test('a machine away for a while: the page waits without a dead kernel, and goes on when it is back', async () => {
  await markPage();
  await machine.sshd.stopListening();
  await machine.sshd.killSessions();
  await expect(status()).toContainText('Connection lost');
  // Long enough for JupyterLab's own attempts to reconnect to have come and gone several times.
  await app.page.waitForTimeout(20_000);
  expect(await lab.page.text()).not.toMatch(/dead kernel|server connection error/i);

  await machine.sshd.restart();
  await app.page.getByRole('button', { name: 'Try now' }).click();
  await expect(status()).toHaveCount(0, { timeout: 30_000 });
  expect(await lab.runCell('print(x + 1)')).toBe('42');
  expect(await isSamePage()).toBe(true);
});

test('the app is killed and started again: the notebook’s tab is there asleep, and once awake has its variables', async () => {
  await lab.page.evaluate(() =>
    document.querySelector<HTMLElement>('[data-command="docmanager:save"]')?.click(),
  );
  await app.kill();
  app = await launchApp({ profile });
  await app.page.getByRole('tab', { name: /, Lab \(asleep\)$/ }).click();
  lab = await labInFront();
  await lab.openNotebook('Untitled.ipynb');
  expect(await lab.runCell('print(x + 1)')).toBe('42');
});

test('disconnecting on purpose keeps the notebook running; connecting again brings page and kernel back at once', async () => {
  await markPage();
  await app.page.getByRole('tab', { name: 'Machines' }).click();
  await app.page.getByRole('button', { name: 'Disconnect' }).click();
  await expect(status()).toContainText('Not connected');
  // By now JupyterLab would pause for many seconds between its attempts, if they had been refused.
  await app.page.waitForTimeout(20_000);
  expect(await lab.page.text()).not.toMatch(/dead kernel|server connection error/i);
  await app.page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(status()).toContainText('Connected');
  const backAtMs = Date.now();
  await app.page.getByRole('tab', { name: /, Lab$/ }).click();
  expect(await lab.runCell('print(x + 1)')).toBe('42');
  const tookMs = Date.now() - backAtMs;
  test.info().annotations.push({ type: 'kernel back after', description: `${tookMs} ms` });
  expect(tookMs).toBeLessThan(10_000);
  expect(await isSamePage()).toBe(true);
});
