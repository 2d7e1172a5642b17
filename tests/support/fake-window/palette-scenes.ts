import type { Page } from '@playwright/test';
import { shortcut } from '../../../shared/model/shortcut';
import { gpuMachine, labServer, manyMachines, sampleTab, sampleTunnel } from '../samples';
import type {} from './preload';
import type { Scene } from './scene';

const openPalette = async (page: Page, search = '') => {
  await page.keyboard.press('Control+Shift+P');
  await page.getByRole('combobox').waitFor();
  await page.keyboard.type(search);
};
const openShortcuts = async (page: Page) => {
  await page.evaluate(() => window.fakeMain.emit.app.menuChosen('shortcuts'));
  await page.getByRole('dialog').waitFor();
};
const record = (page: Page, action: RegExp) => page.getByRole('button', { name: action }).first().click();

/** The command palette and the shortcuts. */
export const paletteScenes: readonly Scene[] = [
  {
    name: 'palette',
    show: async (page) => {
      await page.evaluate((list) => window.fakeMain.setMachines(list), manyMachines);
      await openPalette(page);
    },
  },
  {
    name: 'palette-search',
    show: async (page, pageUrl) => {
      const tunnels = [sampleTunnel(1, { name: 'Training board' })];
      await page.evaluate(
        ([list, tab, server]) => {
          window.fakeMain.setMachines(list);
          window.fakeMain.setTabs([tab], null);
          const [first] = list;
          if (first)
            window.fakeMain.setNotebooks(first.id, { activity: { kind: 'idle' }, servers: [server] });
        },
        [
          [{ ...gpuMachine, tunnels }, ...manyMachines.slice(1)],
          { ...sampleTab(1, gpuMachine, pageUrl), title: 'training.ipynb', hindrance: { kind: 'asleep' } },
          { ...labServer, folder: '/home/ana/training' },
        ] as const,
      );
      await openPalette(page, 'train');
    },
  },
  {
    name: 'palette-nothing',
    show: async (page) => {
      await page.evaluate((list) => window.fakeMain.setMachines(list), [gpuMachine]);
      await openPalette(page, 'zzzzzz');
    },
  },
  {
    name: 'palette-of-machines',
    show: async (page) => {
      await page.evaluate((list) => window.fakeMain.setMachines(list), manyMachines);
      await page.keyboard.press('Control+E');
      await page.getByRole('combobox').waitFor();
    },
  },
  { name: 'shortcuts', show: openShortcuts },
  {
    name: 'shortcut-for-every-program',
    show: async (page) => {
      await page.evaluate(
        (keys) => {
          window.fakeMain.isGlobalShortcutRefused = true;
          window.fakeMain.changeSettings({ shortcuts: { summon: keys } });
        },
        shortcut('Mod+Alt+J', 'other'),
      );
      await openShortcuts(page);
    },
  },
  {
    name: 'shortcut-refused',
    show: async (page) => {
      await page.evaluate(() => {
        window.fakeMain.isGlobalShortcutRefused = true;
      });
      await openShortcuts(page);
      await record(page, /(from any program|qualquer programa)/);
      await page.keyboard.press('Control+Alt+j');
      await page.getByText(/(Press another one|Pressione outro)\.$/).waitFor();
    },
  },
  {
    name: 'setting-sought',
    show: async (page) => {
      await openPalette(page, 'restore tabs start');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').getByRole('switch').first().waitFor();
    },
  },
  {
    name: 'shortcut-taken',
    show: async (page) => {
      await page.evaluate(
        (keys) => window.fakeMain.changeSettings({ shortcuts: { newGroup: keys, print: null } }),
        shortcut('Mod+Alt+G', 'other'),
      );
      await openShortcuts(page);
      await record(page, /(New group|Novo grupo)/);
      await page.keyboard.press('Control+w');
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^(Use it here|Usar aqui)$/ })
        .waitFor();
    },
  },
];
