import {
  CloudWatchClient,
  PutMetricDataCommand,
  SetAlarmStateCommand,
  type StateValue,
} from '@aws-sdk/client-cloudwatch';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { AlarmService } from '../../../electron/aws/metrics/alarm-service';
import type { AlarmNews } from '../../../electron/aws/metrics/alarm-watch';
import { MetricReader } from '../../../electron/aws/metrics/metric-reader';
import { noToldAccounts, type ToldAccountsData } from '../../../electron/aws/metrics/told-accounts';
import { systemClock } from '../../../electron/system/clock';
import { AppError } from '../../../shared/errors/app-error';
import type { AwsAccount } from '../../../shared/model/aws-account';
import { sourceTraits } from '../../../shared/model/metric';
import type { AlarmDraft, AlarmsSnapshot } from '../../../shared/model/metric-alarm';
import { utilisation } from '../../../shared/model/utilisation';
import { awsEnvironment, writeAwsFiles } from '../../support/lab/aws-home';
import { type LabAws, makeLabAws } from '../../support/lab/lab-aws';
import { type Moto, startMoto } from '../../support/lab/moto';
import { makeIamUser, withAuthorization } from '../../support/lab/moto-iam';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';

const periodMs = 300_000;

let moto: Moto;
let home: TempFolder;
let aws: LabAws;
let account: AwsAccount;
let reader: MetricReader;
let cloudWatch: CloudWatchClient;
/** A moment in the middle of a period, the same for all of a test. */
let nowMs: number;

beforeAll(async () => {
  moto = await startMoto();
  cloudWatch = new CloudWatchClient({
    region: 'us-east-1',
    endpoint: moto.endpoint,
    credentials: { accessKeyId: 'a', secretAccessKey: 's' },
  });
});

afterAll(async () => {
  cloudWatch.destroy();
  await moto.stop();
});

beforeEach(async () => {
  await fetch(`${moto.endpoint}/moto-api/reset`, { method: 'POST' });
  nowMs = Math.floor(Date.now() / periodMs) * periodMs + 1000;
  home = await makeTempFolder('metrics');
  for (const [name, value] of Object.entries(awsEnvironment(home.path))) vi.stubEnv(name, value);
  await writeAwsFiles(home.path, {
    credentials: '[lab]\naws_access_key_id = a\naws_secret_access_key = s\n',
  });
  aws = makeLabAws();
  account = aws.save({ profile: 'lab', endpoint: moto.endpoint });
  reader = new MetricReader({ session: (accountId) => aws.service.session(accountId), nowMs: () => nowMs });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await home.remove();
});

/** Tells CloudWatch values of the periods before now, the newest last; null: none of that period. */
async function told(
  source: keyof typeof sourceTraits,
  MetricName: string,
  dimensions: Readonly<Record<string, string>>,
  values: readonly (number | null)[],
): Promise<void> {
  const firstMs = Math.floor(nowMs / periodMs) * periodMs - values.length * periodMs;
  await cloudWatch.send(
    new PutMetricDataCommand({
      Namespace: sourceTraits[source].namespace,
      MetricData: values.flatMap((Value, index) =>
        Value === null
          ? []
          : {
              MetricName,
              Value,
              Timestamp: new Date(firstMs + index * periodMs + 10_000),
              Dimensions: Object.entries(dimensions).map(([Name, value]) => ({ Name, Value: value })),
            },
      ),
    }),
  );
}

describe('metrics', () => {
  test('of several clusters are read together, with gaps where there is no value', async () => {
    await told('emr', 'IsIdle', { JobFlowId: 'j-BUSY' }, [0, 0, 1, 0]);
    await told('emr', 'IsIdle', { JobFlowId: 'j-IDLE' }, [1, null, 1]);
    expect(await reader.resources(account.id, 'emr')).toEqual([
      { id: 'j-BUSY', name: '' },
      { id: 'j-IDLE', name: '' },
    ]);
    const reading = await reader.read(account.id, 'IsIdle', ['j-BUSY', 'j-IDLE', 'j-GONE'], '3h');
    expect(reading.periodMs).toBe(periodMs);
    expect(
      reading.series.map(({ resourceId, points }) => [resourceId, points.map(({ value }) => value)]),
    ).toEqual([
      ['j-BUSY', [0, 0, 1, 0]],
      ['j-IDLE', [1, 1]],
      ['j-GONE', []],
    ]);
    const [busy, idle] = reading.series.map(({ points }) => utilisation('idleFlag', points, reading).ratio);
    expect([busy, idle]).toEqual([0.75, 0]);
  });

  test('of a longer range are averaged over longer periods', async () => {
    await told(
      'emr',
      'AppsRunning',
      { JobFlowId: 'j-1' },
      Array.from({ length: 12 * 24 }, (_, index) => index % 3),
    );
    const { series, periodMs: longer } = await reader.read(account.id, 'AppsRunning', ['j-1'], '30d');
    expect(longer).toBe(3_600_000);
    for (const { value } of series[0]?.points.slice(1, -1) ?? []) expect(value).toBeCloseTo(1);
    expect(series[0]?.points.length).toBeGreaterThan(20);
  });

  test('of a workgroup of Athena are the sum of its kinds of queries', async () => {
    const of = (QueryType: string) => ({ WorkGroup: 'primary', QueryState: 'SUCCEEDED', QueryType });
    for (const metric of ['TotalExecutionTime', 'QueryQueueTime']) {
      await told('athena', metric, of('DML'), [1000, 2000]);
      await told('athena', metric, of('DDL'), [10, 20]);
    }
    expect(await reader.resources(account.id, 'athena')).toEqual([{ id: 'primary', name: '' }]);
    const valuesOf = async (metric: 'TotalExecutionTime' | 'QueryQueueTime') =>
      (await reader.read(account.id, metric, ['primary'], '3h')).series[0]?.points.map(({ value }) => value);
    expect(await valuesOf('TotalExecutionTime')).toEqual([1010, 2020]);
    // Of waiting times the longest counts.
    expect(await valuesOf('QueryQueueTime')).toEqual([1000, 2000]);
  });

  test('of a bucket come from S3 itself, once a day', async () => {
    for (const [path, body] of [['/lab-data'], ['/lab-data/a.csv', '12345']] as const)
      await fetch(`${moto.endpoint}${path}`, {
        method: 'PUT',
        ...(body === undefined ? {} : { body }),
        headers: { authorization: 'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request' },
      });
    // The value of a day is that of its beginning, and is read when the day is over.
    nowMs += 48 * 3_600_000;
    expect(await reader.resources(account.id, 's3')).toEqual([{ id: 'lab-data', name: '' }]);
    const lastOf = async (metric: 'BucketSizeBytes' | 'NumberOfObjects') =>
      (await reader.read(account.id, metric, ['lab-data'], '7d')).series[0]?.points.at(-1)?.value;
    expect(await lastOf('NumberOfObjects')).toBe(1);
    // moto counts what Python needs to keep it.
    expect(await lastOf('BucketSizeBytes')).toBeGreaterThanOrEqual(5);
  });

  test('are refused with the permission that is missing', async () => {
    // moto knows CloudWatch's permissions by the name in the signature.
    const user = await makeIamUser(moto, 'ana', ['monitoring:ListMetrics']);
    await writeAwsFiles(home.path, {
      credentials: `[lab]\naws_access_key_id = ${user.accessKeyId}\naws_secret_access_key = ${user.secretAccessKey}\n`,
    });
    await told('emr', 'IsIdle', { JobFlowId: 'j-1' }, [1]);
    account = aws.save({ profile: 'lab', endpoint: moto.endpoint });
    await withAuthorization(moto, async () => {
      // Who may not list the clusters sees their ids.
      expect(await reader.resources(account.id, 'emr')).toEqual([{ id: 'j-1', name: '' }]);
      await expect(reader.read(account.id, 'IsIdle', ['j-1'], '3h')).rejects.toMatchObject({
        code: 'aws-denied',
        params: { permissions: 'cloudwatch:GetMetricData' },
      });
    });
  });
});

describe('an alarm', () => {
  const draft: AlarmDraft = {
    name: 'Idle for an hour',
    metric: 'IsIdle',
    resourceId: 'j-1',
    comparison: 'GreaterThanOrEqualToThreshold',
    threshold: 1,
    evaluationPeriods: 12,
    topicArn: 'arn:aws:sns:us-east-1:123456789012:team',
  };
  let alarms: AlarmService;
  let snapshots: AlarmsSnapshot[];
  let news: AlarmNews[];
  let toldData: ToldAccountsData;

  beforeEach(() => {
    snapshots = [];
    news = [];
    toldData = noToldAccounts;
    alarms = new AlarmService({
      session: (accountId) => aws.service.session(accountId),
      isSignedIn: () => true,
      told: {
        value: () => toldData,
        replace: (next) => {
          toldData = next;
        },
      },
      clock: systemClock,
      onChanged: (snapshot) => snapshots.push(snapshot),
      onNews: (_, one) => news.push(one),
    });
  });

  afterEach(() => alarms.stop());

  const seen = (isEnough: (snapshot: AlarmsSnapshot) => boolean): Promise<AlarmsSnapshot> =>
    vi.waitFor(
      () => {
        const last = snapshots.at(-1);
        if (last === undefined || !isEnough(last)) throw new Error(`Not yet: ${JSON.stringify(last)}`);
        return last;
      },
      { timeout: 30_000 },
    );
  // moto evaluates no alarms: their states are set.
  const setState = (StateValue: StateValue) =>
    cloudWatch.send(
      new SetAlarmStateCommand({ AlarmName: draft.name, StateValue, StateReason: 'Threshold crossed' }),
    );

  test('that was created is listed with its rule, and gone when it was deleted', async () => {
    await alarms.create(account.id, draft);
    alarms.look(account.id);
    const listed = await seen(({ alarms: list }) => list.length > 0);
    expect(listed.alarms).toEqual([
      expect.objectContaining({
        name: draft.name,
        metric: 'IsIdle',
        dimensions: 'JobFlowId=j-1',
        statistic: 'Average',
        comparison: draft.comparison,
        threshold: 1,
        periodSeconds: 300,
        evaluationPeriods: 12,
        actions: [draft.topicArn],
      }),
    ]);
    await alarms.delete(account.id, draft.name);
    await seen(({ alarms: list, atMs }) => list.length === 0 && atMs !== null);
  });

  test('that goes off is told to who wants to be told, and listed first', async () => {
    await alarms.create(account.id, draft);
    await alarms.create(account.id, { ...draft, name: 'Another' });
    alarms.setTold(account.id, true);
    alarms.look(account.id);
    await seen(({ alarms: list, isTold }) => list.length === 2 && isTold);
    await setState('ALARM');
    alarms.refresh();
    await vi.waitFor(() => expect(news).toHaveLength(1), { timeout: 30_000 });
    expect(news[0]).toMatchObject({
      alarm: { name: draft.name, state: 'ALARM', reason: 'Threshold crossed' },
      before: 'OK',
    });
    const { alarms: list } = await seen(({ alarms: [first] }) => first?.state === 'ALARM');
    expect(list.map(({ name }) => name)).toEqual([draft.name, 'Another']);
  });

  test('for what CloudWatch has in parts is refused in words', async () => {
    const of = (QueryType: string) => ({ WorkGroup: 'primary', QueryState: 'SUCCEEDED', QueryType });
    await told('athena', 'ProcessedBytes', of('DML'), [1]);
    await told('athena', 'ProcessedBytes', of('DDL'), [1]);
    await expect(
      alarms.create(account.id, { ...draft, metric: 'ProcessedBytes', resourceId: 'primary' }),
    ).rejects.toEqual(new AppError('metric-alarm-not-single', { resource: 'primary', count: 2 }));
  });
});
