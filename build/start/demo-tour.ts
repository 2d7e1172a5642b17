import type { ElectronApplication, Page } from '@playwright/test';
import catalogue from '../../shared/i18n/en/app.json' with { type: 'json' };
import { guestPages } from '../../tests/support/lab/guest-page';
import { JupyterLabPage } from '../../tests/support/lab/jupyterlab-page';
import { secondsSince, step } from '../step';

const windowTimeoutMs = 30_000;
/** The first time, JupyterLab is downloaded and installed. */
const demoTimeoutMs = 10 * 60_000;
const stopTimeoutMs = 20_000;
const pollMs = 100;

const code = 'print(6*7)';
const expectedOutput = '42';

/**
 * Uses the opened app as a newcomer would, up to an executed cell. Prints each step and its time.
 * Rejects, in words, at the first thing that is not as it should be.
 */
export async function runDemoTour(app: ElectronApplication): Promise<void> {
  const window = await step('See the window', () => app.firstWindow({ timeout: windowTimeoutMs }));
  const offer = catalogue.welcome.tryDemo;
  await step(`Press “${offer}”`, () => window.getByRole('button', { name: offer }).click());
  await openDemoNotebook(window);
  const lab = await step('See JupyterLab', () => openedLab(app));
  await step('Open a new notebook', () => lab.newNotebook());
  const output = await step(`Run the cell ${code}`, () => lab.runCell(code));
  if (output !== expectedOutput)
    throw new Error(`The cell put out "${output}" instead of ${expectedOutput}.`);
  console.log(`  The cell's output, read from the page: ${output}`);
  await step('Save the notebook', () => save(lab));
}

/** Jupyter outlives the app by design; the tour stops the one whose folder is below `profile`. */
export async function stopDemoNotebook(app: ElectronApplication, profile: string): Promise<void> {
  const window = await app.firstWindow({ timeout: windowTimeoutMs });
  const { stop } = catalogue.notebook;
  await window.getByRole('tab', { name: catalogue.tabs.home }).click();
  const server = window.getByRole('listitem').filter({ hasText: profile });
  await server.getByRole('button', { name: stop }).click({ timeout: stopTimeoutMs });
  await window.getByRole('alertdialog').getByRole('button', { name: stop }).click({ timeout: stopTimeoutMs });
  await server.waitFor({ state: 'detached', timeout: stopTimeoutMs });
}

/** Follows the steps that the window shows, until the notebook's tab is there. */
async function openDemoNotebook(window: Page): Promise<void> {
  const endsAt = performance.now() + demoTimeoutMs;
  const current = window.locator('li[aria-current="step"] > span').first();
  let name = '';
  let startedAt = performance.now();
  const finish = (): void => {
    if (name !== '') console.log(`✓ ${name} (${secondsSince(startedAt)})`);
  };
  while ((await window.getByRole('tab').count()) < 2) {
    const [failure] = await window.getByRole('alert').allInnerTexts();
    if (failure !== undefined) throw new Error(`${name || catalogue.demo.title}: ${failure}`);
    const shown = (await current.count()) > 0 ? ((await current.textContent()) ?? name) : name;
    if (shown !== name) {
      finish();
      name = shown;
      startedAt = performance.now();
    }
    if (performance.now() > endsAt)
      throw new Error(`${name} took longer than ${demoTimeoutMs / 60_000} minutes.`);
    await window.waitForTimeout(pollMs);
  }
  finish();
}

async function openedLab(app: ElectronApplication): Promise<JupyterLabPage> {
  const [page] = await guestPages(app);
  if (page === undefined) throw new Error('There is a tab, but no page in it.');
  const lab = new JupyterLabPage(page);
  await lab.ready();
  return lab;
}

/** Saves what is open; a notebook's first save asks for its name, which is taken as it is. */
async function save(lab: JupyterLabPage): Promise<void> {
  await lab.page.until('the notebook to be saved', () => {
    const question = document.querySelector<HTMLElement>('.jp-Dialog .jp-mod-accept');
    if (question) question.click();
    else if (!document.querySelector('.jp-mod-dirty')) return true;
    else document.querySelector<HTMLElement>('[data-command="docmanager:save"]')?.click();
    return false;
  });
}
