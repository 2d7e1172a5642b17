import { writeFile } from 'node:fs/promises';
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
import { installUv, makeVenv } from '../support/lab/python-home';
import { textsOf } from '../support/lab/texts';

const texts = textsOf('en');

let profile: AppProfile;
let app: LabApp;
let machine: NotebookMachine;

test.beforeEach(async () => {
  profile = await makeAppProfile();
  machine = await startNotebookMachine('Lab', null, profile);
  await installUv(machine.home);
  await makeVenv(machine.home, '.venvs/lab', ['jupyterlab', 'ipykernel']);
  await writeFile(join(machine.home, 'train.py'), '# # Training\n\n# %%\nanswer = 6 * 7\nprint(answer)\n');
  app = await launchApp({ profile });
});

test.afterEach(async () => {
  await killLeftApps();
  await machine.stop();
  await profile.remove();
});

const press = (name: string): Promise<void> => app.page.getByRole('button', { name, exact: true }).click();

async function openByPath(path: string): Promise<void> {
  await press(texts.app.home.openPath);
  await app.page.getByRole('dialog').getByRole('combobox').fill(path);
  await app.page.keyboard.press('Enter');
}

async function startJupyter(): Promise<void> {
  await press('Open notebook');
  await new JupyterLabPage(await guestInFront(app, '/lab')).ready();
  await app.page.getByRole('tab', { name: 'Machines' }).click();
}

test('a script opens in the editor, jupytext is added by one press and a yes, and then it is a notebook whose cells run', async () => {
  test.setTimeout(300_000);
  await createMachine(app.page, machine.form);
  await press(texts.environments.look);
  await app.page.getByRole('button', { name: 'Use lab' }).click({ timeout: 60_000 });
  await startJupyter();

  await openByPath('~/train.py');
  const notices = app.page.getByRole('region', { name: texts.app.notices.region });
  await expect(notices).toContainText('train.py is open in the editor. With jupytext,');
  await notices.getByRole('button', { name: texts.app.notices.addJupytext }).click();
  const dialog = app.page.getByRole('dialog');
  await expect(dialog).toContainText(/uv pip install --python \S+\/\.venvs\/lab\/bin\/python3? jupytext/);
  const { start } = texts.environments.recipe.addJupytext;
  await dialog.getByRole('button', { name: start, exact: true }).click();
  await expect(dialog.getByRole('status')).toContainText('jupytext is in ', { timeout: 120_000 });
  await dialog.getByRole('button', { name: texts.app.common.close }).click();

  await app.page.getByRole('tab', { name: /^train\.py/ }).click();
  const editor = await guestInFront(app, 'train.py');
  await editor.until('the editor', () => document.querySelector('.jp-FileEditor .cm-content') !== null);

  await app.page.getByRole('tab', { name: 'Machines' }).click();
  await press(texts.app.notebook.stop);
  await app.page.getByRole('alertdialog').getByRole('button', { name: texts.app.notebook.stop }).click();
  await expect(app.page.getByRole('tab')).toHaveCount(1, { timeout: 60_000 });
  await startJupyter();
  await openByPath('~/train.py');
  const page = await guestInFront(app, 'train.py');
  await page.until('the script as a notebook', () => {
    const cells = [...document.querySelectorAll('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook-cell')];
    return cells.some((cell) => cell.querySelector('.cm-content')?.textContent?.includes('answer = 6 * 7'));
  });
  await page.until('the editor to be gone', () => document.querySelector('.jp-FileEditor') === null);
  const notebook = new JupyterLabPage(page);
  await notebook.kernelIdle();
  expect(await notebook.runCell('print(6 * 7)')).toBe('42');
});
