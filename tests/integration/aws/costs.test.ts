import { EC2Client, RunInstancesCommand, StopInstancesCommand } from '@aws-sdk/client-ec2';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { CostWatch } from '../../../electron/aws/costs/cost-watch';
import {
  CountedClusters,
  type CountedClustersData,
  noCountedClusters,
} from '../../../electron/aws/costs/counted-clusters';
import { EmrService } from '../../../electron/aws/emr/emr-service';
import { noPrices, PriceBook, type PricesData } from '../../../electron/aws/prices/price-book';
import { systemClock } from '../../../electron/system/clock';
import type { AwsAccount } from '../../../shared/model/aws-account';
import { type CostItem, sumOf } from '../../../shared/model/costs';
import { usualTemplate } from '../../../shared/model/emr-template';
import type { MachineId } from '../../../shared/model/machine';
import { awsEnvironment, writeAwsFiles } from '../../support/lab/aws-home';
import { type Ec2Front, startEc2Front } from '../../support/lab/ec2-front';
import { type EmrGaps, startEmrGaps } from '../../support/lab/emr-gaps';
import { type LabAws, makeLabAws } from '../../support/lab/lab-aws';
import { type Moto, startMoto } from '../../support/lab/moto';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';
import { uuid } from '../../support/samples';

let moto: Moto;
let front: Ec2Front;
let gaps: EmrGaps;
let ec2: EC2Client;
let home: TempFolder;
let aws: LabAws;
let account: AwsAccount;

beforeAll(async () => {
  moto = await startMoto();
  // The price list, and the instances of a cluster, are what moto lacks.
  front = await startEc2Front(moto.endpoint);
  gaps = await startEmrGaps(front.endpoint, { ListInstances: () => ({ Instances: clusterInstances }) });
  ec2 = new EC2Client({
    endpoint: moto.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 's' },
  });
});

afterAll(async () => {
  ec2.destroy();
  await gaps.stop();
  await front.stop();
  await moto.stop();
});

const startedSeconds = Math.floor(Date.now() / 1000) - 7200;
const clusterInstances = [
  ['ON_DEMAND', 'RUNNING', null],
  ['SPOT', 'RUNNING', null],
  ['SPOT', 'TERMINATED', startedSeconds + 3600],
  ['SPOT', 'AWAITING_FULFILLMENT', null],
].map(([Market, State, EndDateTime]) => ({
  ...{ InstanceType: 'm5.xlarge', Market },
  Status: { State, Timeline: { CreationDateTime: startedSeconds, ...(EndDateTime ? { EndDateTime } : {}) } },
}));

beforeEach(async () => {
  await fetch(`${moto.endpoint}/moto-api/reset`, { method: 'POST' });
  home = await makeTempFolder('costs');
  for (const [name, value] of Object.entries(awsEnvironment(home.path))) vi.stubEnv(name, value);
  await writeAwsFiles(home.path, {
    credentials: '[lab]\naws_access_key_id = a\naws_secret_access_key = s\n',
  });
  aws = makeLabAws();
  account = aws.save({ profile: 'lab', endpoint: gaps.endpoint });
  front.usdPerHour = 0.2;
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await home.remove();
});

/** A store in memory. */
function kept<Data>(initial: Data) {
  let data = initial;
  return {
    value: () => data,
    replace: (next: Data) => {
      data = next;
    },
  };
}

function makeWatch(instanceIds: readonly string[], counted: CountedClusters): CostWatch {
  return new CostWatch({
    bindings: () =>
      instanceIds.map((instanceId, index) => ({
        machineId: uuid<MachineId>(index + 1),
        binding: { accountId: account.id, instanceId },
      })),
    nodeOf: () => null,
    counted,
    session: (accountId) => aws.service.session(accountId),
    prices: new PriceBook({
      store: kept<PricesData>(noPrices),
      nowMs: Date.now,
      onTrouble: () => undefined,
    }),
    clock: systemClock,
    onChanged: () => undefined,
    onTrouble: () => undefined,
  });
}

/** The items, once they are as wanted. */
async function itemsOf(watch: CostWatch, isThere: (items: readonly CostItem[]) => boolean) {
  await vi.waitUntil(() => isThere(watch.snapshot().items), { timeout: 30_000 });
  return watch.snapshot().items;
}

test('an instance and a cluster cost what the price list says, spot no more than that', async () => {
  const { Instances = [] } = await ec2.send(
    new RunInstancesCommand({
      ImageId: 'ami-12c6146b',
      InstanceType: 'm5.xlarge',
      MinCount: 1,
      MaxCount: 1,
    }),
  );
  const instanceId = Instances[0]?.InstanceId ?? '';
  const counted = new CountedClusters({
    store: kept<CountedClustersData>(noCountedClusters),
    bound: () => [],
  });
  const emr = new EmrService({
    session: (accountId) => aws.service.session(accountId),
    clock: systemClock,
    onChanged: () => undefined,
    onCreated: (place) => counted.set(place, true),
  });
  const clusterId = await emr.create(account.id, { ...usualTemplate, name: 'Exploration' });
  // One that is gone for good must not stand in the way of the others.
  const watch = makeWatch(['i-0123456789abcdef0', instanceId], counted);
  try {
    await aws.service.check(account.id);
    watch.accountsChanged(aws.service.snapshot());
    const items = await itemsOf(watch, ({ length }) => length === 2);
    expect(items).toMatchObject([
      { kind: 'instance', id: instanceId, usdPerHour: 0.2, source: 'list', isCounted: true },
      {
        ...{ kind: 'cluster', id: clusterId, name: 'Exploration', isCounted: true, isAtMost: true },
        usdPerHour: expect.closeTo(0.8),
        shares: [
          { count: 1, isSpot: false, usdPerHour: 0.2, surchargeUsdPerHour: 0.2 },
          { count: 1, isSpot: true, usdPerHour: 0.2, surchargeUsdPerHour: 0.2 },
        ],
      },
    ]);
    // Two for two hours and one for one hour, at 0.4 dollars.
    expect(items[1]?.usdSoFar).toBeGreaterThanOrEqual(2);
    expect(items[1]?.usdSoFar).toBeLessThan(2.8);
    expect(sumOf(items, Date.now())).toMatchObject({ instanceCount: 1, clusterCount: 1 });
    expect(front.pricesAsked.filter((text) => text.includes('ElasticMapReduce'))).toHaveLength(1);

    await emr.terminate(account.id, clusterId, false);
    await ec2.send(new StopInstancesCommand({ InstanceIds: [instanceId] }));
    watch.refresh();
    await itemsOf(watch, ({ length }) => length === 0);
    expect(counted.list()).toEqual([]);
  } finally {
    watch.stop();
  }
});
