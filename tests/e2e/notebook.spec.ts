import { spawn } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import {
  type AppProfile,
  guestInFront,
  killLeftApps,
  type LabApp,
  launchApp,
  makeAppProfile,
  saveWindowScreenshot,
} from '../support/lab/app';
import { JupyterLabPage } from '../support/lab/jupyterlab-page';
import { createMachine } from '../support/lab/machine-form';
import { type NotebookMachine, startNotebookMachine } from '../support/lab/notebook-machine';
import { runCommand } from '../support/lab/run-command';
import { textsOf } from '../support/lab/texts';
import { labPeer, type PeerName } from '../support/setup/peers';

const texts = textsOf('en').app;

let profile: AppProfile;
let app: LabApp;
let machines: NotebookMachine[];

test.beforeEach(async () => {
  profile = await makeAppProfile();
  machines = [];
});

test.afterEach(async () => {
  await killLeftApps();
  for (const machine of machines) await machine.stop();
  await profile.remove();
});

/** A machine with that Jupyter, in front in the app. */
async function openMachine(name: string, jupyter: PeerName | null): Promise<NotebookMachine> {
  const machine = await startNotebookMachine(name, jupyter, profile);
  machines.push(machine);

  await createMachine(app.page, machine.form);
  return machine;
}

test.beforeEach(async () => {
  app = await launchApp({ profile });
});

const press = (name: string): Promise<void> => app.page.getByRole('button', { name, exact: true }).click();
const home = (): Promise<void> => app.page.getByRole('tab', { name: 'Machines' }).click();
const servers = () => app.page.getByRole('region', { name: texts.notebook.running }).getByRole('listitem');

async function openLab(): Promise<JupyterLabPage> {
  await press('Open notebook');
  const lab = new JupyterLabPage(await guestInFront(app, '/lab'));
  await lab.ready();
  return lab;
}

test('one click on a machine leads to an executed cell, and the token is to be seen nowhere', async () => {
  const machine = await openMachine('Lab', 'jupyterlab4');
  const lab = await openLab();
  await expect(app.page.getByRole('tab', { name: /, Lab$/ })).toBeVisible();
  await lab.newNotebook();
  expect(await lab.runCell('print(6*7)')).toBe('42');
  expect(await lab.runCell('import os; print(os.getcwd())')).toBe(machine.home);

  const token = await tokenOf(machine);
  expect(await lab.page.url()).toMatch(/^http:\/\/localhost:\d+\/lab/);
  expect(await lab.page.evaluate(() => `${location.href} ${document.cookie}`)).not.toContain(token);
  expect(await runCommand('ps', ['-eo', 'args'])).not.toContain(token);
  expect(await lab.runCell('print([v for v in os.environ.values() if len(v) > 20])')).not.toContain(token);
  await home();
  await press('Connection log');
  await expect(app.page.getByRole('main')).toContainText('Jupyter');
  await expect(app.page.getByRole('main')).not.toContainText(token);
  await app.quit();
  const found = await runCommand('sh', [
    '-c',
    'grep -rlF -- "$1" "$2" || true',
    'sh',
    token,
    profile.userData,
  ]);
  expect(found).toBe('');
});

test('two machines at once are both localhost:8888 to their pages, and share no cookie', async () => {
  const first = await openMachine('GPU box', 'jupyterlab4');
  const second = await openMachine('Small one', 'jupyterlab4');
  await writeFile(join(first.home, 'on-the-first.txt'), '');
  await writeFile(join(second.home, 'on-the-second.txt'), '');
  const secondLab = await openLab();
  await home();
  await app.page.getByRole('treeitem', { name: 'GPU box' }).click();
  const firstLab = await openLab();

  for (const lab of [firstLab, secondLab]) expect(await lab.page.url()).toContain('http://localhost:8888/');
  const files = (lab: JupyterLabPage): Promise<string[]> =>
    lab.page.evaluate(async () => {
      const answer = await fetch('/api/contents');
      const { content } = (await answer.json()) as { content: { name: string }[] };
      return content.map(({ name }) => name);
    });
  expect(await files(firstLab)).toContain('on-the-first.txt');
  expect(await files(firstLab)).not.toContain('on-the-second.txt');
  expect(await files(secondLab)).toContain('on-the-second.txt');

  await firstLab.page.evaluate(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: a page sets cookies in this way.
    document.cookie = 'whose=the-first; path=/';
  });
  expect(await firstLab.page.evaluate(() => document.cookie)).toContain('whose=the-first');
  expect(await secondLab.page.evaluate(() => document.cookie)).not.toContain('whose');

  await firstLab.newNotebook();
  expect(await firstLab.runCell(trainingCell)).toContain('epoch 3  loss 0.125');
  await firstLab.page.until('no question about news', () => {
    const buttons = [...document.querySelectorAll<HTMLElement>('.Toastify button, .Toastify jp-button')];
    buttons.find(({ textContent }) => textContent?.trim() === 'No')?.click();
    return buttons.length === 0;
  });
  // The README's picture: docs/images/nuvem.png is a copy of it.
  await saveWindowScreenshot(app, 'test-results/nuvem.png');
});

test('a notebook that somebody else started is found, opened and left running', async () => {
  const machine = await openMachine('Lab', 'jupyterlab4');
  const other = await startOwnJupyter(machine);
  await press('Look for running notebooks');
  await expect(servers()).toContainText(texts.notebook.origin.found, { timeout: 30_000 });
  await servers().getByRole('button', { name: 'Open', exact: true }).click();
  const lab = new JupyterLabPage(await guestInFront(app, '/lab'));
  await lab.ready();
  await lab.newNotebook();
  expect(await lab.runCell('print("found")')).toBe('found');
  await app.quit();
  expect(other.exitCode).toBeNull();
});

test('an opened notebook is opened again, not started again; another one is started on wish; both stop', async () => {
  await openMachine('Lab', 'jupyterlab4');
  await openLab();
  await home();
  await expect(servers()).toHaveCount(1);
  await openLab();
  await expect(app.page.getByRole('tab')).toHaveCount(2);
  await home();
  await press('Start another');
  await expect(app.page.getByRole('tab')).toHaveCount(3, { timeout: 60_000 });
  await home();
  await expect(servers()).toHaveCount(2);

  for (const left of [1, 0]) {
    await servers().first().getByRole('button', { name: 'Stop' }).click();
    await app.page.getByRole('alertdialog').getByRole('button', { name: 'Stop' }).click();
    await expect(servers()).toHaveCount(left, { timeout: 30_000 });
    await expect(app.page.getByRole('tab')).toHaveCount(left + 1);
  }
  await expect(app.page.getByText(texts.notebook.noneFound)).toBeVisible();
});

test('a classic notebook runs a cell, too', async () => {
  await openMachine('Classic', 'classic6');
  await press('Open notebook');
  const tree = await guestInFront(app, '/tree');
  await tree.until('the list of files', () => document.querySelector('#notebook_list .list_item') !== null);
  await tree.click('#new-dropdown-button');
  await tree.click('#kernel-python3 a');
  const notebook = await guestInFront(app, '/notebooks/');
  await notebook.until('the kernel to be ready', () => document.querySelector('.kernel_idle_icon') !== null);
  await notebook.evaluate(() => {
    const { notebook: open } = (window as unknown as { Jupyter: { notebook: ClassicNotebook } }).Jupyter;
    open.get_cell(0).set_text('print(6*7)');
    open.execute_cell();
  });
  expect(
    await notebook.until('the output', () => document.querySelector('.output_text pre')?.textContent),
  ).toBe('42\n');
});

test('a Notebook 7 runs a cell, too', async () => {
  const machine = await startNotebookMachine('Seven', 'notebook7', profile);
  machines.push(machine);
  await writeFile(
    join(machine.home, 'seven.ipynb'),
    JSON.stringify({
      cells: [{ cell_type: 'code', id: 'a', source: '', metadata: {}, outputs: [], execution_count: null }],
      metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
      nbformat: 4,
      nbformat_minor: 5,
    }),
  );
  const command = `${labPeer('notebook7').binFolder}/jupyter notebook`;
  await createMachine(app.page, { ...machine.form, notebook: { command } });
  await press('Open notebook');
  const tree = await guestInFront(app, '/tree');
  await tree.until('the list of files', () => document.body.textContent?.includes('seven.ipynb'));
  await home();
  await expect(servers()).toContainText('Jupyter Notebook 7');
  await press('Open by path…');
  await app.page.getByRole('dialog').getByRole('combobox', { name: 'Path' }).fill('~/seven.ipynb');
  await app.page.keyboard.press('Enter');
  const notebook = new JupyterLabPage(await guestInFront(app, '/notebooks/seven.ipynb'));
  // A cell that is run before there is a kernel brings up the choice of one, which then is in the way.
  await notebook.page.until('the page to have its kernel', async () => {
    const sessions: readonly { kernel: { connections: number; execution_state: string } }[] = await (
      await fetch('/api/sessions')
    ).json();
    return sessions.some(({ kernel }) => kernel.connections > 0 && kernel.execution_state === 'idle');
  });
  expect(await notebook.runCell('print(6*7)')).toBe('42');
});

test('a machine without Jupyter says how to get it', async () => {
  await openMachine('Bare', null);
  await press('Open notebook');
  const alert = app.page.getByRole('alert');
  await expect(alert).toContainText(textsOf('en').errors['notebook-not-installed'].what, { timeout: 30_000 });
  await alert.getByRole('button', { name: 'Details' }).click();
  await expect(alert).toContainText('pip install');
  await expect(alert.getByRole('button', { name: 'Install JupyterLab…' })).toBeVisible();
});

test('a command that fails shows its last lines', async () => {
  const machine = await startNotebookMachine('Broken', null, profile);
  machines.push(machine);
  await createMachine(app.page, {
    ...machine.form,
    notebook: { command: 'sh -c "echo first; echo the last words >&2; exit 3" jupyter lab' },
  });
  await press('Open notebook');
  const alert = app.page.getByRole('alert');
  await expect(alert).toContainText('ended with exit code 3', { timeout: 60_000 });
  await alert.getByRole('button', { name: 'Details' }).click();
  await expect(alert).toContainText('the last words');
});

test('a working folder that is not there is named', async () => {
  const machine = await startNotebookMachine('Lab', 'jupyterlab4', profile);
  machines.push(machine);
  await createMachine(app.page, { ...machine.form, workingFolder: '~/no such folder' });
  await press('Open notebook');
  await expect(app.page.getByRole('alert')).toContainText(`${machine.home}/no such folder`, {
    timeout: 30_000,
  });
});

const trainingCell = [
  'import math, platform',
  'print("Python", platform.python_version())',
  'for epoch in range(4):',
  '    print(f"epoch {epoch}  loss {math.pow(2, -epoch):.3f}")',
].join('\n');

interface ClassicNotebook {
  get_cell(index: number): { set_text(text: string): void };
  execute_cell(): void;
}

async function tokenOf(machine: NotebookMachine): Promise<string> {
  const base = join(machine.home, '.local/share/nuvem/notebooks');
  const [instance] = (await readdir(base)).filter((name) => !name.startsWith('.'));
  const token = (await readFile(join(base, instance ?? '', 'token'), 'utf8')).trim();
  expect(token.length).toBeGreaterThan(20);
  return token;
}

async function startOwnJupyter(machine: NotebookMachine) {
  const jupyter = spawn(
    join(labPeer('jupyterlab4').binFolder, 'jupyter-lab'),
    ['--no-browser', '--allow-root', '--port-retries=50', `--ServerApp.root_dir=${machine.home}`],
    { env: { HOME: machine.home, PATH: process.env.PATH ?? '' }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  await new Promise<void>((done) => {
    jupyter.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('is running at')) done();
    });
  });
  return jupyter;
}
