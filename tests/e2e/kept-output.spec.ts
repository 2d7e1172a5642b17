import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import {
  type AppProfile,
  guestInFront,
  killLeftApps,
  type LabApp,
  launchApp,
  makeAppProfile,
} from '../support/lab/app';
import { type FaultProxy, startFaultProxy } from '../support/lab/fault-proxy';
import { JupyterLabPage } from '../support/lab/jupyterlab-page';
import { createMachine } from '../support/lab/machine-form';
import { type NotebookMachine, startNotebookMachine } from '../support/lab/notebook-machine';

let profile: AppProfile;
let machine: NotebookMachine;
let faults: FaultProxy;
let app: LabApp;
let lab: JupyterLabPage;

test.beforeEach(async () => {
  test.setTimeout(300_000);
  profile = await makeAppProfile();
  machine = await startNotebookMachine('Lab', 'jupyterlab4', profile);
  faults = await startFaultProxy(machine.sshd);
  const knownHosts = join(profile.home, '.ssh', 'known_hosts');
  const known = await readFile(knownHosts, 'utf8');
  await appendFile(knownHosts, known.replaceAll(`]:${machine.sshd.port}`, `]:${faults.port}`));
  app = await launchApp({ profile });
  await createMachine(app.page, { ...machine.form, port: faults.port });
  await app.page.getByRole('button', { name: 'Open notebook' }).click();
  lab = await labInFront();
  await lab.newNotebook();
});

test.afterEach(async () => {
  await killLeftApps();
  await faults.stop();
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
const counting = (count: number): string =>
  `import time\nfor i in range(${count}):\n    print("line", i, flush=True)\n    time.sleep(1)`;
const lines = (count: number): string =>
  Array.from({ length: count }, (_, index) => `line ${index}`).join('\n');

test('the cable is out for a minute under a cell that prints every second: the same page shows every line', async () => {
  await lab.page.evaluate(() => void Object.assign(window, { isSamePage: true }));
  const cell = await lab.startCell(counting(75));
  await lab.page.until('the cell to print', () => document.body.textContent?.includes('line 3\n'));
  faults.setFaults({ isBlackHole: true });
  await expect(status()).toContainText('Connection lost', { timeout: 45_000 });
  await app.page.waitForTimeout(40_000);
  expect(await lab.page.text()).not.toMatch(/dead kernel|server connection error/i);
  faults.setFaults({});
  await app.page.getByRole('button', { name: 'Try now' }).click();
  await expect(status()).toHaveCount(0, { timeout: 60_000 });

  expect(await lab.finishedOutput(cell, 120_000)).toBe(lines(75));
  expect(await lab.runCell('print(i)')).toBe('74');
  expect(await lab.page.evaluate(() => 'isSamePage' in window)).toBe(true);
  await app.page.getByRole('tab', { name: 'Machines' }).click();
  await expect(app.page.getByRole('main').getByRole('listitem').first()).toContainText('Output is kept');
});
