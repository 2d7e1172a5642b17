import { expect, test } from '@playwright/test';
import {
  type AppProfile,
  guestInFront,
  killLeftApps,
  type LabApp,
  launchApp,
  makeAppProfile,
} from '../support/lab/app';
import { callsOf } from '../support/lab/app-calls';
import { chooseMenu } from '../support/lab/app-menu';
import { canMakeNetworks } from '../support/lab/lab-network';
import { createMachine } from '../support/lab/machine-form';
import { textsOf } from '../support/lab/texts';
import { startWebMachine, type WebMachine } from '../support/lab/web-machine';

test.describe.configure({ mode: 'serial', timeout: 120_000 });
test.skip(!canMakeNetworks, 'a network of its own for the machine needs root on Linux');

const texts = textsOf('en').app;

let profile: AppProfile;
let machine: WebMachine;
let app: LabApp;
let machineId: string;

test.beforeAll(async () => {
  profile = await makeAppProfile();
  machine = await startWebMachine('Cluster', profile);
  await machine.startSite();
  app = await launchApp({ profile });
  await createMachine(app.page, machine.form);
  machineId = (await callsOf(app).machines.list()).machines[0]?.id ?? '';
});

test.afterAll(async () => {
  await killLeftApps();
  await machine.stop();
  await profile.remove();
});

const open = (address: string) =>
  callsOf(app).webApps.open({ machineId: machineId as never, address, title: '' });
const titles = async () => (await callsOf(app).tabs.list()).tabs.map(({ title }) => title);
const tab = (name: RegExp) => app.page.getByRole('tab', { name });
const menuOf = async (name: RegExp, entry: string): Promise<void> => {
  await tab(name).click({ button: 'right' });
  await app.page.getByRole('menuitem', { name: entry, exact: true }).click();
};
const guestCount = () =>
  app.electron.evaluate(
    ({ webContents }) =>
      webContents.getAllWebContents().filter((page) => page.getType() === 'webview').length,
  );

test('tabs are moved by mouse and by menu', async () => {
  for (const path of ['', 'second', 'node']) await open(`http://localhost:8088/${path}`);
  await expect.poll(titles).toEqual(['Cluster monitor', 'Second page', 'A node']);
  await menuOf(/^A node/, texts.tabs.moveLeft);
  await expect.poll(titles).toEqual(['Cluster monitor', 'A node', 'Second page']);
  await tab(/^Second page/).dragTo(tab(/^Cluster monitor/), { targetPosition: { x: 8, y: 12 } });
  await expect.poll(titles).toEqual(['Second page', 'Cluster monitor', 'A node']);
  await tab(/^Second page/).click();
  await chooseMenu(app, 'Move tab right');
  await expect.poll(titles).toEqual(['Cluster monitor', 'Second page', 'A node']);
});

test('a double is a page of its own', async () => {
  await menuOf(/^A node/, texts.tabs.duplicate);
  await expect.poll(titles).toEqual(['Cluster monitor', 'Second page', 'A node', 'A node']);
  const double = await guestInFront(app, '/node');
  await double.until('it to be loaded', () => document.readyState === 'complete');
  await double.evaluate(() => {
    document.title = 'The double';
  });
  await expect.poll(titles).toEqual(['Cluster monitor', 'Second page', 'A node', 'The double']);
});

test('the other tabs are closed, and opened again where they were', async () => {
  await menuOf(/^Second page/, texts.tabs.closeOthers);
  await expect.poll(titles).toEqual(['Second page']);
  await expect.poll(guestCount).toBe(1);
  await chooseMenu(app, 'Reopen closed tab');
  const reopened = await guestInFront(app, '/node');
  await reopened.until('the page', () => document.title === 'A node');
  await menuOf(/^Second page/, texts.tabs.closeThis);
  await expect.poll(titles).toEqual(['A node']);
});

test('a tab is closed by the middle button', async () => {
  await open('http://localhost:8088/second');
  await tab(/^Second page/).click({ button: 'middle' });
  await expect.poll(titles).toEqual(['A node']);
});

test('after a restart tabs are asleep, and loaded once they come to the front', async () => {
  await open('http://localhost:8088/second');
  await expect.poll(titles).toEqual(['A node', 'Second page']);
  await app.quit();
  app = await launchApp({ profile });
  await expect(tab(/^A node, Cluster \(asleep\)$/)).toBeVisible();
  expect(await guestCount()).toBe(0);
  expect((await callsOf(app).connections.list()).map(({ state }) => state.kind)).not.toContain('ready');
  await tab(/^Second page/).click();
  const woken = await guestInFront(app, '/second');
  await woken.until('the page', () => document.title === 'Second page');
  await expect(tab(/^Second page, Cluster$/)).toBeVisible();
  expect(await guestCount()).toBe(1);
});

test('an app that was killed has its tabs again', async () => {
  await app.kill();
  app = await launchApp({ profile });
  await expect.poll(titles).toEqual(['A node', 'Second page']);
});

test('a tab whose machine cannot be reached says why, and comes back when it can', async () => {
  await machine.setReachable(false);
  await tab(/^A node/).click();
  const panel = app.page.getByRole('tabpanel', { name: /^A node/ });
  await expect(panel.getByRole('alert')).toBeVisible({ timeout: 60_000 });
  await machine.setReachable(true);
  await panel.getByRole('button', { name: texts.tabs.wake }).click();
  const guest = await guestInFront(app, '/node');
  await guest.until('the page', () => document.title === 'A node');
});

test('who does not want it starts without tabs, and nothing of them is kept', async () => {
  const { settings } = await callsOf(app).settings.get();
  await callsOf(app).settings.save({ ...settings, restoresTabs: false });
  await app.quit();
  app = await launchApp({ profile });
  expect(await titles()).toEqual([]);
});
