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
import { type SlurmCluster, startSlurmCluster, whyNoSlurm } from '../support/lab/slurm-cluster';

let profile: AppProfile;
let cluster: SlurmCluster | null = null;
let machine: NotebookMachine | null = null;
let app: LabApp;

test.beforeEach(async () => {
  const reason = await whyNoSlurm();
  test.skip(reason !== null, `Slurm can't be tried: ${reason}`);
  profile = await makeAppProfile();
  cluster = await startSlurmCluster();
  machine = await startNotebookMachine('Lab', 'jupyterlab4', profile, cluster.environment);
});

test.afterEach(async () => {
  await killLeftApps();
  await cluster?.stop();
  await machine?.stop();
  await profile?.remove();
});

const press = (name: string): Promise<void> => app.page.getByRole('button', { name, exact: true }).click();

test('a notebook is handed to Slurm, runs a cell on its node, and is cancelled', async () => {
  test.slow();
  if (machine === null) throw new Error('there is no machine');
  app = await launchApp({ profile });
  await createMachine(app.page, machine.form);
  await press('Connect');
  await app.page.getByRole('button', { name: 'Start as a job…' }).click({ timeout: 60_000 });
  const dialog = app.page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Time limit' }).fill('0:30');
  await dialog.getByRole('textbox', { name: 'Memory' }).fill('1G');
  await expect(dialog.getByLabel('Batch script')).toContainText('#SBATCH --mem=1G');
  await expect(dialog.getByLabel('Batch script')).toContainText('#SBATCH --time=0:30:00');
  await dialog.getByRole('button', { name: 'Submit job' }).click();

  const jobs = app.page.getByRole('region', { name: 'Slurm jobs' });
  await expect(jobs).toContainText(/Runs on lab1\. Time left: \d+ minutes/, { timeout: 90_000 });
  await jobs.getByRole('button', { name: 'Open' }).click();
  const lab = new JupyterLabPage(await guestInFront(app, '/lab'));
  await lab.ready();
  await lab.newNotebook();
  expect(await lab.runCell('import os; print(os.environ["SLURM_JOB_PARTITION"])')).toBe('short');

  await app.page.getByRole('tab', { name: 'Machines' }).click();
  await jobs.getByRole('button', { name: 'Cancel job' }).click();
  await app.page.getByRole('alertdialog').getByRole('button', { name: 'Cancel job' }).click();
  await expect(jobs).toContainText('Cancelled.', { timeout: 60_000 });
  await jobs.getByRole('button', { name: 'Remove' }).click();
  await expect(jobs).toContainText('No notebook of yours waits or runs', { timeout: 30_000 });
});
