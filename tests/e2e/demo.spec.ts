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

let profile: AppProfile;
let app: LabApp;

test.beforeAll(async () => {
  profile = await makeAppProfile();
  app = await launchApp({ profile });
});

test.afterAll(async () => {
  await killLeftApps();
  await profile.remove();
});

test('a newcomer gets from the first window to an executed cell with one click', async () => {
  await app.page.getByRole('button', { name: 'Try with a demo machine' }).click();
  await expect(app.page.getByRole('tab', { name: /, Demo machine$/ })).toBeVisible({ timeout: 120_000 });
  const lab = new JupyterLabPage(await guestInFront(app, '/lab'));
  await lab.ready();
  await lab.newNotebook();
  expect(await lab.runCell('print(6*7)')).toBe('42');
});
