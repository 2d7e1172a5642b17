import { expect, test } from '@playwright/test';
import {
  type AppProfile,
  guestInFront,
  killLeftApps,
  type LabApp,
  launchApp,
  makeAppProfile,
} from '../support/lab/app';
import { createMachine } from '../support/lab/machine-form';
import { type NotebookMachine, startNotebookMachine } from '../support/lab/notebook-machine';
import { processesAtHome } from '../support/lab/owned-processes';

let profile: AppProfile;
let machine: NotebookMachine;
let app: LabApp;

test.beforeEach(async () => {
  profile = await makeAppProfile();
});

test.afterEach(async () => {
  await killLeftApps();
  await machine.stop();
  await profile.remove();
});

const press = (name: string): Promise<void> => app.page.getByRole('button', { name, exact: true }).click();
const gauge = (name: string) => app.page.getByRole('article', { name });
const running = () => processesAtHome(machine.home);

async function connect(jupyter: 'jupyterlab4' | null): Promise<void> {
  machine = await startNotebookMachine('Lab', jupyter, profile);
  app = await launchApp({ profile });
  await createMachine(app.page, machine.form);
  await press('Connect');
  await expect(gauge('Processors')).toContainText(/\d+%.*core/, { timeout: 20_000 });
}

test("a connected machine's page shows how busy it is, and a killed app leaves nothing on the machine", async () => {
  await connect(null);
  await expect(gauge('Memory')).toContainText(/\d+%.*GiB of/);
  await expect(gauge('Processors').getByRole('img', { name: /last two minutes/ })).toBeVisible();
  await expect(app.page.getByRole('article', { name: /^Disk \// })).toContainText('free');
  expect(await running()).not.toEqual([]);
  await app.kill();
  await expect.poll(running, { timeout: 20_000 }).toEqual([]);
});

test('nothing is measured while the window is hidden', async () => {
  await connect(null);
  // Playwright has every page think that it is visible, whatever the window does.
  const say = (state: DocumentVisibilityState) =>
    app.page.evaluate((visibility) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, value: visibility });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await say('hidden');
  await expect.poll(running, { timeout: 20_000 }).toEqual([]);
  await say('visible');
  await expect.poll(running, { timeout: 20_000 }).not.toEqual([]);
});

test('the machine is measured again when its page is looked at after a notebook', async () => {
  await connect('jupyterlab4');
  await press('Open notebook');
  await guestInFront(app, '/lab');
  await expect(gauge('Processors')).toBeHidden();
  await app.page.getByRole('tab', { name: 'Machines' }).click();
  await expect(gauge('Processors')).toContainText(/\d+%/);
});
