import { expect, type Page, test } from '@playwright/test';
import { catalogues } from '../../shared/i18n/catalogues';
import type { FakeMain } from '../support/fake-main';
import { type FakeWindow, openFakeWindow } from '../support/fake-window/launch';
import { gpuMachine, labServer, manyMachines, sampleTab, sampleTunnel } from '../support/samples';

/** The command palette and the shortcuts by the keys alone, over a double of the main process. */
const { actions } = catalogues.en;
const tunnel = sampleTunnel(1, { name: 'Spark board' });
const machines = [{ ...gpuMachine, tunnels: [tunnel] }, ...manyMachines.slice(1, 3)];
const [gpu, etl] = machines as [typeof gpuMachine, typeof gpuMachine];

let fakeWindow: FakeWindow;
let page: Page;

test.beforeAll(async () => {
  fakeWindow = await openFakeWindow();
  page = fakeWindow.page;
});
test.afterAll(async () => {
  await fakeWindow?.close();
});
test.beforeEach(async () => {
  await page.reload();
  await page.evaluate((list) => window.fakeMain.setMachines(list), machines);
  await page.getByRole('treeitem', { name: gpu.name }).waitFor();
});

const box = () => page.getByRole('combobox');
const options = () => page.getByRole('option');
const chosen = () => page.getByRole('option', { selected: true });
const calls = (name: string): Promise<FakeMain['calls'][number]['input'][]> =>
  page.evaluate(
    (wanted) => window.fakeMain.calls.filter((call) => call.name === wanted).map(({ input }) => input),
    name,
  );
async function openPalette(search = ''): Promise<void> {
  await page.keyboard.press('Control+Shift+P');
  await expect(box()).toBeFocused();
  await page.keyboard.type(search);
}

test.describe('the palette', () => {
  test('opens and closes by keys, and the focus is where it was', async () => {
    await page.getByRole('treeitem', { name: gpu.name }).focus();
    await openPalette();
    await expect(box()).toHaveAccessibleName(actions.palette.box);
    await page.keyboard.press('Escape');
    await expect(box()).toHaveCount(0);
    await expect(page.getByRole('treeitem', { name: gpu.name })).toBeFocused();
  });

  test('tells by ARIA which line the keys are on', async () => {
    await openPalette();
    const first = await options().nth(0).getAttribute('id');
    await expect(box()).toHaveAttribute('aria-activedescendant', first ?? '');
    await page.keyboard.press('ArrowUp');
    await expect(options().last()).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('ArrowDown');
    await expect(options().first()).toHaveAttribute('aria-selected', 'true');
    await expect(chosen()).toHaveCount(1);
  });

  test('connects to a machine by Enter, and opens its notebook by Ctrl+Enter', async () => {
    await openPalette(etl.name);
    await expect(chosen()).toContainText(etl.name);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(etl.name);
    expect(await calls('connections.connect')).toEqual([{ machineId: etl.id }]);
    await openPalette(gpu.name);
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => calls('notebooks.openOrStart')).toEqual([{ machineId: gpu.id }]);
  });

  test('connects to a server that is no machine yet', async () => {
    await openPalette('ana@gpu7.example.org:2222');
    await expect(chosen()).toContainText('Connect to ana@gpu7.example.org:2222');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => calls('machines.open'))
      .toEqual([expect.objectContaining({ draft: expect.objectContaining({ name: expect.any(String) }) })]);
  });

  test('reaches tabs, notebooks and tunnels', async () => {
    await page.evaluate(
      ([id, server, tab]) => {
        window.fakeMain.setNotebooks(id, { activity: { kind: 'idle' }, servers: [server] });
        window.fakeMain.setTabs([tab], null);
      },
      [
        gpu.id,
        labServer,
        { ...sampleTab(1, gpu, 'http://localhost:1/'), title: 'thesis.ipynb', hindrance: { kind: 'asleep' } },
      ] as const,
    );
    await openPalette(labServer.folder);
    await page.keyboard.press('Enter');
    await expect.poll(() => calls('notebooks.open')).toEqual([{ machineId: gpu.id, serverId: labServer.id }]);
    await openPalette('spark board');
    await expect(chosen()).toContainText('Open tunnel Spark board');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => calls('tunnels.turn'))
      .toEqual([{ machineId: gpu.id, tunnelId: tunnel.id, isOn: true }]);
    await openPalette('thesis');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('tab', { name: /thesis/ })).toHaveAttribute('aria-selected', 'true');
  });

  test('shows the keys of an action, does it, and offers only what can be done now', async () => {
    await openPalette('> close tab');
    await expect(options().filter({ hasText: actions.action.closeTab })).toHaveCount(0);
    await box().fill('> settings');
    await expect(chosen()).toContainText('Ctrl+,');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  });

  test('leads to the very setting, which then has the keyboard', async () => {
    const { settings } = catalogues.en.app;
    const dialog = page.getByRole('dialog', { name: settings.title });
    await openPalette(settings.longRuns);
    await expect(chosen()).toContainText(settings.longRuns);
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('button', { name: settings.longRuns })).toBeFocused();
    await expect(dialog.getByRole('button', { name: settings.longRuns })).toBeInViewport();
    await page.keyboard.press('Escape');
    await openPalette(settings.startsAtLogin);
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('switch', { name: settings.startsAtLogin })).toBeFocused();
    await page.keyboard.press('Space');
    await expect
      .poll(() => calls('settings.save'))
      .toEqual([expect.objectContaining({ startsAtLogin: true })]);
  });

  test('pauses reconnecting, and then offers to resume it', async () => {
    await openPalette('reconnecting');
    await expect(options()).toHaveText([new RegExp(actions.action.pauseReconnecting)]);
    await page.keyboard.press('Enter');
    await expect.poll(() => calls('app.act')).toEqual([{ action: 'pauseReconnecting' }]);
    await openPalette('reconnecting');
    await expect(options()).toHaveText([new RegExp(actions.action.resumeReconnecting)]);
  });

  test('puts the keyboard where an action wants it', async () => {
    await openPalette('connect to…');
    await page.keyboard.press('Enter');
    await expect(page.locator('#connect-box')).toBeFocused();
  });

  test('finds what is said in Portuguese by English words and without accents, and the other way round', async () => {
    for (const [language, search, text] of [
      ['pt-BR', 'configuracoes', catalogues['pt-BR'].actions.action.settings],
      ['pt-BR', 'trusted hosts', catalogues['pt-BR'].actions.action.showTrustedHosts],
      ['en', 'chaves ssh', actions.action.showKeys],
    ] as const) {
      await page.evaluate((choice) => window.fakeMain.changeSettings({ language: choice }), language);
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      await openPalette(search);
      await expect(options().filter({ hasText: text })).toHaveCount(1);
      await page.keyboard.press('Escape');
    }
  });

  test('of machines alone offers no actions', async () => {
    await page.keyboard.press('Control+e');
    await expect(page.getByRole('combobox', { name: actions.palette.quickBox })).toBeFocused();
    await expect(options()).toHaveCount(machines.length);
    await page.keyboard.type('settings');
    await expect(options()).toHaveCount(0);
  });

  test('says when nothing is called like that', async () => {
    await openPalette('zzzzzz');
    await expect(page.getByText(actions.palette.none)).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: '0 results' })).toHaveCount(1);
  });
});

test.describe('shortcuts', () => {
  const lineOf = (action: string) => page.getByRole('button', { name: `Change shortcut of ${action}:` });

  test('are changed by pressing other keys, work at once, and are as usual again', async () => {
    await openPalette('> keyboard shortcuts');
    await page.keyboard.press('Enter');
    await page.getByRole('searchbox', { name: actions.shortcuts.search }).fill('new group');
    await lineOf(actions.action.newGroup).press('Enter');
    await page.keyboard.press('g');
    await expect(page.getByText('That key alone can’t be a shortcut.')).toBeVisible();
    await page.keyboard.press('Control+Shift+Y');
    await expect(lineOf(actions.action.newGroup)).toHaveText('Ctrl+Shift+Y');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Shift+Y');
    await expect(page.getByRole('dialog', { name: 'New group' })).toBeVisible();
    await page.keyboard.press('Escape');

    await page.evaluate(() => window.fakeMain.emit.app.menuChosen('shortcuts'));
    await page.getByRole('button', { name: actions.shortcuts.resetAll }).click();
    await expect(lineOf(actions.action.newGroup)).toHaveText(actions.shortcuts.none);
  });

  test('of the system are refused, and those of another action are taken only when the user says so', async () => {
    await page.evaluate(() => window.fakeMain.emit.app.menuChosen('shortcuts'));
    await lineOf(actions.action.export).click();
    await page.keyboard.press('Control+c');
    await expect(page.getByText('Ctrl+C belongs to the system or to editing text.')).toBeVisible();
    await page.keyboard.press('Control+n');
    await expect(page.getByText('Ctrl+N is “New machine…” now')).toBeVisible();
    await expect(lineOf(actions.action.newMachine)).toHaveText('Ctrl+N');
    await page.getByRole('button', { name: actions.shortcuts.take }).click();
    await expect(lineOf(actions.action.export)).toHaveText('Ctrl+N');
    await expect(lineOf(actions.action.newMachine)).toHaveText(actions.shortcuts.none);
    await lineOf(actions.action.export).click();
    await page.getByRole('button', { name: actions.shortcuts.reset, exact: true }).click();
    await expect(lineOf(actions.action.newMachine)).toHaveText('Ctrl+N');
  });

  test('for every program open the palette of machines, and are refused in words', async () => {
    await page.evaluate(() => window.fakeMain.emit.app.menuChosen('shortcuts'));
    const line = lineOf(actions.action.summon);
    await expect(line).toHaveText(actions.shortcuts.none);
    await line.click();
    await page.evaluate(() => {
      window.fakeMain.isGlobalShortcutRefused = true;
    });
    await page.keyboard.press('Control+Alt+j');
    await expect(page.getByText('Ctrl+Alt+J can’t be had in every program')).toBeVisible();
    await page.evaluate(() => {
      window.fakeMain.isGlobalShortcutRefused = false;
    });
    await page.keyboard.press('Control+Alt+k');
    await expect(line).toHaveText('Ctrl+Alt+K');
    await expect(page.getByText(actions.shortcuts.system)).toBeVisible();
    await page.keyboard.press('Escape');
    await page.evaluate(() => window.fakeMain.emit.app.menuChosen('summon'));
    await expect(page.getByRole('combobox', { name: actions.palette.quickBox })).toBeFocused();
  });

  test('stay as they are when Escape ends the recording, which leaves the list open', async () => {
    await page.evaluate(() => window.fakeMain.emit.app.menuChosen('shortcuts'));
    await lineOf(actions.action.settings).click();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('textbox', { name: actions.shortcuts.press })).toHaveCount(0);
    await expect(lineOf(actions.action.settings)).toHaveText('Ctrl+,');
    expect(await calls('settings.save')).toEqual([]);
  });
});
