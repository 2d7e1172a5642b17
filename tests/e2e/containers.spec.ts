import { expect, test } from '@playwright/test';
import {
  type AppProfile,
  answerMessageBoxes,
  guestInFront,
  killLeftApps,
  type LabApp,
  launchApp,
  makeAppProfile,
} from '../support/lab/app';
import { jupyterImage, type LabEngine, startEngine, whyNoEngine } from '../support/lab/container-engine';
import { JupyterLabPage } from '../support/lab/jupyterlab-page';
import { createMachine } from '../support/lab/machine-form';
import { type NotebookMachine, startNotebookMachine } from '../support/lab/notebook-machine';
import { textsOf } from '../support/lab/texts';

/** Real docker (or, where that does not run, podman) on the machine, with an image made of this computer's files. */
const texts = textsOf('en').app;

let profile: AppProfile;
let engine: LabEngine;
let machine: NotebookMachine;
let app: LabApp;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  const reasons = [];
  for (const name of ['docker', 'podman'] as const) {
    const reason = await whyNoEngine(name);
    if (reason === null) {
      engine = await startEngine(name, [jupyterImage]);
      break;
    }
    reasons.push(reason);
  }
  test.skip(engine === undefined, reasons.join('; '));
});

test.afterAll(async () => {
  await killLeftApps();
  await machine?.stop();
  await engine?.stop();
  await profile?.remove();
});

test('JupyterLab in a container runs a cell, goes on after the connection was cut, and leaves no container behind', async () => {
  profile = await makeAppProfile();
  machine = await startNotebookMachine('Box', null, profile, {
    ...engine.environment,
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  });
  app = await launchApp({ profile });
  await createMachine(app.page, { ...machine.form, notebook: { image: jupyterImage } });
  await app.page.getByRole('button', { name: 'Open notebook' }).click();
  const lab = new JupyterLabPage(await guestInFront(app, '/lab'));
  await lab.ready();
  await lab.newNotebook();
  const isInside = 'import os; print(os.path.exists("/.dockerenv") or os.path.exists("/run/.containerenv"))';
  expect(await lab.runCell(isInside)).toBe('True');
  const counting = 'import time\nfor i in range(20):\n    print(i, flush=True)\n    time.sleep(0.25)';
  const cell = await lab.startCell(counting);
  await lab.page.until('the cell to count', () => document.body.textContent?.includes('0\n1\n'));
  await machine.sshd.killSessions();
  const numbers = Array.from({ length: 20 }, (_, index) => index).join('\n');
  expect(await lab.finishedOutput(cell)).toBe(numbers);
  expect(await lab.runCell('print(i + 1)')).toBe('20');

  await app.page.getByRole('tab', { name: 'Machines' }).click();
  const servers = app.page.getByRole('region', { name: 'Running notebooks' }).getByRole('listitem');
  const engineName = engine.name === 'docker' ? 'Docker' : 'Podman';
  await expect(servers).toContainText(`${engineName} container of ${jupyterImage}`);
  await expect(servers).toContainText(texts.notebook.keeping.restored);
  expect(await engine.run('ps', '--quiet')).not.toBe('');
  // Its notebook was never saved, which the app asks about.
  await answerMessageBoxes(app, 1);
  await servers.getByRole('button', { name: 'Stop' }).click();
  await app.page.getByRole('alertdialog').getByRole('button', { name: 'Stop' }).click();
  await expect(app.page.getByText(texts.notebook.noneFound)).toBeVisible({ timeout: 60_000 });
  expect(await engine.run('ps', '--all', '--quiet')).toBe('');
});
