import { _electron, type ElectronApplication, errors } from '@playwright/test';

type LaunchOptions = Parameters<typeof _electron.launch>[0];

const launchTimeoutMs = 25_000;
const triesAllowed = 3;

/**
 * Starts Electron under Playwright's control. When Playwright attaches just while the window loads its page, it
 * now and then waits for ever for an answer of a page that is gone (microsoft/playwright issue 29386), though the
 * app is there and usable: then it is ended and started anew. Rejects with Playwright's error when that does
 * not help either.
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
