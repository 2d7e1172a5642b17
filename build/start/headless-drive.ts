import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { launchElectron } from '../electron-runtime/launch-electron';
import { step } from '../step';
import { startXvfb, type VirtualDisplay } from '../system/xvfb';
import { userCacheDir } from '../user-cache';
import { runDemoTour, stopDemoNotebook } from './demo-tour';
import { platformArguments } from './open-app';

const closeTimeoutMs = 15_000;

/**
 * Opens the app on a virtual display and uses it as a newcomer would: the demo machine, its notebook, one cell.
 * Keeps its profile apart from the user's. Prints each step and its time, and saves a screenshot.
 * Rejects when a step fails, after saving a screenshot of how far it came.
 */
export async function driveHeadless(executablePath: string, screenshotFile: string): Promise<void> {
  console.log('There is no display, so Nuvem runs on a virtual one and drives itself.');
  const display = await step('Start a virtual display', startXvfb);
  const profile = await mkdtemp(join(tmpdir(), 'nuvem-demo-'));
  try {
    const app = await step('Open Nuvem', () => launch(executablePath, profile, display));
    const kill = (): void => void app.process().kill('SIGKILL');
    // Without its app, the step that is under way fails, and so everything is cleared away.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, kill);
    await allInTurn([
      () => runDemoTour(app),
      () => step(`Save ${resolve(screenshotFile)}`, () => saveScreenshot(app, screenshotFile)),
      () => step('Stop the notebook', () => stopDemoNotebook(app, profile)),
      () => step('Close Nuvem', () => close(app, kill)),
    ]);
  } finally {
    await display.stop();
    await rm(profile, { recursive: true, force: true });
  }
}

/** Does each thing even if one before it failed, and rejects with what failed first. */
async function allInTurn(works: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const work of works) await work().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

async function launch(
  executablePath: string,
  profile: string,
  display: VirtualDisplay,
): Promise<ElectronApplication> {
  const home = join(profile, 'home');
  await mkdir(home);
  return launchElectron({
    executablePath,
    args: [...platformArguments(), '.', `--user-data-dir=${profile}`],
    chromiumSandbox: platformArguments().length === 0,
    env: {
      ...definedEnvironment(),
      ...display.env,
      // SSH and Jupyter would keep what they learn in the user's home.
      HOME: home,
      XDG_CACHE_HOME: dirname(userCacheDir()),
      XDG_CONFIG_HOME: process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'),
      // The tour finds its way by the English texts.
      LANGUAGE: 'en',
      LC_ALL: 'C.UTF-8',
    },
  });
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** An app that does not close in time is ended; what it asks then, nobody can answer. */
async function close(app: ElectronApplication, kill: () => void): Promise<void> {
  const timer = setTimeout(kill, closeTimeoutMs);
  await app.close();
  clearTimeout(timer);
}

/** Playwright's own screenshots may leave webviews out, so the window takes it. */
async function saveScreenshot(app: ElectronApplication, file: string): Promise<void> {
  const png = await app.evaluate(async ({ BrowserWindow }) => {
    const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
    return image?.toPNG().toString('base64') ?? null;
  });
  if (png === null) throw new Error('There is no window to take a picture of.');
  await writeFile(file, Buffer.from(png, 'base64'));
}
