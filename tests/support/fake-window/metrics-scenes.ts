import type { Page } from '@playwright/test';
import type { MetricAlarm } from '../../../shared/model/metric-alarm';
import { awsAccounts } from '../aws-samples';
import type {} from './preload';
import type { Scene } from './scene';

const account = awsAccounts.slice(0, 1);

const alarm = (name: string, change: Partial<MetricAlarm>): MetricAlarm => ({
  name,
  state: 'OK',
  reason: '',
  sinceMs: Date.UTC(2026, 3, 1, 9, 30),
  metric: 'IsIdle',
  dimensions: 'JobFlowId=j-2AXXXXXXGAPLF',
  statistic: 'Average',
  comparison: 'GreaterThanOrEqualToThreshold',
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 12,
  actions: ['arn:aws:sns:us-east-1:123456789012:data-team'],
  ...change,
});

const alarms: readonly MetricAlarm[] = [
  alarm('Nightly cluster idle for an hour', {
    state: 'ALARM',
    reason:
      'Threshold Crossed: 12 out of the last 12 datapoints were greater than or equal to the threshold (1.0).',
  }),
  alarm('Anomaly', {
    state: 'INSUFFICIENT_DATA',
    metric: '',
    comparison: null,
    threshold: null,
    actions: [],
  }),
  alarm('Memory nearly used up', {
    metric: 'YARNMemoryAvailablePercentage',
    comparison: 'LessThanThreshold',
    threshold: 12.5,
  }),
];

const clusters = [
  { id: 'j-2AXXXXXXGAPLF', name: 'Nightly training of the segmentation model' },
  { id: 'j-SIMULATEDBUSY', name: 'Imaging, exploration' },
  { id: 'j-SIMULATEDIDLE', name: 'Teaching' },
];

async function showMetrics(page: Page, isDenied = false): Promise<void> {
  await page.getByRole('button', { name: 'AWS', exact: true }).click();
  await page.evaluate(
    ([accounts, resources, list, denied]) => {
      const { metrics } = window.fakeMain;
      metrics.resources = resources;
      metrics.refusal = denied
        ? {
            code: 'aws-denied',
            params: { permissions: 'cloudwatch:ListMetrics', resource: '*' },
            details: [],
          }
        : null;
      metrics.setAlarms(denied ? [] : list);
      window.fakeMain.setAwsAccounts(accounts);
    },
    [account, clusters, alarms, isDenied] as const,
  );
  await page.getByRole('button', { name: /^(Metrics of|Métricas de)/ }).click();
  await page.locator('h1').waitFor();
  await page.mouse.move(640, 700);
}

const chart = (page: Page) => page.getByRole('slider').locator('canvas').waitFor();

async function compare(page: Page): Promise<void> {
  await showMetrics(page);
  await chart(page);
  for (const name of ['Imaging, exploration', 'Teaching'])
    await page.locator('label', { hasText: name }).click();
  await chart(page);
}

/** Metrics and alarms of CloudWatch. */
export const metricsScenes: readonly Scene[] = [
  { name: 'metrics', show: compare },
  {
    name: 'metrics-utilisation',
    show: async (page) => {
      await compare(page);
      await page.locator('#metric-utilisation-title').evaluate((title) => title.scrollIntoView());
    },
  },
  {
    name: 'metrics-table',
    show: async (page) => {
      await compare(page);
      await page.getByRole('button', { name: /^(Values as a table|Valores em tabela)$/ }).click();
      await page
        .getByRole('table')
        .first()
        .evaluate((table) => table.scrollIntoView());
    },
  },
  {
    name: 'metrics-alarms',
    show: async (page) => {
      await compare(page);
      await page.locator('#metric-alarms-title').evaluate((title) => title.scrollIntoView());
    },
  },
  {
    name: 'metrics-alarm-wrong-values',
    show: async (page) => {
      await showMetrics(page);
      await chart(page);
      await page.getByRole('button', { name: /^(New alarm|Novo alarme)$/ }).click();
      await page.getByRole('dialog').locator('button[type=submit]').click();
    },
  },
  { name: 'metrics-denied', show: (page) => showMetrics(page, true) },
  {
    name: 'metrics-simulated',
    show: async (page) => {
      await page.getByRole('button', { name: 'AWS', exact: true }).click();
      await page
        .getByRole('button', { name: /^(Learn with simulated metrics|Aprender com métricas simuladas)$/ })
        .click();
      await chart(page);
      await page.mouse.move(640, 780);
    },
  },
];
