import type { Page } from '@playwright/test';
import type { EmrStepsSnapshot } from '../../../shared/model/emr-step';
import { emrDetail, sampleStep } from '../emr-samples';
import { clusters, showClusters } from './cluster-scenes';
import type {} from './preload';
import type { Scene } from './scene';

const steps = [
  sampleStep(5, { name: 'Features of March', state: 'PENDING', startedAtMs: null, endedAtMs: null }),
  sampleStep(4, { name: 'Training of the segmentation model', state: 'RUNNING', endedAtMs: null }),
  sampleStep(3, {
    name: 'Training, first try',
    state: 'FAILED',
    reason:
      'Unknown Error. Exception in thread "main" org.apache.spark.SparkException: Application application_1772625900_0003 finished with failed status',
    args: [
      ...['spark-submit', '--deploy-mode', 'cluster', '--packages', 'org.apache.spark:spark-avro_2.12:3.4.1'],
      ...['s3://research-logs/nuvem/20260304-123005/train.py', '--input', 's3://research/march scans.csv'],
    ],
  }),
  sampleStep(2, {
    name: 'Report',
    args: ['hive-script', '--run-hive-script', '--args', '-f', 's3://r/a.hql'],
  }),
  sampleStep(1, { state: 'CANCELLED', reason: 'Job terminated by user', startedAtMs: null }),
];
const file = { path: '/home/ana/train.py', name: 'train.py', sizeBytes: 5_321 };
const data = {
  path: '/data/scans.csv',
  name: 'scans of the spring, all patients.csv',
  sizeBytes: 73_400_320,
};

async function showSteps(page: Page, change: Partial<EmrStepsSnapshot>): Promise<void> {
  await showClusters(page, { clusters });
  await page.getByRole('button', { name: /^(Open|Abrir) Nightly training/ }).click();
  // Away from what has come under it, which would tell its name.
  await page.mouse.move(20, 450);
  await page.evaluate(
    ([detail, part]) => {
      window.fakeMain.setEmr({ detail });
      window.fakeMain.setEmrSteps({ atMs: 0, ...part });
    },
    [emrDetail, change] as const,
  );
  await page.locator('dl').waitFor();
}

async function newStep(page: Page) {
  await page.evaluate(
    (files) => {
      window.fakeMain.chosenFiles = files;
    },
    [file, data],
  );
  await page.getByRole('button', { name: /^(Add step|Adicionar etapa)$/ }).click();
  return page.getByRole('dialog');
}

/** The steps of an EMR cluster. */
export const clusterStepScenes: readonly Scene[] = [
  { name: 'cluster-steps-none', show: (page) => showSteps(page, {}) },
  { name: 'cluster-steps', show: (page) => showSteps(page, { steps }) },
  {
    name: 'cluster-step-upload',
    show: async (page) => {
      await showSteps(page, { steps });
      const dialog = await newStep(page);
      await dialog.getByRole('button', { name: /^(Choose file|Escolher arquivo)/ }).click();
      await dialog.locator('button[type=submit]').click();
      await page.evaluate(() =>
        window.fakeMain.setEmrSteps({
          upload: { name: 'scans of the spring.csv', sentBytes: 31_457_280, totalBytes: 73_405_641 },
        }),
      );
      await dialog.getByRole('progressbar').waitFor();
    },
  },
  {
    name: 'cluster-step-wrong-values',
    show: async (page) => {
      await showSteps(page, { steps });
      const dialog = await newStep(page);
      await dialog.getByText(/^(A command or jar|Um comando ou jar)$/).click();
      await dialog.getByRole('textbox', { name: /^(Command|Comando)$/ }).fill('aws s3 ls | head');
      await dialog.getByRole('textbox', { name: 'Jar' }).fill('');
      await dialog.locator('button[type=submit]').click();
    },
  },
  {
    name: 'cluster-step-log',
    show: async (page) => {
      await page.evaluate(() => {
        window.fakeMain.stepLog = {
          kind: 'text',
          uri: 's3://research-logs/emr/j-2AXXXXXXGAPLF/steps/s-000003/stderr.gz',
          text: Array.from(
            { length: 80 },
            (_, line) =>
              `26/03/04 12:0${line % 10}:00 INFO TaskSetManager: Finished task ${line}.0 in stage 3.0 (TID ${line}) in 412 ms on ip-10-0-0-12.ec2.internal`,
          ).join('\n'),
          isCut: true,
        };
      });
      await showSteps(page, { steps });
      await page.getByRole('button', { name: /Logs (of|de) Training, first try/ }).click();
      await page.getByRole('dialog').locator('pre').waitFor();
    },
  },
  {
    name: 'cluster-step-log-not-in-s3',
    show: async (page) => {
      await page.evaluate(() => {
        const uri = 's3://research-logs/emr/j-2AXXXXXXGAPLF/steps/s-000004/stdout';
        window.fakeMain.stepLog = { kind: 'notThere', uri, mayBeOnNode: true };
      });
      await showSteps(page, { steps });
      await page.getByRole('button', { name: /Logs (of|de) Training of/ }).click();
      await page.getByRole('button', { name: /^(Read it|Ler) / }).waitFor();
    },
  },
  {
    name: 'cluster-step-log-on-node',
    show: async (page) => {
      await page.evaluate(() => {
        window.fakeMain.stepLog = {
          kind: 'onNode',
          machine: 'EMR Nightly training of the segmentation model',
          path: '/mnt/var/log/hadoop/steps/s-000004/stdout',
          text: 'epoch 1, loss 0.512\nepoch 2, loss 0.407\n',
          isCut: false,
        };
      });
      await showSteps(page, { steps });
      await page.getByRole('button', { name: /Logs (of|de) Training of/ }).click();
      await page.getByRole('dialog').locator('pre').waitFor();
    },
  },
  {
    name: 'cluster-step-cancel-refused',
    show: async (page) => {
      await showSteps(page, { steps });
      await page.getByRole('button', { name: /(Cancel|Cancelar) Training of/ }).click();
      const dialog = page.getByRole('alertdialog');
      await dialog.getByRole('button', { name: /^(Cancel step|Cancelar etapa)$/ }).click();
      await dialog.getByRole('button', { name: /^(What AWS said|O que a AWS disse)/ }).click();
    },
  },
];
