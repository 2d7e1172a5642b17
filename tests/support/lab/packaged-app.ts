import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type Browser, chromium, type Page } from '@playwright/test';
import { type AppProfile, appEnvironment } from './app';
import { lastWill } from './last-will';

/** A packaged app. Its main process can't be looked into, because its fuses forbid that; its window can. */
export interface PackagedApp {
  readonly page: Page;
  /** Ends it as the end of the desktop session would, and resolves with its exit code. */
  end(): Promise<number | null>;
}

/** Starts an executable of the app with this profile and waits for its window. `command`: what comes before. */
export async function launchPackaged(
  executable: string,
  profile: AppProfile,
  command: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<PackagedApp> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const [program = '', ...args] = [
    ...[...command, executable, ...sandbox, `--user-data-dir=${profile.userData}`, '--lang=en-US'],
    '--remote-debugging-port=0',
  ];
  const app = spawn(program, args, {
    env: { ...appEnvironment(profile), ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const takeBack = lastWill(['kill', '-9', String(app.pid)]);
  const ended = new Promise<number | null>((done) => app.once('exit', done));
  void ended.then(takeBack);
  const url = await debuggerUrl(app);
  await pageIsThere(new URL(url).port);
  const browser = await chromium.connectOverCDP(url, { timeout: 120_000 });
  return {
    page: await firstPage(browser),
    end: async () => {
      await browser.close();
      app.kill('SIGTERM');
      return ended;
    },
  };
}

async function debuggerUrl(app: ChildProcess): Promise<string> {
  const said: string[] = [];
  if (app.stderr === null) throw new Error('The app has no standard error');
  for await (const line of createInterface({ input: app.stderr })) {
    said.push(line);
    const url = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
    if (url !== undefined) {
      // Nobody reads on; a full pipe would stop the app.
      app.stderr.resume();
      return url;
    }
  }
  throw new Error(`The app ended before it had a window:\n${said.join('\n')}`);
}

/** Who connects while the window is being made waits for ever now and then. */
async function pageIsThere(port: string): Promise<void> {
  for (let triesLeft = 600; triesLeft > 0; triesLeft -= 1) {
    const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as { url: string }[];
    if (targets.some(({ url }) => url.startsWith('app://'))) return;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error('The app made no window');
}

async function firstPage(browser: Browser): Promise<Page> {
  const [context] = browser.contexts();
  if (context === undefined) throw new Error('The app has no windows to look into');
  return context.pages()[0] ?? (await context.waitForEvent('page'));
}
