import { execFile, spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { resolveElectron } from '../../build/electron-runtime/resolve';
import { catalogues } from '../../shared/i18n/catalogues';
import { shortcut } from '../../shared/model/shortcut';
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

/** Nuvem from outside of its window: by keys of the system, by a command, and at login. */
const { actions, app: texts } = catalogues.en;
const keys = shortcut('Mod+Alt+J', 'other');
const profiles: AppProfile[] = [];

test.skip(
  process.platform !== 'linux',
  'keys are pressed by xdotool, and the start at login is a file on Linux alone',
);

test.afterEach(async () => {
  await killLeftApps();
  for (const profile of profiles.splice(0)) await profile.remove();
});

async function launch(profile?: AppProfile): Promise<LabApp> {
  const used = profile ?? (await makeAppProfile());
  if (profile === undefined) profiles.push(used);
  const app = await launchApp({ profile: used, args: ['--hidden'] });
  await app.page.getByRole('main').waitFor();
  return app;
}
const isVisible = ({ electron }: LabApp): Promise<boolean> =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() === true);
const box = ({ page }: LabApp) => page.getByRole('combobox', { name: actions.palette.quickBox });

async function setKeys(app: LabApp): Promise<void> {
  const { settings } = await callsOf(app).settings.get();
  await callsOf(app).settings.save({ ...settings, shortcuts: { summon: keys } });
}

test('keys pressed elsewhere open the palette in a window that was hidden, until another program has them', async () => {
  const app = await launch();
  await setKeys(app);
  expect(await isVisible(app)).toBe(false);
  await promisify(execFile)('xdotool', ['key', 'ctrl+alt+j']);
  await expect(box(app)).toBeFocused();
  expect(await isVisible(app)).toBe(true);

  const other = await launch();
  await expect(setKeys(other)).rejects.toThrow('global-shortcut-refused');
  expect((await callsOf(other).settings.get()).settings.shortcuts).toEqual({});
  await app.quit();
  await setKeys(other);
  await promisify(execFile)('xdotool', ['key', 'ctrl+alt+j']);
  await expect(box(other)).toBeFocused();
});

test('a command opens the palette, for the desktops that give no keys to programs', async () => {
  const app = await launch();
  const { executablePath } = await resolveElectron();
  const second = spawn(executablePath, [...appArguments(app.profile), '--palette'], {
    env: appEnvironment(app.profile),
    stdio: 'ignore',
  });
  await expect(box(app)).toBeFocused();
  expect(await isVisible(app)).toBe(true);
  if (second.exitCode === null) await new Promise((done) => second.once('exit', done));
});

test('a switch makes the desktop start it at login, and what the user takes away stays so', async () => {
  const app = await launch();
  const file = join(app.profile.home, '.config', 'autostart', 'nuvem.desktop');
  const written = () => readFile(file, 'utf8').catch(() => null);
  await app.page.evaluate(() =>
    window.dispatchEvent(new KeyboardEvent('keydown', { key: ',', code: 'Comma', ctrlKey: true })),
  );
  const startsAtLogin = app.page.getByRole('switch', { name: texts.settings.startsAtLogin });
  await startsAtLogin.press('Space');
  await expect.poll(written).toContain(`Exec="`);
  await startsAtLogin.press('Space');
  await expect.poll(written).toBeNull();

  const { settings } = await callsOf(app).settings.get();
  await callsOf(app).settings.save({ ...settings, startsAtLogin: true, startsHidden: true });
  expect(await written()).toContain('"--hidden"\n');
  await rm(file);
  await app.quit();
  const next = await launch(app.profile);
  expect((await callsOf(next).settings.get()).settings.startsAtLogin).toBe(false);
  expect(await written()).toBeNull();
});
