import type { Page } from '@playwright/test';
import type { ConnectionState } from '../../../shared/model/connection';
import type { Kernel, KernelId } from '../../../shared/model/kernel';
import type { MeterState } from '../../../shared/model/meter';
import type { ServerFiles } from '../../../shared/model/server-files';
import { gpuMachine, labServer, sampleKernel } from '../samples';
import { sampleAt } from './meter-scenes';
import type {} from './preload';
import type { Scene } from './scene';

const ready: ConnectionState = { kind: 'ready', sinceMs: Date.UTC(2026, 2, 4, 12, 30) };
const mebibyte = 1024 ** 2;

const kernel = (number: number, change: Partial<Kernel>): Kernel => ({
  ...sampleKernel,
  id: `kernel-${number}` as KernelId,
  lastActivityMs: Date.now() - number * 25 * 60_000,
  ...change,
});
const notebook = (path: string) => [{ id: path, type: 'notebook', path, name: path } as const];

const kernels: readonly Kernel[] = [
  kernel(0, {
    state: 'busy',
    busySinceMs: Date.UTC(2026, 2, 4, 13, 2),
    sessions: notebook('experiments/2026-03/vision-transformer-ablation-study-final.ipynb'),
  }),
  kernel(1, { sessions: notebook('train.ipynb') }),
  kernel(80, { displayName: 'R', state: 'dead' }),
];
const measured: MeterState = {
  kind: 'measuring',
  sample: {
    ...sampleAt(0),
    kernels: [
      { kernelId: 'kernel-0' as KernelId, memoryBytes: 2300 * mebibyte },
      { kernelId: 'kernel-1' as KernelId, memoryBytes: 180 * mebibyte },
    ],
  },
};
const files: ServerFiles = {
  recent: [
    { path: 'train.ipynb', modifiedMs: Date.UTC(2026, 2, 4, 13) },
    {
      path: 'experiments/2026-03/vision-transformer-ablation-study-final.ipynb',
      modifiedMs: Date.UTC(2026, 2, 4, 12),
    },
    { path: 'São Paulo/mapa.ipynb', modifiedMs: Date.UTC(2026, 1, 27, 8) },
  ],
  isWhole: false,
  specs: [
    { name: 'python3', displayName: 'Python 3 (ipykernel)' },
    { name: 'ir', displayName: 'R' },
  ],
};

async function showHome(page: Page, running: readonly Kernel[], found: ServerFiles | null): Promise<void> {
  await page.evaluate(
    ([machine, state, server, list, serverFiles, meter]) => {
      window.fakeMain.serverFiles = serverFiles;
      window.fakeMain.setMachines([machine]);
      window.fakeMain.setConnection(machine.id, state);
      window.fakeMain.setMeter(machine.id, meter);
      window.fakeMain.setNotebooks(machine.id, { activity: { kind: 'idle' }, servers: [server] });
      window.fakeMain.setKernels(machine.id, [
        {
          serverId: server.id,
          watch: { kind: 'watching', by: 'asking' },
          seenAtMs: state.kind === 'ready' ? state.sinceMs : null,
          kernels: list,
        },
      ]);
    },
    [gpuMachine, ready, labServer, running, found, measured] as const,
  );
  await page.locator('#home-title').waitFor();
  await page.locator('#home-title').evaluate((title) => title.scrollIntoView({ block: 'nearest' }));
}

/** The home of a machine's notebooks. */
export const homeScenes: readonly Scene[] = [
  { name: 'notebook-home', show: (page) => showHome(page, kernels, files) },
  {
    name: 'notebook-home-empty',
    show: (page) => showHome(page, [], { recent: [], isWhole: true, specs: files.specs }),
  },
  {
    name: 'notebook-home-opened',
    show: async (page) => {
      await showHome(page, kernels.slice(0, 1), files);
      await page.evaluate(
        ([machineId, folder, nowMs]) =>
          window.fakeMain.setOpened(
            [
              'train.ipynb',
              'São Paulo/relatório de desmatamento por município e ano, versão final.ipynb',
            ].map((path, at) => ({
              machineId,
              path: `${folder}/${path}`,
              openedAtMs: nowMs - at * 26 * 3_600_000,
            })),
          ),
        [gpuMachine.id, labServer.folder, Date.now()] as const,
      );
      await page
        .getByRole('button', { name: /train\.ipynb$/ })
        .last()
        .scrollIntoViewIfNeeded();
    },
  },
  { name: 'notebook-home-failed', show: (page) => showHome(page, kernels, null) },
  {
    name: 'notebook-home-shut-down',
    show: async (page) => {
      await showHome(page, kernels, files);
      await page
        .getByRole('button', { name: /^(Shut down|Encerrar)/ })
        .first()
        .click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'notebook-home-complete-path',
    show: async (page) => {
      await showHome(page, kernels, files);
      await page.evaluate(() => {
        window.fakeMain.paths = [
          '~/experiments/2026-03/',
          '~/experiments/2026-04/',
          '~/experiments/baseline.ipynb',
          '~/experiments/vision-transformer-ablation-study-with-all-seeds-and-schedules-final.ipynb',
          '~/experiments/prepare.py',
          '~/experiments/notes.md',
          '~/experiments/weights.csv',
        ];
      });
      await page.getByRole('button', { name: /^(Open by path|Abrir pelo caminho)/ }).click();
      await page.getByRole('dialog').getByRole('combobox').fill('~/experiments/');
      await page.getByRole('option').first().waitFor();
      for (let press = 0; press < 3; press += 1) await page.keyboard.press('ArrowDown');
    },
  },
  {
    name: 'notebook-home-open-path',
    show: async (page) => {
      await showHome(page, kernels, files);
      await page.getByRole('button', { name: /^(Open by path|Abrir pelo caminho)/ }).click();
      await page.getByRole('dialog').getByRole('combobox').fill('~/experiments/none.ipynb');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').waitFor();
    },
  },
];
