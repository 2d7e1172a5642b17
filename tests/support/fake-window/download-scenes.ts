import type { Download, DownloadId } from '../../../shared/model/download';
import { gpuMachine, report, uuid } from '../samples';
import type {} from './preload';
import type { Scene } from './scene';

const sample = (index: number, name: string, part: Partial<Download>): Download => ({
  id: uuid<DownloadId>(400 + index),
  machineId: gpuMachine.id,
  name,
  path: `/home/ana/Downloads/${name}`,
  receivedBytes: 104_000_000,
  totalBytes: 734_003_200,
  canContinue: true,
  state: { kind: 'running', bytesPerSecond: 12_400_000 },
  ...part,
});

const downloads: readonly Download[] = [
  sample(1, 'churn-by-month-and-region-with-all-features-of-2025-and-2026-final.parquet', {}),
  sample(2, 'weights.safetensors', { state: { kind: 'paused' } }),
  sample(3, 'notebook.zip', { totalBytes: null, receivedBytes: 52_000 }),
  sample(4, 'run-17.log', { state: { kind: 'waiting' }, canContinue: false }),
  sample(5, 'plots.pdf', { state: { kind: 'finished' }, receivedBytes: 1_400_000 }),
  sample(6, 'images.tar', {
    state: {
      kind: 'failed',
      error: report('download-disk-full', { path: '/home/ana/Downloads' }),
      canRetry: true,
    },
  }),
];

/** What pages send to this computer. */
export const downloadScenes: readonly Scene[] = [
  {
    name: 'downloads',
    show: async (page) => {
      await page.evaluate(
        ([machine, list]) => {
          window.fakeMain.setMachines([machine]);
          window.fakeMain.setConnection(machine.id, { kind: 'ready', sinceMs: 0 });
          window.fakeMain.setDownloads(list);
        },
        [gpuMachine, downloads] as const,
      );
      await page.getByRole('button', { name: /^Downloads/ }).click();
      await page.getByRole('dialog').waitFor();
      await page.mouse.move(300, 500);
    },
  },
];
