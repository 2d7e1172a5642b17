import type { Page } from '@playwright/test';
import type { Ec2Snapshot } from '../../../shared/model/ec2';
import type { PromptId } from '../../../shared/model/prompt';
import { awsAccounts } from '../aws-samples';
import { sampleInstance } from '../ec2-samples';
import { gpuMachine, report, uuid } from '../samples';
import type {} from './preload';
import type { Scene } from './scene';

const account = awsAccounts.slice(0, 1);
const instances = [
  sampleInstance(1, {
    name: 'GPU for the segmentation model',
    instanceType: 'g5.4xlarge',
    isSpot: true,
    launchedAtMs: Date.now() - 5.5 * 3_600_000,
    tags: [
      { key: 'project', value: 'medical-imaging' },
      { key: 'cost-centre', value: '4711' },
    ],
  }),
  sampleInstance(2, {
    name: 'Postgres',
    state: 'stopped',
    publicAddress: '',
    reason: 'Client.UserInitiatedShutdown: User initiated shutdown',
  }),
  sampleInstance(3, { name: 'Preprocessing', state: 'pending' }),
  sampleInstance(4, { name: '', state: 'terminated', publicAddress: '', privateAddress: '' }),
];

const prices = [
  { instanceType: 'g5.4xlarge', usdPerHour: 1.624, source: 'list', asOf: '2026-03-04' },
  { instanceType: 'm5.xlarge', usdPerHour: 0.192, source: 'table', asOf: '2025-01-15' },
] as const;

async function showInstances(page: Page, change: Partial<Ec2Snapshot>): Promise<void> {
  await page.getByRole('button', { name: 'AWS', exact: true }).click();
  await page.evaluate((list) => window.fakeMain.setAwsAccounts(list), account);
  await page.getByRole('button', { name: /^(Instances|Instâncias) / }).click();
  await page.evaluate(
    ([accountId, part]) => window.fakeMain.setEc2({ accountId, isWhole: true, atMs: 0, ...part }),
    [account[0]?.account.id ?? null, change] as const,
  );
  await page.locator('h1').waitFor();
  await page.mouse.move(640, 560);
}

/** The EC2 instances of an account, and a machine that is one. */
export const instanceScenes: readonly Scene[] = [
  { name: 'instances-none', show: (page) => showInstances(page, {}) },
  { name: 'instances', show: (page) => showInstances(page, { instances, prices }) },
  {
    name: 'instances-denied',
    show: async (page) => {
      await showInstances(page, {
        isWhole: false,
        error: report('aws-denied', { permissions: 'ec2:DescribeInstances', resource: '*' }),
      });
      await page.getByRole('button', { name: /^(The policy|A política)/ }).click();
    },
  },
  {
    name: 'instance-stop',
    show: async (page) => {
      await showInstances(page, {
        instances: [sampleInstance(1, { name: 'Worker', autoScalingGroup: 'training-pool' })],
      });
      await page.getByRole('button', { name: /^(Stop|Parar) Worker$/ }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'instance-as-machine',
    show: async (page) => {
      await showInstances(page, { instances });
      await page.getByRole('button', { name: /^(Add|Adicionar).*GPU/ }).click();
      await page
        .getByRole('dialog')
        .getByText(/EC2 Instance Connect/)
        .scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'instance-start-question',
    show: async (page) => {
      await page.evaluate((machine) => window.fakeMain.setMachines([machine]), gpuMachine);
      await page.evaluate(
        ([id, promptId]) =>
          window.fakeMain.setConnection(id, {
            kind: 'authenticating',
            isReconnect: false,
            prompt: {
              kind: 'startInstance',
              promptId,
              instance: 'i-0123456789abcdef0',
              name: 'gpu-training',
            },
          }),
        [gpuMachine.id, uuid<PromptId>(1)] as const,
      );
      await page.getByRole('alertdialog').waitFor();
    },
  },
];
