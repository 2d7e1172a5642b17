import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
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

const kernelspec = { name: 'python3', display_name: 'Python 3 (ipykernel)', language: 'python' };
const emptyCell = { cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source: '' };
const python = JSON.stringify({
  cells: [emptyCell],
  metadata: { kernelspec },
  nbformat: 4,
  nbformat_minor: 4,
});

test.beforeEach(async () => {
  profile = await makeAppProfile();
  machine = await startNotebookMachine('Lab', 'jupyterlab4', profile);
  await mkdir(join(machine.home, 'deep'));
  await writeFile(join(machine.home, 'train.ipynb'), python);
  await writeFile(join(machine.home, 'deep', 'analysis.ipynb'), python);
  app = await launchApp({ profile });
  await createMachine(app.page, machine.form);
  await press('Open notebook');
  await pageOf('/lab');
  await goHome();
});

test.afterEach(async () => {
  await killLeftApps();
  await machine.stop();
  await profile.remove();
});

const press = (name: string): Promise<void> => app.page.getByRole('button', { name, exact: true }).click();
const goHome = (): Promise<void> => app.page.getByRole('tab', { name: 'Machines' }).click();
const row = (name: string) => app.page.getByRole('row', { name }).filter({ hasText: 'Python 3' });

async function pageOf(part: string): Promise<JupyterLabPage> {
  const lab = new JupyterLabPage(await guestInFront(app, part));
  await lab.ready();
  return lab;
}

/** The notebook of that name, opened by a press on it among those that were changed last. */
async function openRecent(name: string): Promise<JupyterLabPage> {
  await press(name);
  const lab = await pageOf(name);
  await lab.kernelIdle();
  return lab;
}

test('two notebooks run: one is interrupted, one shut down, from the home of the machine', async () => {
  const busy = await openRecent('train.ipynb');
  const cell = await busy.startCell('x = 41\nimport time\ntime.sleep(600)');
  await goHome();
  await expect(row('train.ipynb')).toContainText('Busy', { timeout: 20_000 });
  await expect(row('train.ipynb')).toContainText(/\d\sMiB/, { timeout: 30_000 });

  await press('New notebook');
  await app.page.getByRole('menuitem', { name: 'Python 3 (ipykernel)' }).click();
  const fresh = await pageOf('Untitled.ipynb');
  await fresh.kernelIdle();
  expect(await fresh.runCell('print(6*7)')).toBe('42');
  await goHome();
  await expect(row('Untitled.ipynb')).toContainText('Idle', { timeout: 20_000 });

  await press('Interrupt train.ipynb');
  await expect(row('train.ipynb')).toContainText('Idle', { timeout: 20_000 });
  await press('Open train.ipynb');
  expect(await busy.finishedOutput(cell)).toContain('KeyboardInterrupt');
  expect(await busy.runCell('print(x + 1)')).toBe('42');

  await goHome();
  await press('Shut down the kernel of Untitled.ipynb');
  await app.page.getByRole('alertdialog').getByRole('button', { name: 'Shut down' }).click();
  await expect(row('Untitled.ipynb')).toHaveCount(0, { timeout: 20_000 });
  await expect(row('train.ipynb')).toHaveCount(1);
});

test('a kernel is restarted after a question, and a file is opened by its path', async () => {
  await press('Open by path…');
  const dialog = app.page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Path' }).fill('~/deep/none.ipynb');
  await app.page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('There is no ~/deep/none.ipynb on the machine.');
  await dialog.getByRole('combobox', { name: 'Path' }).fill('~/de');
  await expect(dialog.getByRole('option')).toHaveText(['~/deep/']);
  await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('Enter');
  await expect(dialog.getByRole('option')).toHaveText(['~/deep/analysis.ipynb']);
  await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('Enter');
  await expect(dialog.getByRole('combobox', { name: 'Path' })).toHaveValue('~/deep/analysis.ipynb');
  await app.page.keyboard.press('Enter');
  const lab = await pageOf('analysis.ipynb');
  await lab.kernelIdle();
  await expect(app.page.getByRole('tab', { name: /^analysis/, selected: true })).toBeVisible();
  expect(await lab.runCell('x = 41; print(x)')).toBe('41');

  await goHome();
  await press('Restart the kernel of deep/analysis.ipynb');
  const question = app.page.getByRole('alertdialog');
  await expect(question).toContainText('Its variables are lost.');
  await app.page.keyboard.press('Escape');
  await expect(question).toHaveCount(0);
  await press('Restart the kernel of deep/analysis.ipynb');
  await question.getByRole('button', { name: 'Restart' }).click();
  await expect(row('deep/analysis.ipynb')).toContainText('Idle', { timeout: 20_000 });
  await app.page.getByRole('tab', { name: /^analysis/ }).click();
  // JupyterLab drops a cell that it is given while it does not know yet of a restart from elsewhere.
  await expect(async () => {
    const cell = await lab.startCell("print('x' in dir())");
    expect(await lab.finishedOutput(cell, 10_000)).toBe('False');
  }).toPass({ timeout: 120_000 });
});

test('a notebook that was opened is offered after Nuvem was killed and started again, until it is forgotten', async () => {
  const opened = () => app.page.getByRole('table', { name: 'Opened last in Nuvem' });
  await openRecent('train.ipynb');
  await goHome();
  await expect(opened()).toContainText('train.ipynb');
  await app.kill();
  app = await launchApp({ profile });
  await app.page.getByRole('complementary').getByRole('treeitem', { name: 'Lab' }).click();
  await press('Look for running notebooks');
  await opened().getByRole('button', { name: 'train.ipynb', exact: true }).click({ timeout: 60_000 });
  const lab = await pageOf('train.ipynb');
  await lab.kernelIdle();
  expect(await lab.runCell('print(6*7)')).toBe('42');

  await goHome();
  await press('Forget train.ipynb');
  await expect(opened()).toHaveCount(0);
  await expect(app.page.getByRole('table', { name: 'Changed last' })).toContainText('train.ipynb');
});
