import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import {
  type BrowserPage,
  type HandBrowser,
  installedChromium,
  startHandBrowser,
} from '../support/bench/hand';
import {
  type AppProfile,
  guestInFront,
  killLeftApps,
  type LabApp,
  launchApp,
  makeAppProfile,
  stubBrowser,
} from '../support/lab/app';
import { callsOf } from '../support/lab/app-calls';
import { chooseMenu } from '../support/lab/app-menu';
import { type FileServer, startFileServer } from '../support/lab/file-server';
import { JupyterLabPage } from '../support/lab/jupyterlab-page';
import { createMachine } from '../support/lab/machine-form';
import { type NotebookMachine, startNotebookMachine } from '../support/lab/notebook-machine';
import { textsOf } from '../support/lab/texts';

/** Debian's Chromium as the system's browser, which is given pages of a machine. */
test.describe.configure({ mode: 'serial' });

const { actions, app: texts, desktop } = textsOf('en');

let profile: AppProfile;
let machine: NotebookMachine;
let files: FileServer;
let app: LabApp;
let browser: HandBrowser;
let opened: () => Promise<readonly string[]>;
let page: BrowserPage;
let lab: JupyterLabPage<BrowserPage>;

test.beforeAll(async () => {
  test.skip((await installedChromium()) === null, 'there is no Chromium here');
  profile = await makeAppProfile();
  machine = await startNotebookMachine('Lab', 'jupyterlab4', profile);
  files = await startFileServer();
  browser = await startHandBrowser();
  app = await launchApp({ profile });
  opened = await stubBrowser(app);
  await createMachine(app.page, machine.form);
  await app.page.getByRole('button', { name: 'Open notebook' }).click();
  await new JupyterLabPage(await guestInFront(app, '/lab')).ready();
});

test.afterAll(async () => {
  await browser?.close();
  await killLeftApps();
  await files?.close();
  await machine?.stop();
  await profile?.remove();
});

/** The address that the browser was given last, once it was given so many. */
async function address(count: number): Promise<string> {
  await expect.poll(async () => (await opened()).length).toBe(count);
  return (await opened()).at(-1) ?? '';
}
const doors = async () => (await callsOf(app).browserDoors.list()).doors;

test('a notebook opened in the browser runs a cell there, and its token is nowhere to be seen', async () => {
  await app.page.getByRole('tab').nth(1).click({ button: 'right' });
  await app.page.getByRole('menuitem', { name: texts.browserDoor.open }).click();
  page = await browser.open(await address(1));
  lab = new JupyterLabPage(page);
  await lab.ready();
  await lab.newNotebook();
  expect(await lab.runCell('x = 41; print(x + 1)')).toBe('42');
  const seen = await page.evaluate(() => ({
    address: location.href,
    cookies: document.cookie,
    asked: performance.getEntriesByType('resource').map(({ name }) => name),
  }));
  const [door] = await doors();
  expect(seen.address).toMatch(new RegExp(`^${door?.origin}/lab`));
  expect(seen.cookies).not.toContain('nuvem-door');
  expect([seen.address, ...seen.asked].filter((url) => /token=|\.nuvem/.test(url))).toEqual([]);
});

test('the address does not work a second time, and another browser gets nothing without one', async () => {
  const [used = ''] = await opened();
  const again = await browser.open(used);
  expect(await again.text()).toContain(desktop.browserDoor.refusedTitle);
  const stranger = await browser.open(`${new URL(used).origin}/lab`);
  expect(await stranger.text()).toContain(desktop.browserDoor.refusedTitle);
  expect((await doors())[0]?.browserCount).toBe(1);
});

test('the SSH session ends under the browser’s page, and its kernel goes on', async () => {
  await machine.sshd.killSessions();
  expect(await lab.runCell('print(x + 2)')).toBe('43');
});

test('another page of the machine is opened by the menu, behind a door of its own', async () => {
  const { machines } = await callsOf(app).machines.list();
  const machineId = machines[0]?.id;
  if (machineId === undefined) throw new Error('no machine');
  await callsOf(app).webApps.open({ machineId, address: `http://localhost:${files.port}/`, title: 'Files' });
  await guestInFront(app, `localhost:${files.port}`);
  await chooseMenu(app, actions.action.openInBrowser);
  const given = await address(2);
  expect(await (await browser.open(given)).text()).toContain('Files');
  const stranger = await browser.open(`${new URL(given).origin}/`);
  expect(await stranger.text()).toContain(desktop.browserDoor.refusedTitle);
  expect(await doors()).toHaveLength(2);
});

test('what is open is on the machine’s page, and ends when it is turned off', async () => {
  await app.page.getByRole('tab', { name: 'Machines' }).click();
  const list = app.page.getByRole('list', { name: texts.browserDoor.title });
  await expect(list.getByRole('listitem')).toHaveCount(2);
  const row = list.getByRole('listitem').filter({ hasText: '/' }).first();
  await expect(row).toContainText('1 browser let in');
  await row.getByRole('button', { name: /^Turn off/ }).click();
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await expect
    .poll(() =>
      page.evaluate(() =>
        fetch('/api/status').then(
          () => 'answered',
          () => 'nobody there',
        ),
      ),
    )
    .toBe('nobody there');
});

test('a notebook that is stopped is open to the browser no more, while the other page is', async () => {
  const row = app.page.getByRole('list', { name: texts.browserDoor.title }).getByRole('listitem');
  await app.page.getByRole('tab').nth(1).click({ button: 'right' });
  await app.page.getByRole('menuitem', { name: texts.browserDoor.open }).click();
  await address(3);
  await app.page.getByRole('tab', { name: 'Machines' }).click();
  await expect(row).toHaveCount(2);
  const servers = app.page.getByRole('region', { name: texts.notebook.running });
  await servers.getByRole('button', { name: texts.notebook.stop, exact: true }).click();
  await app.page.getByRole('alertdialog').getByRole('button', { name: texts.notebook.stop }).click();
  await expect(row).toHaveCount(1, { timeout: 30_000 });
  await expect(row).toContainText(`localhost:${files.port}`);
});

test('no ticket is in a file of the app', async () => {
  const tickets = (await opened()).map((url) => url.split('/.nuvem/')[1] ?? '');
  expect(tickets.every((ticket) => ticket.length > 20)).toBe(true);
  const names = await readdir(profile.userData, { recursive: true, withFileTypes: true });
  const files = names.filter((name) => name.isFile() && /\.(json|log)$/.test(name.name));
  expect(files.length).toBeGreaterThan(1);
  for (const { parentPath, name } of files) {
    const text = await readFile(join(parentPath, name), 'utf8');
    for (const ticket of tickets) expect(text.includes(ticket), name).toBe(false);
  }
});
