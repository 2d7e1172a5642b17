import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import {
  type AppProfile,
  appArguments,
  appEnvironment,
  killLeftApps,
  type LabApp,
  launchApp,
  makeAppProfile,
} from '../support/lab/app';
import { callsOf } from '../support/lab/app-calls';
import { filled, textsOf } from '../support/lab/texts';

const { common, import: words } = textsOf('en').app;
const { errors } = textsOf('en');
let profile: AppProfile;

test.beforeEach(async () => {
  profile = await makeAppProfile();
});
test.afterEach(async () => {
  await killLeftApps();
  await profile.remove();
});

/** A file of one machine, as Nuvem itself would write it. */
async function machineFile(name: string, text = ''): Promise<string> {
  const path = join(profile.home, `${name}.nuvem`);
  const one = `nuvem: 1\nmachines:\n  - { name: ${name}, route: { host: ${name}.example.com, port: 22, user: ana } }\n`;
  await writeFile(path, text || one);
  return path;
}

/** Opens a file as a double click in a file manager does while the app runs. */
async function open(app: LabApp, argument: string, folder = profile.home): Promise<void> {
  const second = spawn(app.electron.process().spawnfile, [...appArguments(profile), argument], {
    env: appEnvironment(profile),
    cwd: folder,
    stdio: 'ignore',
  });
  expect(await once(second, 'exit')).toEqual([0, null]);
}

const machinesOf = async (app: LabApp): Promise<readonly string[]> =>
  (await callsOf(app).machines.list()).machines.map(({ name }) => name);
const row = (app: LabApp, name: string) =>
  app.page
    .getByRole('dialog')
    .getByRole('listitem')
    .filter({ hasText: `${name}.example.com` });
const press = (app: LabApp, name: string) =>
  app.page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

test('a file that starts the app is shown, and imported by a press alone', async () => {
  const app = await launchApp({ profile, args: [await machineFile('lab')] });
  await expect(row(app, 'lab')).toBeVisible();
  await expect(app.page.getByText(words.nothingChanged)).toBeVisible();
  expect(await machinesOf(app)).toEqual([]);
  await press(app, filled(words.submit_one, { count: 1 }));
  await expect(app.page.getByText(filled(words.added_one, { count: 1 }))).toBeVisible();
  expect(await machinesOf(app)).toEqual(['lab']);
});

test('files that are opened while the app runs are shown, the newest last, however they are named', async () => {
  const app = await launchApp({ profile });
  const first = await machineFile('first');
  await open(app, pathToFileURL(first).href);
  await expect(row(app, 'first')).toBeVisible();
  const second = await machineFile('second');
  await open(app, basename(second));
  await expect(row(app, 'second')).toBeVisible();
  await expect(row(app, 'first')).toHaveCount(0);
  const third = await machineFile('third');
  await app.electron.evaluate(
    ({ app: electronApp }, path) => electronApp.emit('open-file', { preventDefault: () => undefined }, path),
    third,
  );
  await expect(row(app, 'third')).toBeVisible();
  await press(app, common.cancel);
  expect(await machinesOf(app)).toEqual([]);
});

test('a file that is none of Nuvem’s is refused in words', async () => {
  const app = await launchApp({ profile, args: [await machineFile('odd', 'once upon a time')] });
  const dialog = app.page.getByRole('dialog');
  await expect(dialog).toContainText(
    filled(errors['import-file-unknown'].what, { path: join(profile.home, 'odd.nuvem') }),
  );
  await open(app, join(profile.home, 'gone.nuvem'));
  await expect(dialog).toContainText('gone.nuvem');
  expect(await machinesOf(app)).toEqual([]);
});

test('what the user is typing stays, and the file waits until they are done', async () => {
  const app = await launchApp({ profile });
  await app.page.getByRole('button', { name: 'New machine' }).click();
  const name = app.page.getByRole('dialog').getByRole('textbox').first();
  await name.fill('half a name');
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  await open(app, await machineFile('lab'));
  const isShown = () =>
    app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  await expect.poll(isShown).toBe(true);
  await expect(name).toHaveValue('half a name');
  await press(app, common.cancel);
  await expect(row(app, 'lab')).toBeVisible();
});
