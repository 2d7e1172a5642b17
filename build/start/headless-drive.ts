import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication } from '@playwright/test';
import { step } from '../step';
import { startXvfb, type VirtualDisplay } from '../system/xvfb';
import { runDemoTour } from './demo-tour';
import { platformArguments } from './open-app';

/**
 * Opens the app on a virtual display and uses it as a newcomer would: the demo machine, its notebook, one cell.
 * Keeps its profile apart from the user's. Prints each step and its time, and saves a screenshot.
 * Rejects when a step fails, after saving a screenshot of how far it came.
 */
export async function driveHeadless(executablePath: string, screenshotFile: string): Promise<void> {
  console.log('There is no display, so Nuvem runs on a virtual one and drives itself.');
  const display = await step('Virtual display', startXvfb);
  const profile = await mkdtemp(join(tmpdir(), 'nuvem-demo-'));
  try {
    const app = await step('Open Nuvem', () => launch(executablePath, profile, display));
    try {
      await runDemoTour(app);
    } finally {
      await saveScreenshot(app, screenshotFile);
      await step('Close Nuvem', () => app.close());
    }
  } finally {
    await rm(profile, { recursive: true, force: true });
    await display.stop();
  }
}

function launch(
  executablePath: string,
  profile: string,
  display: VirtualDisplay,
): Promise<ElectronApplication> {
  return _electron.launch({
    executablePath,
    args: [...platformArguments(), '.', `--user-data-dir=${profile}`],
    env: { ...definedEnvironment(), ...display.env },
  });
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** Playwright's own screenshots leave webviews out, so the window takes it. */
async function saveScreenshot(app: ElectronApplication, file: string): Promise<void> {
  const path = resolve(file);
  await step(`Screenshot ${path}`, () =>
    app.evaluate(async ({ BrowserWindow }, target) => {
      const { writeFile } = await import('node:fs/promises');
      const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
      if (image === undefined) throw new Error('there is no window');
      await writeFile(target, image.toPNG());
    }, path),
  );
}
