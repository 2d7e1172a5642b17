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

const texts = textsOf('en').environments;

let profile: AppProfile;
let app: LabApp;
let machine: NotebookMachine;

test.beforeEach(async () => {
  profile = await makeAppProfile();
  app = await launchApp({ profile });
  machine = await startNotebookMachine('Lab', null, profile);
});

test.afterEach(async () => {
  await killLeftApps();
  await machine?.stop();
  await profile.remove();
});

const section = () => app.page.getByRole('region', { name: texts.title });
const press = (name: string): Promise<void> => app.page.getByRole('button', { name, exact: true }).click();

/** Opens the machine's notebook and resolves with what a cell of a new one prints. */
async function printed(code: string): Promise<string> {
  await press('Open notebook');
  const lab = new JupyterLabPage(await guestInFront(app, '/lab'));
  await lab.ready();
  await lab.newNotebook();
  return lab.runCell(code);
}

test('an environment that was found is chosen by its name, and its Python runs the cells', async () => {
  test.setTimeout(180_000);
  const path = await makeVenv(machine.home, 'venvs/vision', ['jupyterlab', 'ipykernel']);
  await makeVenv(machine.home, 'venvs/without');
  await createMachine(app.page, machine.form);
  await section().getByRole('button', { name: texts.look }).click();
  const row = section().getByRole('listitem').filter({ hasText: 'vision' });
  await expect(row).toContainText(/Virtual environment · Python 3\.\d+\.\d+ · JupyterLab 4\./);
  await expect(section().getByRole('button', { name: 'Use without' })).toHaveCount(0);
  await row.getByRole('button', { name: 'Use vision' }).click();
  await expect(row).toContainText(texts.inUse);
  expect(await printed('import sys; print(sys.executable)')).toBe(join(path, 'bin', 'python'));
});

test('where there is no Jupyter, Nuvem shows how it installs one, does so, and the notebook runs in it', async () => {
  test.setTimeout(300_000);
  await installUv(machine.home);
  await createMachine(app.page, machine.form);
  await press('Open notebook');
  const alert = app.page.getByRole('main').getByRole('alert');
  await alert.getByRole('button', { name: 'Install JupyterLab…' }).click({ timeout: 60_000 });
  const dialog = app.page.getByRole('dialog');
  await expect(dialog).toContainText('uv pip install --python');
  const place = join(machine.home, '.local/share/nuvem/environments/jupyterlab');
  await expect(dialog).toContainText(`uv venv --seed ${place}`);
  await dialog.getByRole('button', { name: texts.recipe.newEnvironment.start, exact: true }).click();
  await expect(dialog.getByRole('status')).toContainText(`JupyterLab is installed in ${place}`, {
    timeout: 180_000,
  });
  await dialog.getByRole('button', { name: 'Open notebook' }).click();
  const lab = new JupyterLabPage(await guestInFront(app, '/lab'));
  await lab.ready();
  await lab.newNotebook();
  expect(await lab.runCell('import sys; print(sys.executable)')).toBe(join(place, 'bin', 'python'));
});
