import type { Page } from '@playwright/test';
import { JobId, type JobState, type SlurmJob, type SlurmPartition } from '../../../shared/model/slurm';
import { gpuMachine } from '../samples';
import type {} from './preload';
import type { Scene } from './scene';

const hourMs = 3_600_000;

const partition = (name: string, change: Partial<SlurmPartition> = {}): SlurmPartition => ({
  name,
  isDefault: false,
  isUp: true,
  timeLimit: '2-00:00:00',
  nodes: 48,
  idleNodes: 7,
  resources: '',
  ...change,
});

const cluster = {
  kind: 'there',
  partitions: [
    partition('short', { isDefault: true, timeLimit: '1:00:00' }),
    partition('gpu', { idleNodes: 0, resources: 'gpu:a100:4, gpu:v100:2' }),
    partition('old', { isUp: false }),
  ],
} as const;

const job = (index: number, state: JobState): SlurmJob => ({
  id: JobId.parse(`00000000000${index}`),
  number: `104729${index}`,
  partition: index % 2 === 0 ? 'gpu' : 'short',
  folder: '/home/ana/projects/medical-imaging-of-a-long-name/experiments',
  submittedAtMs: 5,
  state,
});

const jobs = (nowMs: number): readonly SlurmJob[] => [
  job(1, { kind: 'running', node: 'node-gpu-017', endsAtMs: nowMs + 5 * hourMs, isServing: true }),
  job(2, { kind: 'running', node: 'node042', endsAtMs: nowMs + hourMs / 10, isServing: false }),
  job(3, { kind: 'pending', reason: 'Resources', startsAtMs: nowMs + 3 * hourMs }),
  job(4, { kind: 'pending', reason: 'QOSMaxJobsPerUserLimit', startsAtMs: null }),
  job(5, { kind: 'ended', how: 'TIMEOUT' }),
  job(6, { kind: 'ended', how: 'CANCELLED' }),
];

async function showJobs(page: Page, shown: readonly SlurmJob[]): Promise<void> {
  await page.evaluate(
    ([machine, list, there]) => {
      window.fakeMain.setMachines([machine]);
      window.fakeMain.setConnection(machine.id, { kind: 'ready', sinceMs: Date.UTC(2026, 2, 4, 12, 30) });
      window.fakeMain.setSlurm(machine.id, { cluster: there, jobs: list });
    },
    [gpuMachine, shown, cluster] as const,
  );
  await page.locator('#slurm-title').waitFor();
  await page.locator('#slurm-title').evaluate((title) => title.scrollIntoView({ block: 'start' }));
}

const section = (page: Page) => page.locator('section[aria-labelledby="slurm-title"]');

async function ask(page: Page): Promise<void> {
  await showJobs(page, []);
  await section(page)
    .getByRole('button', { name: /^(Start as a job|Iniciar como job)/ })
    .click();
  await page.getByRole('dialog').locator('pre').waitFor();
}

/** Notebooks as jobs of Slurm. */
export const slurmScenes: readonly Scene[] = [
  { name: 'slurm-jobs', show: (page) => showJobs(page, jobs(Date.now())) },
  { name: 'slurm-none', show: (page) => showJobs(page, []) },
  { name: 'slurm-request', show: ask },
  {
    name: 'slurm-request-wrong',
    show: async (page) => {
      await ask(page);
      const dialog = page.getByRole('dialog');
      await dialog.locator('[aria-expanded=false]').last().click();
      await dialog.getByRole('textbox', { name: /^(Memory|Memória)/ }).fill('four');
      await dialog.locator('textarea').fill('module load cuda');
    },
  },
  {
    name: 'slurm-refused',
    show: async (page) => {
      await page.evaluate(() => {
        window.fakeMain.slurmRefusal = [
          'sbatch: error: Memory specification can not be satisfied',
          'sbatch: error: Batch job submission failed: Requested node configuration is not available',
        ];
      });
      await ask(page);
      await page.getByRole('dialog').locator('button[type=submit]').click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'slurm-log',
    show: async (page) => {
      await page.evaluate(() => {
        window.fakeMain.jobLog = [
          '[I 2026-03-04 12:31:02.114 ServerApp] Jupyter Server 2.14.1 is running at:',
          '[I 2026-03-04 12:31:02.114 ServerApp] http://10.4.0.17:18211/lab?token=…',
          'slurmstepd: error: *** JOB 1047295 ON node042 CANCELLED AT 2026-03-04T14:31:02 DUE TO TIME LIMIT ***',
        ];
      });
      await showJobs(page, jobs(Date.now()));
      await section(page).getByRole('button', { name: 'Log' }).first().click();
      await page.getByRole('dialog').locator('pre').waitFor();
    },
  },
  {
    name: 'slurm-cancel',
    show: async (page) => {
      await showJobs(page, jobs(Date.now()));
      await section(page)
        .getByRole('button', { name: /^(Cancel job|Cancelar job)/ })
        .first()
        .click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
];
