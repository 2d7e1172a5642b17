import type { Page } from '@playwright/test';
import type { Machine } from '../../../shared/model/machine';
import type { NotebookSnapshot } from '../../../shared/model/notebook';
import { gpuMachine, labServer, report } from '../samples';
import type {} from './preload';
import type { Scene } from './scene';

const imageMachine: Machine = {
  ...gpuMachine,
  notebook: {
    kind: 'image',
    engine: 'auto',
    image: 'quay.io/jupyter/scipy-notebook:2025-03-14',
    volumes: ['~/data:/data:ro'],
    usesGpus: true,
    options: ['--shm-size=2g'],
  },
};

async function show(
  page: Page,
  machine: Machine,
  notebooks: Pick<NotebookSnapshot, 'activity' | 'servers' | 'recentFolders'>,
): Promise<void> {
  await page.evaluate(
    ([shown, next]) => {
      window.fakeMain.setMachines([shown]);
      window.fakeMain.setConnection(shown.id, { kind: 'ready', sinceMs: Date.UTC(2026, 2, 4, 12, 30) });
      window.fakeMain.setNotebooks(shown.id, next);
    },
    [machine, notebooks] as const,
  );
}

/** Every look of what a machine's notebooks run in. */
export const hostScenes: readonly Scene[] = [
  {
    name: 'editor-image',
    show: async (page) => {
      await show(page, imageMachine, { activity: { kind: 'idle' }, servers: null });
      await page.locator('header button').nth(2).click();
      await page.locator('#machine-image').scrollIntoViewIfNeeded();
      await page.locator('#machine-imageOptions').fill('--rm');
      await page.getByRole('dialog').locator('button[type=submit]').click();
    },
  },
  {
    name: 'fetching-image',
    show: (page) =>
      show(page, imageMachine, {
        activity: {
          kind: 'fetchingImage',
          image: 'quay.io/jupyter/scipy-notebook:2025-03-14',
          layers: 34,
          layersArrived: 12,
        },
        servers: null,
      }),
  },
  {
    name: 'start-in-another-folder',
    show: async (page) => {
      await show(page, gpuMachine, {
        activity: { kind: 'idle' },
        servers: [{ ...labServer, whyNotSystemd: 'lingering-off' }],
        recentFolders: [labServer.folder, '/data/a-project-of-a-rather-long-name/notebooks/experiments-2026'],
      });
      await page.getByRole('button', { name: /another folder|outra pasta/ }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'kept-by-tmux',
    show: (page) =>
      show(page, gpuMachine, {
        activity: { kind: 'idle' },
        servers: [{ ...labServer, whyNotSystemd: 'lingering-off' }],
      }),
  },
  {
    name: 'servers-in-containers',
    show: (page) =>
      show(page, imageMachine, {
        activity: {
          kind: 'failed',
          error: report('container-engine-forbidden', { socket: '/var/run/docker.sock', user: 'ubuntu' }),
        },
        servers: [{ ...labServer, detachedBy: 'podman', image: 'quay.io/jupyter/scipy-notebook:2025-03-14' }],
      }),
  },
];
