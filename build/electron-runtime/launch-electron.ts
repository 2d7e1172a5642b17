import { _electron, type ElectronApplication, errors } from '@playwright/test';

type LaunchOptions = Parameters<typeof _electron.launch>[0];

const launchTimeoutMs = 25_000;
const triesAllowed = 3;

/**
 * Starts Electron under Playwright's control. Now and then the launch never returns, though the app is up and its
 * page loaded; why is not known (microsoft/playwright issue 29386 looks alike): then it is ended and started
 * anew, and says so. Rejects with Playwright's error when that does not help either.
 */
export async function launchElectron(options: NonNullable<LaunchOptions>): Promise<ElectronApplication> {
  for (let triesLeft = triesAllowed - 1; ; triesLeft -= 1) {
    try {
      return await _electron.launch({ timeout: launchTimeoutMs, ...options });
    } catch (error) {
      if (!(error instanceof errors.TimeoutError) || triesLeft === 0) throw error;
      console.error(`Electron did not answer within ${launchTimeoutMs / 1000} s; starting it again`);
    }
  }
}
