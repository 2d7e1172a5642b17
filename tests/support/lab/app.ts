import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { launchElectron } from '../../../build/electron-runtime/launch-electron';
import { resolveElectron } from '../../../build/electron-runtime/resolve';
import { userCacheDir } from '../../../build/user-cache';
import { appPageUrl } from '../../../electron/desktop/app-protocol';
import { GuestPage } from './guest-page';
import { endProcessesAtHome } from './owned-processes';
import { listProcesses } from './processes';
import { makeTempFolder } from './temp-folder';

/** A user of the app: a home folder and the app's own folder, both of which outlive a run of it. */
export interface AppProfile {
  readonly home: string;
  readonly userData: string;
  /** Ends what was started in this home, a demo notebook for instance, and removes both folders. */
  remove(): Promise<void>;
}

export async function makeAppProfile(): Promise<AppProfile> {
  const folder = await makeTempFolder('app');
  const home = join(folder.path, 'home');
  const userData = join(folder.path, 'data');
  await mkdir(join(home, '.ssh'), { recursive: true, mode: 0o700 });
  await mkdir(userData, { mode: 0o700 });
  return {
    home,
    userData,
    remove: async () => {
      await endProcessesAtHome(home);
      await folder.remove();
    },
  };
}

export interface LaunchOptions {
  readonly profile: AppProfile;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

/** The built app in a real Electron. */
export interface LabApp {
  readonly electron: ElectronApplication;
  readonly page: Page;
  readonly profile: AppProfile;
  /** Resolves with the exit code once the app has ended, for whatever reason; null: by a signal. */
  readonly ended: Promise<number | null>;
  /** Ends every process of the app with SIGKILL, as a crash or an empty battery would. */
  kill(): Promise<void>;
  /** Quits as the user would and waits for the end. */
  quit(): Promise<void>;
}

/** The button of the app's question about unsaved changes that lets them go. */
const giveUnsavedUp = 1;

/** What tests started and has not ended yet. */
const running = new Set<LabApp>();

/** Starts `out/` (see `npm run build`) and waits for its window. */
export async function launchApp({ profile, env = {}, args = [] }: LaunchOptions): Promise<LabApp> {
  const { executablePath } = await resolveElectron();
  const electron = await launchElectron({
    executablePath,
    args: [...appArguments(profile), ...args],
    env: { ...appEnvironment(profile), ...env },
  });
  const page = await electron.firstWindow();
  await untilStarted(page);
  const child = electron.process();
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  const app: LabApp = {
    electron,
    page,
    profile,
    ended,
    kill: async () => {
      await killTree(child.pid ?? 0);
      await ended;
    },
    quit: async () => {
      await answerMessageBoxes(app, giveUnsavedUp);
      await electron.close();
    },
  };
  void ended.then(() => running.delete(app));
  running.add(app);
  return app;
}

/** Resolves when the app answers its window, which opens before that. */
export async function untilStarted(page: Page): Promise<void> {
  await page.waitForURL(appPageUrl);
  await page.evaluate(() =>
    (window as unknown as { nuvem: { app: { info(): Promise<unknown> } } }).nuvem.app.info(),
  );
}

/** What starts the app with this profile from a command line. */
export function appArguments(profile: AppProfile): readonly string[] {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return [...sandbox, `--user-data-dir=${profile.userData}`, '--lang=en-US', resolve('.')];
}

/** This process's environment, with the profile's home and without what belongs to the test computer's user. */
export function appEnvironment(profile: AppProfile): Record<string, string> {
  const own = new Set(['SSH_AUTH_SOCK', 'LANGUAGE', 'NODE_OPTIONS']);
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !own.has(entry[0]),
  );
  return {
    ...Object.fromEntries(entries),
    HOME: profile.home,
    LANG: 'en_US.UTF-8',
    XDG_CONFIG_HOME: join(profile.home, '.config'),
    // The demo's environment is the same for every test and takes long to make.
    XDG_CACHE_HOME: join(userCacheDir(), '..'),
  };
}

/** Ends what a failed test left running. */
export async function killLeftApps(): Promise<void> {
  for (const app of running) await app.kill();
}

/** The page of the tab in front, once its address contains `part`. */
export async function guestInFront(app: LabApp, part = '', timeoutMs = 60_000): Promise<GuestPage> {
  const endsAt = performance.now() + timeoutMs;
  while (performance.now() < endsAt) {
    const id = await app.page.evaluate(() => {
      const views = [...document.querySelectorAll<HTMLElement & { getWebContentsId(): number }>('webview')];
      const view = views.find((candidate) => candidate.checkVisibility({ visibilityProperty: true }));
      try {
        return view?.getWebContentsId() ?? null;
      } catch {
        // Not attached yet.
        return null;
      }
    });
    if (id !== null) {
      const guest = new GuestPage(app.electron, id);
      if ((await guest.url()).includes(part)) return guest;
    }
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error(`No page with ${part} in its address came to the front within ${timeoutMs / 1000} s`);
}

/** Saves what the whole window shows, webviews included, which Playwright's own screenshots leave out. */
export async function saveWindowScreenshot(app: LabApp, file: string): Promise<void> {
  const base64 = await app.electron.evaluate(async ({ BrowserWindow }) => {
    const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
    return image?.toPNG().toString('base64') ?? '';
  });
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, Buffer.from(base64, 'base64'));
}

/** Keeps links from leaving the app; the returned function tells which addresses the system browser was to open. */
export async function stubBrowser(app: LabApp): Promise<() => Promise<readonly string[]>> {
  await app.electron.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { labOpenedUrls: opened });
    shell.openExternal = async (url) => void opened.push(url);
  });
  return () =>
    app.electron.evaluate(() => (globalThis as unknown as { labOpenedUrls: string[] }).labOpenedUrls);
}

/** Answers the system's save dialog, which tests can't reach: with `path`, or by cancelling it when null. */
export async function answerSaveDialog(app: LabApp, path: string | null): Promise<void> {
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: filePath === null, filePath: filePath ?? '' });
  }, path);
}

/** Answers the system's dialog for choosing a file, which tests can't reach. */
export async function answerOpenDialog(app: LabApp, path: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
  }, path);
}

/** Answers the system's message boxes with the button of that number. */
export async function answerMessageBoxes(app: LabApp, response: number): Promise<void> {
  await app.electron.evaluate(({ dialog }, button) => {
    dialog.showMessageBox = async () => ({ response: button, checkboxChecked: false });
  }, response);
}

async function killTree(pid: number): Promise<void> {
  const processes = await listProcesses();
  const tree = [pid];
  for (const parent of tree) {
    for (const [child, { parentPid }] of processes) if (parentPid === parent) tree.push(child);
  }
  for (const member of tree) {
    try {
      process.kill(member, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
