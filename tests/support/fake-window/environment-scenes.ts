import type { Page } from '@playwright/test';
import type { EnvironmentsSnapshot } from '../../../shared/model/environment';
import type { NotebookChoice } from '../../../shared/model/machine';
import { manyEnvironments, onlySystemPython } from '../environment-samples';
import { gpuMachine, report } from '../samples';
import type {} from './preload';
import type { Scene } from './scene';

/** Shows the part of a machine's page that is about environments. */
async function show(
  page: Page,
  environments: Partial<EnvironmentsSnapshot>,
  notebook: NotebookChoice = { kind: 'auto' },
): Promise<void> {
  await page.evaluate(
    ([machine, snapshot]) => {
      window.fakeMain.setMachines([machine]);
      window.fakeMain.setConnection(machine.id, { kind: 'ready', sinceMs: Date.UTC(2026, 2, 4, 12, 30) });
      window.fakeMain.setEnvironments(machine.id, snapshot);
    },
    [{ ...gpuMachine, notebook }, environments] as const,
  );
  await page.locator('#environments-title').scrollIntoViewIfNeeded();
}

const inUse = { kind: 'environment', path: '/home/ubuntu/miniforge3/envs/vision' } as const;

/** Every look of a machine's environments. */
export const environmentScenes: readonly Scene[] = [
  {
    name: 'environments-found',
    show: async (page) => {
      await show(page, { found: manyEnvironments }, inUse);
      await page.locator('section[aria-labelledby="environments-title"] [aria-expanded]').click();
      await page.getByText('2021', { exact: true }).waitFor();
    },
  },
  {
    name: 'environments-looking',
    show: (page) => show(page, { search: { kind: 'looking' } }),
  },
  {
    name: 'environments-failed',
    show: (page) =>
      show(page, { search: { kind: 'failed', error: report('remote-shell-unsupported', {}) }, found: null }),
  },
  {
    name: 'environments-none-with-jupyter',
    show: (page) =>
      show(page, { found: onlySystemPython }, { kind: 'command', line: 'cd ~/work && jupyter lab' }),
  },
  {
    name: 'editor-environment-choice',
    show: async (page) => {
      await show(page, { found: manyEnvironments }, inUse);
      await page.locator('header button').nth(2).click();
      await page.getByRole('dialog').locator('#machine-environmentPath').scrollIntoViewIfNeeded();
    },
  },
];
