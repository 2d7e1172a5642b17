import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launchElectron } from '../../build/electron-runtime/launch-electron';
import { resolveElectron } from '../../build/electron-runtime/resolve';
import { directRoute, emptyMachineDraft } from '../../shared/model/machine';
import { defaultSettings } from '../../shared/model/settings';
import {
  type AppProfile,
  appArguments,
  appEnvironment,
  killLeftApps,
  type LabApp,
  launchApp,
  makeAppProfile,
  stubBrowser,
  untilStarted,
} from '../support/lab/app';
import { callsOf } from '../support/lab/app-calls';

let profile: AppProfile;

test.beforeEach(async () => {
  profile = await makeAppProfile();
});
test.afterEach(async () => {
  await killLeftApps();
  await profile.remove();
});

const draft = {
  ...emptyMachineDraft,
  name: 'Training',
  route: directRoute({ host: 'gpu.example.org', port: 22, user: 'ana' }),
};

test('a second start brings the first window to the front and ends', async () => {
  const app = await launchApp({ profile });
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  const second = spawn(app.electron.process().spawnfile, appArguments(profile), {
    env: appEnvironment(profile),
    stdio: 'ignore',
  });
  const [code] = await once(second, 'exit');
  expect(code).toBe(0);
  await expect.poll(() => isVisible(app)).toBe(true);
  expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('closing the window ends the app where no tray shows it', async () => {
  const { executablePath } = await resolveElectron();
  const electron = await launchElectron({
    executablePath,
    args: [...appArguments(profile)],
    env: { ...appEnvironment(profile), DBUS_SESSION_BUS_ADDRESS: 'disabled:' },
  });
  const process = electron.process();
  await untilStarted(await electron.firstWindow());
  const ended = electron.waitForEvent('close');
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await ended;
  expect(process.exitCode).toBe(0);
});

test('an app that the system asks to end, by Ctrl-C or at log-out, ends', async () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const app = await launchApp({ profile });
    app.electron.process().kill(signal);
    expect(await app.ended).toBe(0);
  }
});

test('machines, settings and the window are as they were left', async () => {
  const first = await launchApp({ profile });
  const calls = callsOf(first);
  const machine = await calls.machines.save(draft);
  await calls.settings.save({
    ...defaultSettings,
    language: 'pt-BR',
    theme: 'dark',
    closesToTray: false,
  });
  await first.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 30, width: 900, height: 600 }),
  );
  await first.quit();

  for (const name of (await readdir(profile.userData)).filter((file) => file.endsWith('.json'))) {
    expect([name, (await stat(join(profile.userData, name))).mode & 0o777]).toEqual([name, 0o600]);
  }
  const second = await launchApp({ profile });
  expect((await callsOf(second).machines.list()).machines).toEqual([machine]);
  expect(await callsOf(second).settings.get()).toMatchObject({
    language: 'pt-BR',
    settings: { theme: 'dark' },
  });
  const seen = await second.electron.evaluate(({ BrowserWindow, Menu, nativeTheme }) => ({
    bounds: BrowserWindow.getAllWindows()[0]?.getBounds(),
    menu: Menu.getApplicationMenu()?.items.map((item) => item.label),
    theme: nativeTheme.themeSource,
  }));
  expect(seen).toMatchObject({
    bounds: { width: 900, height: 600 },
    menu: ['Arquivo', 'Editar', 'Exibir', 'Janela', 'Ajuda'],
    theme: 'dark',
  });
});

test('a damaged file of machines is put aside, the last good copy is there, and the user is told', async () => {
  const first = await launchApp({ profile });
  const machine = await callsOf(first).machines.save(draft);
  await first.kill();
  const file = join(profile.userData, 'machines.json');
  const damaged = (await readFile(file, 'utf8')).slice(0, 60);
  await writeFile(file, damaged);

  const { page } = await launchApp({ profile });
  await expect(page.getByText(`The file ${file} was damaged`)).toBeVisible();
  await expect(page.getByText(machine.name).first()).toBeVisible();
  const aside = (await readdir(profile.userData)).find((name) => name.startsWith('machines.corrupt-'));
  expect(await readFile(join(profile.userData, aside ?? ''), 'utf8')).toBe(damaged);
});

test('the menu speaks the language that was just chosen', async () => {
  const app = await launchApp({ profile });
  const labels = () =>
    app.electron.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map((item) => item.label));
  expect(await labels()).toEqual(['File', 'Edit', 'View', 'Window', 'Help']);
  await callsOf(app).settings.save({
    ...defaultSettings,
    language: 'pt-BR',
  });
  expect(await labels()).toEqual(['Arquivo', 'Editar', 'Exibir', 'Janela', 'Ajuda']);
});

test('an error that nobody caught is told in words, and the app goes on', async () => {
  const app = await launchApp({ profile });
  await app.electron.evaluate(({ dialog }) => {
    const shown: string[] = [];
    Object.assign(globalThis, { labShown: shown });
    dialog.showMessageBox = async (...args: unknown[]) => {
      const { message, detail } = args.at(-1) as { message: string; detail: string };
      shown.push(`${message} ${detail}`);
      return { response: 0, checkboxChecked: false };
    };
    setTimeout(() => {
      throw new Error('thrown in a timer');
    });
    void Promise.reject(new Error('rejected'));
  });
  const shown = () => app.electron.evaluate(() => (globalThis as unknown as { labShown: string[] }).labShown);
  const log = join(profile.userData, 'logs', 'main.log');
  await expect.poll(shown).toEqual([expect.stringContaining(log)]);
  await expect.poll(() => readFile(log, 'utf8').catch(() => '')).toContain('thrown in a timer');
  await expect.poll(() => readFile(log, 'utf8').catch(() => '')).toContain('rejected');
  expect((await callsOf(app).machines.list()).machines).toEqual([]);
});

test('the window comes back when the process of its page has crashed', async () => {
  const app = await launchApp({ profile });
  await callsOf(app).machines.save(draft);
  await expect(app.page.getByText(draft.name).first()).toBeVisible();
  const seen = await app.electron.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const loaded = new Promise<void>((done) => contents?.once('did-finish-load', () => done()));
    contents?.forcefullyCrashRenderer();
    await loaded;
    const script = `new Promise((done) => {
      const look = () => (document.body.innerText.includes('Training') ? done('Training') : setTimeout(look, 50));
      look();
    })`;
    return contents?.executeJavaScript(script);
  });
  expect(seen).toBe('Training');
});

test('the window shows the app alone: no foreign page, script, connection or file', async () => {
  const app = await launchApp({ profile });
  const openedInBrowser = await stubBrowser(app);
  const { page } = app;
  await expect(page.getByRole('button', { name: 'Try with a demo machine' })).toBeVisible();
  const tried = await page.evaluate(async () => {
    const failed = (work: Promise<unknown>) =>
      work.then(
        () => false,
        () => true,
      );
    const script = document.createElement('script');
    script.textContent = 'window.inlineRan = true';
    document.body.append(script);
    const frame = document.createElement('iframe');
    frame.src = 'https://example.org/';
    document.body.append(frame);
    location.href = 'https://example.org/elsewhere';
    return {
      inlineRan: 'inlineRan' in window,
      isNodeThere: 'require' in window || 'process' in window,
      isWebRefused: await failed(fetch('https://example.org/')),
      isFileRefused: await failed(fetch('file:///etc/hostname')),
      popup: window.open('file:///etc/hostname') === null && window.open('about:blank') === null,
    };
  });
  expect(tried).toEqual({
    inlineRan: false,
    isNodeThere: false,
    isWebRefused: true,
    isFileRefused: true,
    popup: true,
  });
  expect(page.url()).toBe('app://nuvem/index.html');
  expect(await openedInBrowser()).toEqual(['https://example.org/elsewhere']);
  const files = await app.electron.evaluate(async ({ net }) => {
    const paths = [
      'index.html',
      '..%2fmain%2fmain.js',
      '../main/main.js',
      '%2e%2e/%2e%2e/package.json',
      '.env',
    ];
    return Promise.all(
      paths.map(async (path) => `${path} ${(await net.fetch(`app://nuvem/${path}`)).status}`),
    );
  });
  expect(files).toEqual([
    'index.html 200',
    '..%2fmain%2fmain.js 404',
    '../main/main.js 404',
    '%2e%2e/%2e%2e/package.json 404',
    '.env 404',
  ]);
});

function isVisible(app: LabApp): Promise<boolean> {
  return app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false);
}
