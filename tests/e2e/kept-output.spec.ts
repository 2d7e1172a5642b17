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
import type { PeerName } from '../support/setup/peers';

let profile: AppProfile;
let machine: NotebookMachine;
let faults: FaultProxy;
let app: LabApp;
let lab: JupyterLabPage;

test.beforeEach(async () => {
  test.setTimeout(300_000);
  profile = await makeAppProfile();
});

async function openMachine(jupyter: PeerName): Promise<void> {
  machine = await startNotebookMachine('Lab', jupyter, profile);
  faults = await startFaultProxy(machine.sshd);
  const knownHosts = join(profile.home, '.ssh', 'known_hosts');
  const known = await readFile(knownHosts, 'utf8');
  await appendFile(knownHosts, known.replaceAll(`]:${machine.sshd.port}`, `]:${faults.port}`));
  app = await launchApp({ profile });
  await createMachine(app.page, { ...machine.form, port: faults.port });
  await app.page.getByRole('button', { name: 'Open notebook' }).click();
}

async function openLab(): Promise<void> {
  await openMachine('jupyterlab4');
  lab = await labInFront();
  await lab.newNotebook();
}

/** Ends Nuvem in the middle of whatever it does, starts it again and wakes the first of its tabs. */
async function killAndOpenAgain(): Promise<void> {
  await app.kill();
  await new Promise((passed) => setTimeout(passed, 15_000));
  app = await launchApp({ profile });
  const asleep = app.page.getByRole('tab', { name: /, Lab \(asleep\)$/ });
  await asleep.first().click();
}

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
  await openLab();
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
  await expect(
    app.page.getByRole('region', { name: 'Running notebooks' }).getByRole('listitem'),
  ).toContainText('Output is kept while you are away, also when Nuvem quits');
});

test('Nuvem is killed under a cell that prints every second, nothing saved: the notebook that is opened again shows every line, and goes on', async () => {
  await openLab();
  await lab.runCell('print("before")');
  await lab.startCell(counting(60));
  await lab.page.until('the cell to print', () => document.body.textContent?.includes('line 3\n'));
  await killAndOpenAgain();
  lab = await labInFront();
  await lab.openNotebook('Untitled.ipynb', { isIdle: false });
  await lab.page.until('what was printed meanwhile', () => document.body.textContent?.includes('line 12\n'));

  expect(await lab.finishedOutput(1, 120_000)).toBe(lines(60));
  expect(await lab.outputOf(0)).toBe('before');
  expect(await lab.runCell('print(i + 1)')).toBe('60');
});

test('the page is loaded again under a running cell: every line is there, none twice', async () => {
  await openLab();
  const cell = await lab.startCell(counting(25));
  await lab.page.until('the cell to print', () => document.body.textContent?.includes('line 3\n'));
  await lab.page.evaluate(() => window.location.reload());
  await lab.page
    .until('the new page', () => document.querySelector('#jupyterlab-splash') !== null)
    .catch(() => undefined);
  await lab.ready();
  await lab.page.until('what was printed', () => document.body.textContent?.includes('line 5\n'));
  expect(await lab.finishedOutput(cell, 60_000)).toBe(lines(25));
});

test('the classic notebook, too, shows every line after Nuvem was killed under its cell', async () => {
  await openMachine('classic6');
  const tree = await guestInFront(app, '/tree');
  await tree.until('the list of files', () => document.querySelector('#notebook_list .list_item') !== null);
  await tree.click('#new-dropdown-button');
  await tree.click('#kernel-python3 a');
  const notebook = await guestInFront(app, '/notebooks/');
  await notebook.until('the kernel to be ready', () => document.querySelector('.kernel_idle_icon') !== null);
  await notebook.evaluate((code) => {
    const { notebook: open } = (window as unknown as { Jupyter: { notebook: ClassicNotebook } }).Jupyter;
    open.get_cell(0).set_text(code);
    open.execute_cell();
  }, counting(50));
  await notebook.until('the cell to print', () => document.body.textContent?.includes('line 3\n'));
  await killAndOpenAgain();
  const again = await guestInFront(app, '/tree');
  await again.click('#notebook_list a.item_link[href*="Untitled"]');
  const restored = await guestInFront(app, '/notebooks/');
  await restored.until(
    'the cell to be finished',
    () => /\[\d+\]/.test(document.querySelector('.input_prompt')?.textContent ?? ''),
    undefined,
    120_000,
  );
  const text = await restored.evaluate(() => document.querySelector('.output_text')?.textContent);
  expect(text?.trim()).toBe(lines(50));
});

interface ClassicNotebook {
  get_cell(index: number): { set_text(text: string): void };
  execute_cell(): void;
}
