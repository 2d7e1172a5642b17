import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
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
import { JupyterLabPage } from '../support/lab/jupyterlab-page';
import { processesAtHome } from '../support/lab/owned-processes';
import { filled, textsOf } from '../support/lab/texts';

const texts = textsOf('en');

let profile: AppProfile;
let app: LabApp;

test.beforeEach(async () => {
  profile = await makeAppProfile();
});

test.afterEach(async () => {
  await killLeftApps();
  await profile.remove();
});

const tryDemo = (): Promise<void> =>
  app.page.getByRole('button', { name: texts.app.welcome.tryDemo }).click();

async function expectAccessible(): Promise<void> {
  const { violations } = await new AxeBuilder({ page: app.page }).setLegacyMode().analyze();
  expect(violations).toEqual([]);
}

async function openedLab(): Promise<JupyterLabPage> {
  const lab = new JupyterLabPage(await guestInFront(app, '/lab', 120_000));
  await lab.ready();
  return lab;
}

test('a newcomer gets from the first window to an executed cell with one click', async () => {
  app = await launchApp({ profile });
  await expectAccessible();
  await tryDemo();
  const lab = await openedLab();
  await expect(app.page.getByRole('tab', { name: /, Demo machine$/ })).toBeVisible();
  await lab.newNotebook();
  expect(await lab.runCell('print(6*7)')).toBe('42');
  await expectAccessible();

  // Who waits for the end of Nuvem's output must not wait for that of the notebook, which goes on without it.
  const output = await readlink(`/proc/${app.electron.process().pid}/fd/2`);
  const programs = await programsOf('ipykernel_launcher', 'jupyter-lab', 'keeper.py');
  expect(programs.map(({ name }) => name).sort()).toEqual(['ipykernel_launcher', 'jupyter-lab', 'keeper.py']);
  for (const { opened } of programs) expect(opened).not.toContain(output);

  // Its host key is Nuvem's own affair: the user's list of known hosts stays as it was.
  expect(await readdir(join(profile.home, '.ssh'))).toEqual([]);
});

test('the demo machine is there after a crash, with the variables of its notebook', async () => {
  app = await launchApp({ profile });
  await tryDemo();
  const first = await openedLab();
  await first.newNotebook();
  await first.runCell('x = 41');
  const routeBefore = await savedRoute();
  expect(routeBefore).toMatchObject({ host: '127.0.0.1' });
  await app.kill();

  app = await launchApp({ profile });
  await app.page.getByRole('treeitem', { name: 'Demo machine' }).click();
  await app.page.getByRole('button', { name: 'Open notebook' }).click();
  const again = await openedLab();
  await again.openNotebook('Untitled.ipynb');
  expect(await again.runCell('print(x + 1)')).toBe('42');
  expect(await savedRoute()).toEqual(routeBefore);
});

test('what is being prepared is shown, and cancelling leaves nothing behind', async () => {
  const cache = join(profile.home, 'empty-cache');
  await mkdir(cache);
  app = await launchApp({ profile, env: { XDG_CACHE_HOME: cache } });
  await tryDemo();
  const installing = app.page.getByRole('listitem').filter({ hasText: 'Install JupyterLab' });
  await expect(installing).toHaveAttribute('aria-current', 'step', { timeout: 60_000 });
  await expect(installing).toContainText(/Collecting|Downloading/);
  await expectAccessible();
  await app.page.getByRole('button', { name: 'Cancel' }).click();
  await expect(app.page.getByRole('button', { name: texts.app.welcome.tryDemo })).toBeVisible();
  await expect.poll(() => readdir(join(cache, 'nuvem'))).toEqual([]);
  expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })).not.toContain(cache);
});

test('without Python the user is told the one command that brings it', async () => {
  const empty = join(profile.home, 'empty');
  await mkdir(empty);
  app = await launchApp({ profile, env: { XDG_CACHE_HOME: empty, PATH: empty } });
  await tryDemo();
  const card = app.page.getByRole('alert');
  await expect(card).toContainText(filled(texts.errors['demo-python-missing'].what, { minimum: '3.9' }));
  await expect(card.getByRole('button', { name: 'Try again' })).toBeVisible();
  await expectAccessible();
});

/** What those programs of the demo machine have open. Linux only. */
async function programsOf(
  ...names: readonly string[]
): Promise<readonly { readonly name: string; readonly opened: readonly string[] }[]> {
  const found = [];
  for (const pid of await processesAtHome(profile.home)) {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    const name = names.find((one) => line.includes(one));
    if (name === undefined) continue;
    const folder = `/proc/${pid}/fd`;
    const links = (await readdir(folder)).map((fd) => readlink(join(folder, fd)).catch(() => 'closed'));
    found.push({ name, opened: await Promise.all(links) });
  }
  return found;
}

async function savedRoute(): Promise<unknown> {
  const { machines } = await callsOf(app).machines.list();
  return machines.find(({ isDemo }) => isDemo)?.route;
}
