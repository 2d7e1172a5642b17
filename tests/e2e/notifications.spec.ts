import { expect, test } from '@playwright/test';
import type { KernelWatch } from '../../shared/model/kernel';
import { defaultSettings } from '../../shared/model/settings';
import {
  type AppProfile,
  answerMessageBoxes,
  guestInFront,
  killLeftApps,
  type LabApp,
  launchApp,
  makeAppProfile,
} from '../support/lab/app';
import { callsOf } from '../support/lab/app-calls';
import { JupyterLabPage } from '../support/lab/jupyterlab-page';
import { createMachine } from '../support/lab/machine-form';
import { type NotebookMachine, startNotebookMachine } from '../support/lab/notebook-machine';
import { type NotificationDaemon, startNotificationDaemon } from '../support/lab/notification-daemon';

let profile: AppProfile;
let machine: NotebookMachine;
let daemon: NotificationDaemon;
let app: LabApp;

test.beforeEach(async () => {
  profile = await makeAppProfile();
  machine = await startNotebookMachine('Lab', 'jupyterlab4', profile);
  daemon = await startNotificationDaemon();
});

test.afterEach(async () => {
  await killLeftApps();
  await daemon.stop();
  await machine.stop();
  await profile.remove();
});

const settings = { ...defaultSettings, language: 'en', longRunSeconds: 2 } as const;
const texts = async () => (await daemon.shown()).map(({ title, body }) => `${title}; ${body}`);
const isVisible = (): Promise<boolean> =>
  app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false);
const hideWindow = (): Promise<void> =>
  app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());

const notebookInFront = (): string | null =>
  document.querySelector('.lm-TabBar-tab.jp-mod-current')?.textContent ?? null;

/** How the kernels of all servers are watched, those servers that have one. */
async function watches(): Promise<readonly KernelWatch[]> {
  const machines = await callsOf(app).kernels.list();
  const servers = machines.flatMap((one) => one.servers).filter(({ kernels }) => kernels.length > 0);
  return servers.map(({ watch }) => watch);
}

/** A new notebook on the machine, in an app on the bus of `env`; what its kernel does is heard. */
async function openNotebook(env: Readonly<Record<string, string>>): Promise<JupyterLabPage> {
  app = await launchApp({ profile, env });
  await createMachine(app.page, machine.form);
  await app.page.getByRole('button', { name: 'Open notebook' }).click();
  const lab = new JupyterLabPage(await guestInFront(app, '/lab'));
  await lab.ready();
  await lab.newNotebook();
  await expect.poll(watches, { timeout: 60_000 }).toEqual([{ kind: 'watching', by: 'events' }]);
  return lab;
}

test('the end of a long cell and of a kernel is told by the system, and a click leads to that very notebook', async () => {
  const lab = await openNotebook(daemon.env);
  await callsOf(app).settings.save(settings);
  const pid = Number(await lab.runCell('import os; print(os.getpid())'));
  await lab.startCell('import time; time.sleep(8); print("the secret of the cell")');
  await lab.newNotebook();
  await lab.page.evaluate(() => void Object.assign(window, { isSamePage: true }));
  await app.page.getByRole('tab', { name: 'Machines' }).click();
  await hideWindow();
  await expect
    .poll(texts)
    .toEqual([expect.stringMatching(/^Untitled\.ipynb: cell finished; On Lab, after \d+ s$/)]);
  expect(await lab.page.evaluate(notebookInFront)).toBe('Untitled1.ipynb');

  const [{ id } = { id: 0 }] = await daemon.shown();
  await daemon.click(id);
  await expect.poll(isVisible).toBe(true);
  await expect(app.page.getByRole('tab', { name: /, Lab$/ })).toHaveAttribute('aria-selected', 'true');
  expect(await texts()).toEqual([]);
  await lab.page.until('its notebook to be in front', () => {
    return document.querySelector('.lm-TabBar-tab.jp-mod-current')?.textContent === 'Untitled.ipynb';
  });
  expect(await lab.outputOf(1)).toBe('the secret of the cell');
  expect(await lab.page.evaluate(() => 'isSamePage' in window)).toBe(true);
  await expect(app.page.getByRole('tab', { name: /, Lab$/ })).toHaveCount(1);

  await answerMessageBoxes(app, 1);
  await app.page.getByRole('tab', { name: /, Lab$/ }).press('Delete');
  await expect(app.page.getByRole('tab', { name: /, Lab$/ })).toHaveCount(0);
  await callsOf(app).settings.save({ ...settings, language: 'pt-BR' });
  await app.page.getByRole('tab', { name: 'Máquinas' }).click();
  await hideWindow();
  process.kill(pid, 'SIGKILL');
  await expect
    .poll(texts, { timeout: 60_000 })
    .toEqual([
      'Untitled.ipynb: o kernel caiu e foi reiniciado; Em Lab. O que estava na memória dele se perdeu; muitas vezes é falta de memória.',
    ]);
  const [died = { id: 0 }] = await daemon.shown();
  await daemon.click(died.id);
  await expect.poll(isVisible).toBe(true);
  const opened = new JupyterLabPage(await guestInFront(app, '/lab/tree/Untitled.ipynb'));
  await opened.page.until('its notebook to be in front', () => {
    return document.querySelector('.lm-TabBar-tab.jp-mod-current')?.textContent === 'Untitled.ipynb';
  });
});

test('a server that nobody uses is announced before it stops, can be kept by a click, and is told of once it has stopped', async () => {
  await openNotebook(daemon.env);
  await app.page.getByRole('tab', { name: 'Machines' }).click();
  const row = app.page.getByRole('region', { name: 'Running notebooks' }).getByRole('listitem');
  await row.getByRole('button', { name: 'When idle…' }).click();
  const dialog = app.page.getByRole('dialog');
  await dialog.getByText('Stop them').click();
  await dialog.getByRole('textbox').fill('0,01');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(row).toContainText(/Nothing runs: it stops in/);
  await hideWindow();
  const announced = expect.stringMatching(/^Jupyter in .* stops in \d s; On Lab, nothing runs there/);
  await expect.poll(texts, { timeout: 60_000 }).toEqual([announced]);
  const [{ id } = { id: 0 }] = await daemon.shown();
  await daemon.click(id);
  await expect.poll(isVisible).toBe(true);
  await expect(app.page.getByRole('region', { name: 'Notices' })).toContainText('goes on running');
  const ended = expect.stringMatching(
    /^Jupyter in .* was stopped; On Lab, after 36 s without a running cell/,
  );
  await expect.poll(texts, { timeout: 120_000 }).toContainEqual(ended);
  await expect(row).toHaveCount(0);
});

test('where nobody shows notifications the window tells, and opens the notebook', async () => {
  const lab = await openNotebook({ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' });
  await callsOf(app).settings.save(settings);
  const ended = lab.runCell('import time; time.sleep(4); 1/0');
  await app.page.getByRole('tab', { name: 'Machines' }).click();
  await ended.catch(() => undefined);
  const notices = app.page.getByRole('region', { name: 'Notices' });
  await expect(notices).toContainText(/Untitled\.ipynb: cell failed\. On Lab, after \d+ s\./);
  await notices.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(app.page.getByRole('tab', { name: /, Lab$/ })).toHaveAttribute('aria-selected', 'true');
});
