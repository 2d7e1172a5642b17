import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudWatchClient, PutMetricDataCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { expect, test } from '@playwright/test';
import {
  type AppProfile,
  answerSaveDialog,
  killLeftApps,
  type LabApp,
  launchApp,
  makeAppProfile,
} from '../support/lab/app';
import { awsEnvironment, writeAwsFiles } from '../support/lab/aws-home';
import { type Moto, startMoto } from '../support/lab/moto';
import { filled, textsOf } from '../support/lab/texts';

const awsTexts = textsOf('en').aws;
const texts = textsOf('en').metrics;
const periodMs = 300_000;

let profile: AppProfile;
let moto: Moto;
let cloudWatch: CloudWatchClient;
let app: LabApp;

test.beforeAll(async () => {
  moto = await startMoto();
  cloudWatch = new CloudWatchClient({
    region: 'us-east-1',
    endpoint: moto.endpoint,
    credentials: { accessKeyId: 'a', secretAccessKey: 's' },
  });
});

test.afterAll(async () => {
  cloudWatch.destroy();
  await moto.stop();
});

test.beforeEach(async () => {
  profile = await makeAppProfile();
});

test.afterEach(async () => {
  await killLeftApps();
  await profile.remove();
});

const button = (name: string) => app.page.getByRole('button', { name, exact: true });
const section = (name: string) => app.page.getByRole('region', { name, exact: true });

/** Tells CloudWatch what a cluster did in periods that are over for as long as a test takes, and ones before. */
async function tellIdle(clusterId: string, values: readonly number[]): Promise<void> {
  const lastMs = Math.floor(Date.now() / periodMs) * periodMs - 2 * periodMs;
  await cloudWatch.send(
    new PutMetricDataCommand({
      Namespace: 'AWS/ElasticMapReduce',
      MetricData: values.map((Value, index) => ({
        MetricName: 'IsIdle',
        Value,
        Timestamp: new Date(lastMs - index * periodMs),
        Dimensions: [{ Name: 'JobFlowId', Value: clusterId }],
      })),
    }),
  );
}

async function openAwsPage(): Promise<void> {
  const env = Object.entries(awsEnvironment(profile.home)).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  // Nobody shows notifications: the window tells.
  const noBus = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' };
  app = await launchApp({ profile, env: { ...Object.fromEntries(env), ...noBus } });
  await button(awsTexts.title).click();
}

async function saved(format: string, name: string): Promise<Buffer> {
  const path = join(profile.home, name);
  await answerSaveDialog(app, path);
  await button(format).click();
  let content = Buffer.alloc(0);
  await expect
    .poll(async () => {
      content = await readFile(path).catch(() => Buffer.alloc(0));
      return content.length;
    })
    .toBeGreaterThan(0);
  return content;
}

test('clusters are compared, saved as files, and an alarm that goes off is told', async () => {
  await tellIdle('j-BUSY', [0, 0, 1, 0]);
  await tellIdle('j-IDLE', [1, 1]);
  await writeAwsFiles(profile.home, {
    credentials: '[lab]\naws_access_key_id = a\naws_secret_access_key = s\n',
  });
  await openAwsPage();
  await button(awsTexts.addAccount).click();
  const form = app.page.getByRole('dialog');
  await form.getByLabel(awsTexts.region).fill('us-east-1');
  await form.getByLabel(awsTexts.endpoint).fill(moto.endpoint);
  await form.getByRole('button', { name: awsTexts.save }).click();
  await button(filled(awsTexts.metricsNamed, { name: 'lab' })).click();

  await expect(app.page.getByRole('slider')).toBeVisible();
  await app.page.locator('label', { hasText: 'j-IDLE' }).click();
  const utilisation = section(texts.utilisation);
  await expect(utilisation.getByRole('row', { name: 'j-BUSY' })).toContainText('0.75');
  await expect(utilisation.getByRole('row', { name: 'j-IDLE' }).getByRole('cell').last()).toHaveText('0');
  await app.page.getByRole('slider').press('Home');
  await expect(app.page.getByRole('slider')).toHaveAttribute(
    'aria-valuetext',
    new RegExp(`j-BUSY: ${texts.noValueHere}`),
  );

  const csv = (await saved(texts.saveCsv, 'idle.csv')).toString('utf8').trim().split('\r\n');
  expect(csv).toHaveLength(1 + 4 + 2);
  expect(csv[1]).toMatch(/,AWS\/ElasticMapReduce,IsIdle,Average,300,share,j-BUSY,0,no$/);
  const png = await saved(texts.savePng, 'idle.png');
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');

  await button(texts.newAlarm).click();
  const dialog = app.page.getByRole('dialog', { name: texts.newAlarm });
  await dialog.getByLabel(texts.alarmName).fill('Idle');
  await dialog.getByLabel(filled(texts.threshold, { unit: texts.units.share })).fill('1');
  await dialog.getByRole('button', { name: texts.create }).click();
  const alarm = section(texts.alarms).getByRole('listitem').filter({ hasText: 'Idle' });
  await expect(alarm).toContainText(texts.alarmState.OK);
  await app.page.locator('label', { hasText: texts.tellMe }).click();
  await expect(app.page.getByRole('switch', { name: texts.tellMe })).toBeChecked();
  await cloudWatch.send(
    new SetAlarmStateCommand({ AlarmName: 'Idle', StateValue: 'ALARM', StateReason: 'Threshold crossed' }),
  );
  await button(texts.refreshAlarms).click();
  await expect(alarm).toContainText(texts.alarmState.ALARM);
  await expect(app.page.getByRole('region', { name: 'Notices' })).toContainText(
    filled(textsOf('en').desktop.notification.alarm.ALARM, { name: 'Idle' }),
  );
  await alarm.getByRole('button', { name: filled(texts.deleteAlarmNamed, { name: 'Idle' }) }).click();
  await app.page.getByRole('alertdialog').getByRole('button', { name: texts.delete, exact: true }).click();
  await expect(section(texts.alarms)).toContainText(texts.noAlarms);
});

test('who has no account learns with simulated values, and their files say so', async () => {
  await openAwsPage();
  await button(awsTexts.simulatedMetrics).click();
  await expect(app.page.getByRole('note')).toContainText(texts.simulatedNote);
  await expect(section(texts.utilisation).getByRole('row', { name: /simulated-busy/ })).toBeVisible();
  await app.page.locator('label', { hasText: texts.sources.s3 }).click();
  await expect(app.page.getByText(texts.noUtilisation)).toBeVisible();
  const csv = (await saved(texts.saveCsv, 'simulated.csv')).toString('utf8').trim().split('\r\n');
  expect(csv.length).toBeGreaterThan(20);
  for (const line of csv.slice(1)) expect(line).toMatch(/,yes$/);
});
