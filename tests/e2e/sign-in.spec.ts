import { expect, test } from '@playwright/test';
import {
  type AppProfile,
  guestInFront,
  killLeftApps,
  type LabApp,
  launchApp,
  makeAppProfile,
} from '../support/lab/app';
import { type JupyterByHand, setJupyterPassword, startJupyterByHand } from '../support/lab/jupyter-by-hand';
import { JupyterLabPage } from '../support/lab/jupyterlab-page';
import { createMachine } from '../support/lab/machine-form';
import { type NotebookMachine, startNotebookMachine } from '../support/lab/notebook-machine';

let profile: AppProfile;
let machine: NotebookMachine;
let app: LabApp;
let jupyter: JupyterByHand;

test.beforeEach(async () => {
  profile = await makeAppProfile();
  machine = await startNotebookMachine('Lab', 'jupyterlab4', profile);
});

test.afterEach(async () => {
  await killLeftApps();
  jupyter?.child.kill('SIGKILL');
  await machine.stop();
  await profile.remove();
});

const press = (name: string): Promise<void> => app.page.getByRole('button', { name, exact: true }).click();

test('a server that was started by hand with a password opens once that is given, and runs a cell', async () => {
  await setJupyterPassword(machine.home, 'jupyterlab4', 'open sesame');
  jupyter = await startJupyterByHand({ home: machine.home, peer: 'jupyterlab4' });
  app = await launchApp({ profile });
  await createMachine(app.page, machine.form);
  await press('Look for running notebooks');
  await expect(app.page.getByText('It asks for its password.')).toBeVisible({ timeout: 30_000 });
  await press('Open…');
  const dialog = app.page.getByRole('dialog');
  await dialog.getByLabel('Password').fill('wrong');
  await app.page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('does not take this', { timeout: 30_000 });
  await dialog.getByLabel('Password').fill('open sesame');
  await app.page.keyboard.press('Enter');

  const lab = new JupyterLabPage(await guestInFront(app, '/lab'));
  await lab.ready();
  await lab.newNotebook();
  expect(await lab.runCell('print(6*7)')).toBe('42');
  expect(await app.page.evaluate(() => document.documentElement.outerHTML)).not.toContain('open sesame');
});

test('a server that Nuvem does not find opens by the address that it printed', async () => {
  jupyter = await startJupyterByHand({
    home: machine.home,
    peer: 'jupyterlab4',
    runtimeFolder: `${machine.home}/elsewhere`,
  });
  app = await launchApp({ profile });
  await createMachine(app.page, machine.form);
  await press('By address…');
  const dialog = app.page.getByRole('dialog');
  await dialog
    .getByLabel('Address on the machine')
    .fill(`http://localhost:${jupyter.port}/lab?token=${jupyter.token}`);
  await app.page.keyboard.press('Enter');
  const lab = new JupyterLabPage(await guestInFront(app, '/lab'));
  await lab.ready();
  await lab.newNotebook();
  expect(await lab.runCell('print(6*7)')).toBe('42');
});
