import type { Page } from '@playwright/test';
import type { CostItem } from '../../../shared/model/costs';
import { awsAccounts } from '../aws-samples';
import { sampleCost } from '../cost-samples';
import { emrDetail } from '../emr-samples';
import { gpuMachine } from '../samples';
import { clusters, showClusters } from './cluster-scenes';
import type {} from './preload';
import type { Scene } from './scene';

const hourMs = 3_600_000;
const accountId = awsAccounts[0]?.account.id ?? sampleCost().accountId;
const nowMs = Date.now();
const cluster = sampleCost({
  ...{ accountId, id: emrDetail.clusterId, atMs: nowMs, startedAtMs: nowMs - 10 * hourMs },
  ...{ isAtMost: true, usdPerHour: 2.16, usdSoFar: 21.6, source: 'table', asOf: '2025-01-15' },
  shares: [
    { instanceType: 'm5.xlarge', isSpot: false, count: 1, usdPerHour: 0.192, surchargeUsdPerHour: 0.048 },
    { instanceType: 'm5.2xlarge', isSpot: true, count: 4, usdPerHour: 0.384, surchargeUsdPerHour: 0.096 },
  ],
});
const instance = sampleCost({
  ...{ kind: 'instance', accountId, id: 'i-0123456789abcdef0', name: 'GPU' },
  ...{ machineIds: [gpuMachine.id], atMs: nowMs, startedAtMs: nowMs - 30 * hourMs },
  ...{ usdPerHour: 1.006, usdSoFar: 30.18 },
  shares: [{ instanceType: 'g5.xlarge', isSpot: false, count: 1, usdPerHour: 1.006, surchargeUsdPerHour: 0 }],
});

const setCosts = (page: Page, items: readonly CostItem[]) =>
  page.evaluate((list) => window.fakeMain.setCosts(list), items);

/** What runs at AWS costs. */
export const costScenes: readonly Scene[] = [
  {
    name: 'costs-of-accounts',
    show: async (page) => {
      await page.getByRole('button', { name: 'AWS', exact: true }).click();
      await page.evaluate((list) => window.fakeMain.setAwsAccounts(list), awsAccounts);
      const elsewhere = awsAccounts[1]?.account.id ?? accountId;
      await setCosts(page, [cluster, { ...instance, accountId: elsewhere }]);
      await page.getByRole('note').waitFor();
      await page.mouse.move(640, 500);
    },
  },
  {
    name: 'costs-of-clusters',
    show: async (page) => {
      await showClusters(page, { clusters });
      await setCosts(page, [cluster]);
      await page.getByRole('note').waitFor();
    },
  },
  {
    name: 'costs-of-a-cluster',
    show: async (page) => {
      await showClusters(page, { clusters });
      await page.getByRole('button', { name: /^(Open|Abrir) Nightly training/ }).click();
      await page.evaluate((detail) => window.fakeMain.setEmr({ detail }), emrDetail);
      await setCosts(page, [cluster]);
      await page.getByRole('heading', { name: /^(What it costs|Quanto custa)$/ }).scrollIntoViewIfNeeded();
      await page.mouse.move(640, 5);
    },
  },
  {
    name: 'costs-of-a-machine',
    show: async (page) => {
      await page.evaluate((machine) => window.fakeMain.setMachines([machine]), gpuMachine);
      await page.evaluate(([id, sinceMs]) => window.fakeMain.setConnection(id, { kind: 'ready', sinceMs }), [
        gpuMachine.id,
        nowMs - 2 * hourMs,
      ] as const);
      await setCosts(page, [instance]);
      await page.getByRole('note').waitFor();
    },
  },
];
