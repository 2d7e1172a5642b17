import type { Page } from '@playwright/test';
import { foundServer, gpuMachine } from '../samples';
import type {} from './preload';
import type { Scene } from './scene';

async function showServer(page: Page, what: 'password' | 'tokenOrPassword'): Promise<void> {
  await page.evaluate(
    ([machine, server]) => {
      window.fakeMain.setMachines([machine]);
      window.fakeMain.setConnection(machine.id, { kind: 'ready', sinceMs: Date.UTC(2026, 2, 4, 12, 30) });
      window.fakeMain.setNotebooks(machine.id, { activity: { kind: 'idle' }, servers: [server] });
    },
    [gpuMachine, { ...foundServer, asks: { what, canBeRemembered: what === 'password' } }] as const,
  );
}

const refused = async (page: Page, typed: string): Promise<void> => {
  await page.getByRole('dialog').locator('input').first().fill(typed);
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
};

/** How the user gets into servers that they started by hand. */
export const signInScenes: readonly Scene[] = [
  {
    name: 'server-sign-in',
    show: async (page) => {
      await showServer(page, 'tokenOrPassword');
      await page.getByRole('button', { name: /^(Open…|Abrir…)$/ }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'server-sign-in-refused',
    show: async (page) => {
      await showServer(page, 'password');
      await page.getByRole('button', { name: /^(Open…|Abrir…)$/ }).click();
      await refused(page, 'wrong');
    },
  },
  {
    name: 'server-by-address',
    show: async (page) => {
      await showServer(page, 'password');
      await page.getByRole('button', { name: /^(By address|Pelo endereço)/ }).click();
      await refused(page, 'http://localhost:8890/lab');
    },
  },
];
