import type { Page } from '@playwright/test';
import type { EnvironmentsSnapshot } from '../../../shared/model/environment';
import type { NotebookChoice } from '../../../shared/model/machine';
import type { RecipeState } from '../../../shared/model/recipe';
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

const section = (page: Page) => page.locator('section[aria-labelledby="environments-title"]');

const recipe = { kind: 'newEnvironment' } as const;
const pipLines = [
  '$ /usr/bin/python3 -m venv /home/ubuntu/.local/share/nuvem/environments/jupyterlab',
  '$ /home/ubuntu/.local/share/nuvem/environments/jupyterlab/bin/python -m pip install jupyterlab',
  'Collecting jupyterlab',
  '  Downloading jupyterlab-4.6.6-py3-none-any.whl (12.4 MB)',
  ...['async-lru', 'httpx', 'ipykernel', 'jinja2', 'jupyter-core', 'jupyter-lsp', 'jupyter-server'].map(
    (name) => `Collecting ${name} (from jupyterlab)`,
  ),
  'ERROR: Could not install packages due to an OSError: HTTPSConnectionPool(host=pypi.org, port=443): Max retries',
];

/** Opens the dialog of a recipe in a state. */
async function showRecipe(page: Page, state: RecipeState): Promise<void> {
  const plan = {
    place: '/home/ubuntu/.local/share/nuvem/environments/jupyterlab',
    commands: pipLines.slice(0, 2).map((line) => line.slice(2)),
  };
  await page.evaluate((value) => Object.assign(window.fakeMain, { recipePlan: value }), plan);
  await show(page, { found: onlySystemPython });
  await section(page).locator('button').first().click();
  if (state.kind === 'none') return;
  await page.getByRole('dialog').locator('pre').waitFor();
  await page.getByRole('dialog').getByRole('button').last().click();
  await page.evaluate(([id, next]) => window.fakeMain.setRecipe(id, next), [gpuMachine.id, state] as const);
}

const inUse = { kind: 'environment', path: '/home/ubuntu/miniforge3/envs/vision' } as const;

/** Every look of a machine's environments. */
export const environmentScenes: readonly Scene[] = [
  {
    name: 'environments-found',
    show: async (page) => {
      await show(page, { found: manyEnvironments }, inUse);
      await section(page).locator('[aria-expanded]').first().click();
      await page.getByText('2021', { exact: true }).waitFor();
    },
  },
  {
    name: 'environments-kernels',
    show: async (page) => {
      await show(page, { found: manyEnvironments }, inUse);
      await section(page).locator('[aria-expanded]').nth(1).click();
      await page.getByText('Python 3.8 (thesis)', { exact: true }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'environments-kernel-removal',
    show: async (page) => {
      await show(page, { found: manyEnvironments }, inUse);
      await section(page).locator('[aria-expanded]').nth(1).click();
      await section(page)
        .getByRole('button', { name: /kernel.*thesis/ })
        .click();
      await page.getByRole('alertdialog').waitFor();
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
    name: 'recipe-proposed',
    show: async (page) => {
      await showRecipe(page, { kind: 'none' });
      await page.getByRole('dialog').locator('pre').waitFor();
    },
  },
  {
    name: 'recipe-impossible',
    show: async (page) => {
      await show(page, { found: onlySystemPython });
      await section(page).locator('button').first().click();
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'recipe-running', show: (page) => showRecipe(page, { kind: 'running', recipe, lines: pipLines }) },
  {
    name: 'recipe-failed',
    show: (page) =>
      showRecipe(page, {
        kind: 'failed',
        recipe,
        error: report('recipe-failed', { exitCode: '1' }),
        lines: pipLines,
        isCleanedUp: true,
        wasUndoing: false,
      }),
  },
  {
    name: 'recipe-done',
    show: (page) =>
      showRecipe(page, {
        kind: 'done',
        id: '0123456789ab',
        recipe,
        place: `${onlySystemPython.environmentsFolder}/jupyterlab`,
      }),
  },
  {
    name: 'recipe-under-way-on-the-page',
    show: async (page) => {
      await show(page, { found: manyEnvironments });
      await page.evaluate(([id, state]) => window.fakeMain.setRecipe(id, state), [
        gpuMachine.id,
        { kind: 'running', recipe, lines: pipLines },
      ] as const);
      await section(page).locator('[role=img], svg').first().waitFor();
    },
  },
  {
    name: 'made-by-nuvem',
    show: async (page) => {
      await show(page, { found: manyEnvironments }, inUse);
      await section(page).locator('[aria-expanded]').last().click();
      await page.getByText('/environments/jupyterlab').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'made-undo-asked',
    show: async (page) => {
      await show(page, { found: manyEnvironments }, inUse);
      await section(page).locator('[aria-expanded]').last().click();
      await section(page)
        .getByRole('button', { name: /environments\/jupyterlab$/ })
        .click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'made-undo-refused',
    show: async (page) => {
      await show(page, { found: manyEnvironments }, inUse);
      await section(page).locator('[aria-expanded]').last().click();
      await section(page)
        .getByRole('button', { name: /environments\/jupyterlab$/ })
        .click();
      await page.getByRole('alertdialog').getByRole('button').last().click();
      await page.evaluate(([id, state]) => window.fakeMain.setRecipe(id, state), [
        gpuMachine.id,
        {
          kind: 'failed',
          recipe,
          error: report('recipe-place-changed', {
            path: '/home/ubuntu/.local/share/nuvem/environments/jupyterlab',
          }),
          lines: [],
          isCleanedUp: false,
          wasUndoing: true,
        },
      ] as const);
      await page.getByRole('alertdialog').getByRole('alert').waitFor();
    },
  },
  {
    name: 'jupytext-offered',
    show: async (page) => {
      await show(page, { found: manyEnvironments }, inUse);
      await page.evaluate((machineId) => {
        window.fakeMain.postNotice({
          noticeId: '00000000-0000-4000-8000-000000000311',
          level: 'info',
          code: 'jupytext-offered',
          params: {
            name: 'prepare-training-data-with-all-seeds.py',
            machineId,
            environment: '/home/ubuntu/miniforge3/envs/vision',
          },
        });
        window.fakeMain.postNotice({
          noticeId: '00000000-0000-4000-8000-000000000312',
          level: 'info',
          code: 'jupytext-not-loaded',
          params: { name: 'train.py' },
        });
      }, gpuMachine.id);
      await page.getByText('train.py').waitFor();
    },
  },
  {
    name: 'jupytext-proposed',
    show: async (page) => {
      await show(page, { found: manyEnvironments }, inUse);
      const command = '/home/ubuntu/miniforge3/envs/vision/bin/python3 -m pip install jupytext';
      const place = '/home/ubuntu/miniforge3/envs/vision';
      await page.evaluate((plan) => Object.assign(window.fakeMain, { recipePlan: plan }), {
        commands: [command],
        place,
      });
      await section(page)
        .getByRole('button', { name: /jupytext.* vision/ })
        .click();
      await page.getByRole('dialog').locator('pre').waitFor();
    },
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
