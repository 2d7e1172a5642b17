import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import {
  type AppProfile,
  answerSaveDialog,
  guestInFront,
  killLeftApps,
  type LabApp,
  launchApp,
  makeAppProfile,
} from '../support/lab/app';
import { callsOf } from '../support/lab/app-calls';
import { chooseMenu } from '../support/lab/app-menu';
import type { GuestPage } from '../support/lab/guest-page';
import { JupyterLabPage } from '../support/lab/jupyterlab-page';
import { createMachine } from '../support/lab/machine-form';
import { type NotebookMachine, startNotebookMachine } from '../support/lab/notebook-machine';
import { textsOf } from '../support/lab/texts';

/** What can be done with a page in a tab: a real JupyterLab of a real machine. */
test.describe.configure({ mode: 'serial' });

const { actions, app: texts } = textsOf('en');

let profile: AppProfile;
let machine: NotebookMachine;
let app: LabApp;
let page: GuestPage;
let lab: JupyterLabPage;

test.beforeAll(async () => {
  profile = await makeAppProfile();
  machine = await startNotebookMachine('Lab', 'jupyterlab4', profile);
  app = await launchApp({ profile });
  await createMachine(app.page, machine.form);
  await app.page.getByRole('button', { name: 'Open notebook' }).click();
  await labInFront();
  await lab.newNotebook();
});

test.afterAll(async () => {
  await killLeftApps();
  await machine.stop();
  await profile.remove();
});

async function labInFront(): Promise<void> {
  page = await guestInFront(app, '/lab');
  lab = new JupyterLabPage(page);
  await lab.ready();
}

const bar = () => app.page.getByRole('search', { name: texts.find.title });
const found = () => bar().getByRole('status');
/** Presses a key in the page, which it gets as from a keyboard. */
const press = (keyCode: string, modifiers: readonly ('control' | 'alt' | 'shift')[]): Promise<void> =>
  app.electron.evaluate(
    ({ webContents }, [id, key, held]) => {
      const contents = webContents.fromId(id);
      contents?.focus();
      for (const type of ['keyDown', 'keyUp'] as const)
        contents?.sendInputEvent({ type, keyCode: key, modifiers: [...held] });
    },
    [page.contentsId, keyCode, modifiers] as const,
  );
const zoomOf = (): Promise<number> =>
  app.electron.evaluate(
    ({ webContents }, id) => webContents.fromId(id)?.getZoomLevel() ?? NaN,
    page.contentsId,
  );

test('text is found in a page, match by match, and Escape goes back into the page', async () => {
  await lab.runCell("print('needle in a ' + 'haystack', 'needle')");
  await chooseMenu(app, actions.action.find);
  await bar().getByRole('textbox').fill('haystack');
  await expect(found()).toHaveText(/^1 of [1-9]/);
  const count = Number(/of (\d+)/.exec((await found().textContent()) ?? '')?.[1]);
  await bar().getByRole('textbox').press('Enter');
  await expect(found()).toHaveText(count === 1 ? '1 of 1' : `2 of ${count}`);
  await chooseMenu(app, actions.action.findPrevious);
  await expect(found()).toHaveText(`1 of ${count}`);
  await bar().getByRole('textbox').fill('nothing-like-this');
  await expect(found()).toHaveText(texts.find.none);
  await bar().getByRole('textbox').press('Escape');
  await expect(bar()).toHaveCount(0);
  await expect.poll(() => page.evaluate(() => document.hasFocus())).toBe(true);
});

test('Ctrl+F is JupyterLab’s own search in a notebook', async () => {
  await page.click('.jp-Notebook .cm-content');
  await press('F', ['control']);
  await page.until(
    'JupyterLab’s search',
    () => document.querySelector('.jp-DocumentSearch-overlay') !== null,
  );
  await expect(bar()).toHaveCount(0);
  await press('Escape', []);
});

test('the palette opens by its keys over a notebook, and Escape goes back into the page', async () => {
  await page.click('.jp-Notebook .cm-content');
  await press('P', ['control', 'shift']);
  const box = app.page.getByRole('combobox', { name: actions.palette.box });
  await expect(box).toBeFocused();
  await app.page.keyboard.type('actual');
  await expect(app.page.getByRole('option').first()).toContainText(actions.action.actualSize);
  await app.page.keyboard.press('Escape');
  await expect(box).toHaveCount(0);
  await expect.poll(() => page.evaluate(() => document.hasFocus())).toBe(true);
});

test('Ctrl+F in the window finds in the page in front, and on the machines page a machine', async () => {
  const tabs = app.page.getByRole('tab');
  await tabs.nth(1).focus();
  await app.page.keyboard.press('Control+f');
  await expect(bar().getByRole('textbox')).toBeFocused();
  await app.page.keyboard.press('Escape');
  await expect(bar()).toHaveCount(0);
  await tabs.first().click();
  await app.page.keyboard.press('Control+f');
  await expect(app.page.locator('#connect-box')).toBeFocused();
  await tabs.nth(1).click();
  await guestInFront(app, '/lab');
});

test('a page is saved as PDF, and without a printer printing says so', async () => {
  const target = join(profile.home, 'page.pdf');
  await answerSaveDialog(app, target);
  await chooseMenu(app, actions.action.savePdf);
  await expect(app.page.getByText(`Saved ${target}`)).toBeVisible();
  expect((await readFile(target)).subarray(0, 5).toString()).toBe('%PDF-');
  const printed = await app.electron.evaluate(async ({ webContents }, id) => {
    const contents = webContents.fromId(id);
    if (contents === undefined) throw new Error('the page is gone');
    const calls: number[] = [];
    contents.print = () => void calls.push(1);
    Object.assign(globalThis, { labPrinted: calls });
    return (await contents.getPrintersAsync()).length;
  }, page.contentsId);
  await chooseMenu(app, actions.action.print);
  const calls = () =>
    app.electron.evaluate(() => (globalThis as unknown as { labPrinted: number[] }).labPrinted);
  if (printed === 0) await expect(app.page.getByText('This computer knows no printer.')).toBeVisible();
  else await expect.poll(calls).toHaveLength(1);
});

test('a page that does not respond is told of, and another try loads it with its kernel as it was', async () => {
  await lab.runCell('x = 41');
  await page.evaluate(() => {
    setTimeout(() => {
      for (;;);
    }, 0);
  });
  const strip = app.page.getByRole('alert').filter({ hasText: 'does not respond' });
  // Chromium does not tell of it where a debugger looks on, as in tests; else it does after 15 seconds.
  const notice = () =>
    app.electron.evaluate(
      ({ webContents }, id) => webContents.fromId(id)?.emit('unresponsive'),
      page.contentsId,
    );
  await notice();
  await strip.getByRole('button', { name: texts.tabs.wait }).click();
  await expect(strip).toHaveCount(0);
  await notice();
  await strip.getByRole('button', { name: texts.tabs.reload }).click();
  await expect(strip).toHaveCount(0);
  await labInFront();
  await lab.openNotebook('Untitled.ipynb');
  expect(await lab.runCell('print(x + 1)')).toBe('42');
  expect((await callsOf(app).app.notices()).map(({ code }) => code)).not.toContain('page-crashed');
});

test('a page whose process was killed offers to load it again, with its kernel as it was', async () => {
  const pid = await app.electron.evaluate(
    ({ webContents }, id) => webContents.fromId(id)?.getOSProcessId() ?? 0,
    page.contentsId,
  );
  process.kill(pid, 'SIGKILL');
  const failed = app.page.getByRole('alert').filter({ hasText: texts.tabs.crashed });
  await failed.getByRole('button', { name: texts.tabs.reload }).click();
  await labInFront();
  await lab.openNotebook('Untitled.ipynb');
  expect(await lab.runCell('print(x + 2)')).toBe('43');
});

test('the size of a machine’s pages is theirs alone and is the same at the next start', async () => {
  expect(await zoomOf()).toBe(0);
  await chooseMenu(app, actions.action.zoomIn);
  await chooseMenu(app, actions.action.zoomIn);
  await expect.poll(zoomOf).toBe(2);
  await page.evaluate(() => location.reload());
  await labInFront();
  await expect.poll(zoomOf).toBe(2);
  await app.quit();
  app = await launchApp({ profile });
  await app.page.getByRole('tab').nth(1).click();
  await labInFront();
  await expect.poll(zoomOf).toBe(2);
  await chooseMenu(app, actions.action.zoomOut);
  await expect.poll(zoomOf).toBe(1);
  await chooseMenu(app, actions.action.actualSize);
  await expect.poll(zoomOf).toBe(0);
});
