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
import { startTrayHost, type TrayHost } from '../support/lab/tray-host';

/** The tray as a desktop shows it: over D-Bus, by a host of the tests' own. */
let tray: TrayHost;
let profile: AppProfile;
let machine: NotebookMachine;
let app: LabApp;

test.beforeEach(async () => {
  tray = await startTrayHost();
  profile = await makeAppProfile();
  machine = await startNotebookMachine('Lab', 'jupyterlab4', profile);
  app = await launchApp({ profile, env: tray.env });
  await createMachine(app.page, machine.form);
});

test.afterEach(async () => {
  await killLeftApps();
  await machine.stop();
  await profile.remove();
  await tray.stop();
});

const labels = async (): Promise<string[]> => (await tray.menu()).map(({ label }) => label).filter(Boolean);
const entriesOf = async (machineName: string): Promise<Record<string, boolean>> => {
  const entry = (await tray.menu()).find(({ label }) => label.startsWith(machineName));
  return Object.fromEntries((entry?.entries ?? []).map(({ label, isEnabled }) => [label, isEnabled]));
};
const isVisible = (): Promise<boolean> =>
  app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false);

test('the menu shows each machine, how it is, and what can be done with it', async () => {
  await expect
    .poll(labels)
    .toEqual([...['Show Nuvem', 'Lab (not connected)', 'Pause reconnecting', 'Quit Nuvem']]);
  expect(await entriesOf('Lab')).toEqual({ Connect: true, 'Open notebook': true, Disconnect: false });

  await tray.press('Lab', 'Connect');
  await expect.poll(labels).toContain('Lab (connected)');
  expect(await entriesOf('Lab')).toEqual({ Connect: false, 'Open notebook': true, Disconnect: true });

  await tray.press('Lab', 'Open notebook');
  await new JupyterLabPage(await guestInFront(app, '/lab')).ready();

  await tray.press('Lab', 'Disconnect');
  await expect.poll(labels).toContain('Lab (not connected)');
});

test('its running notebooks open from there, and reconnecting is paused and goes on', async () => {
  await tray.press('Lab', 'Open notebook');
  await new JupyterLabPage(await guestInFront(app, '/lab')).ready();
  await expect.poll(async () => Object.keys(await entriesOf('Lab'))).toContain(`Open ${machine.home}`);
  await app.page.getByRole('tab', { name: 'Machines' }).click();
  await tray.press('Lab', `Open ${machine.home}`);
  await guestInFront(app, '/lab');

  await tray.press('Pause reconnecting');
  await machine.sshd.killSessions();
  await expect.poll(labels).toContain('Lab (connection lost, reconnecting paused)');
  await expect(app.page.getByRole('main').getByRole('status').first()).toContainText('paused');
  await tray.press('Pause reconnecting');
  await expect.poll(labels, { timeout: 20_000 }).toContain('Lab (connected)');
});

test('closing the window keeps the app, its connection and its notebook; the tray brings it back', async () => {
  await app.page.getByRole('button', { name: 'Open notebook' }).click();
  const lab = new JupyterLabPage(await guestInFront(app, '/lab'));
  await lab.ready();
  await lab.newNotebook();
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect.poll(isVisible).toBe(false);
  expect(await labels()).toContain('Lab (connected)');

  await tray.activate();
  await expect.poll(isVisible).toBe(true);
  expect(await lab.runCell('print(6*7)')).toBe('42');
});

test('closing the window quits when the setting says so', async () => {
  await app.page.getByRole('button', { name: 'Settings' }).click();
  await app.page.getByText('Keep running in the tray when the window closes').click();
  await app.page.getByRole('button', { name: 'Close', exact: true }).click();
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  expect(await app.ended).toBe(0);
});

test('Quit in the tray ends the app', async () => {
  await expect.poll(labels).toContain('Quit Nuvem');
  await tray.press('Quit Nuvem');
  expect(await app.ended).toBe(0);
});
