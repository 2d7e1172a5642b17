import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { AwsSession } from '../../../../electron/aws/aws-session';
import { CostWatch } from '../../../../electron/aws/costs/cost-watch';
import { CountedClusters, noCountedClusters } from '../../../../electron/aws/costs/counted-clusters';
import { tablePrice, tableSurcharge } from '../../../../electron/aws/prices/price-table';
import { AppError } from '../../../../shared/errors/app-error';
import type { AwsAccountId } from '../../../../shared/model/aws-account';
import { sumOf } from '../../../../shared/model/costs';
import type { MachineId } from '../../../../shared/model/machine';
import { sampleAccount } from '../../../support/aws-samples';
import { sampleCluster } from '../../../support/emr-samples';
import { FakeClock } from '../../../support/fake-clock';
import { uuid } from '../../../support/samples';

const account = sampleAccount(1);
const accountId: AwsAccountId = account.id;
const [gpu, twin, node] = [1, 2, 3].map((index) => uuid<MachineId>(index)) as [
  MachineId,
  MachineId,
  MachineId,
];
const clusterId = 'j-000001';
const hourMs = 3_600_000;
const known = {
  revision: 1,
  accounts: [
    {
      account,
      signIn: {
        kind: 'known' as const,
        identity: {
          ...{ accountNumber: '1', arn: 'a', region: 'us-east-1' },
          ...{ expiresAtMs: null, signInEndsAtMs: null },
        },
      },
    },
  ],
};

function rig() {
  const clock = new FakeClock();
  const startedMs = clock.nowMs() - 10 * hourMs;
  const world = {
    asked: [] as string[],
    troubles: 0,
    failure: null as AppError | null,
    clusterState: 'WAITING',
    instanceState: 'running',
    data: noCountedClusters,
    startedMs,
  };
  const answers: Readonly<Record<string, () => object>> = {
    'ec2.describeInstances': () => ({
      Reservations: [
        {
          Instances: [
            {
              ...{ InstanceId: 'i-00000001', InstanceType: 'm5.xlarge', PlatformDetails: 'Linux/UNIX' },
              ...{ State: { Name: world.instanceState }, LaunchTime: new Date(startedMs) },
            },
          ],
        },
      ],
    }),
    'emr.describeCluster': () => ({
      Cluster: {
        ...{ Id: clusterId, Name: 'Nightly' },
        Status: { State: world.clusterState, Timeline: { CreationDateTime: new Date(startedMs) } },
      },
    }),
    'emr.listInstances': () => ({
      Instances: [1, 2].map(() => ({
        ...{ InstanceType: 'm5.xlarge', Market: 'ON_DEMAND' },
        Status: { State: 'RUNNING', Timeline: { CreationDateTime: new Date(startedMs) } },
      })),
    }),
  };
  const session = {
    region: 'us-east-1',
    call: async (call: string) => {
      world.asked.push(call);
      if (world.failure !== null && call.startsWith('emr')) throw world.failure;
      return answers[call]?.() ?? {};
    },
  } as unknown as AwsSession;
  const counted = new CountedClusters({
    store: {
      value: () => world.data,
      replace: (next) => {
        world.data = next;
      },
    },
    bound: () => [],
  });
  const watch = new CostWatch({
    bindings: () =>
      [gpu, twin].map((machineId) => ({
        machineId,
        binding: { accountId, instanceId: 'i-00000001' },
      })),
    nodeOf: () => node,
    counted,
    session: async () => session,
    prices: {
      pricesOf: async (_session, types, _signal, service) =>
        types.flatMap((type) => (service === 'emr' ? tableSurcharge(type) : tablePrice(type)) ?? []),
    },
    clock,
    onChanged: () => undefined,
    onTrouble: () => {
      world.troubles += 1;
    },
  });
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms);
    for (let turn = 0; turn < 5; turn += 1) await setImmediate();
  };
  const idsOf = () => watch.snapshot().items.map(({ id }) => id);
  return { world, clock, watch, pass, idsOf };
}

test('a bound instance and a cluster that was started in Nuvem are counted, each once', async () => {
  const { clock, watch, pass } = rig();
  watch.setCounted({ accountId, clusterId }, true);
  watch.accountsChanged(known);
  await pass(1000);
  expect(watch.snapshot().items).toMatchObject([
    { kind: 'instance', id: 'i-00000001', machineIds: [gpu, twin], isCounted: true },
    { kind: 'cluster', id: clusterId, name: 'Nightly', machineIds: [node], isCounted: true },
  ]);
  expect(sumOf(watch.snapshot().items, clock.nowMs() + hourMs)).toMatchObject({
    usdPerHour: expect.closeTo(0.192 + 2 * 0.24),
    usdSoFar: expect.closeTo(11 * (0.192 + 2 * 0.24), 2),
  });
});

test('nobody is asked before they sign in or connect', async () => {
  const { world, watch, pass, idsOf } = rig();
  watch.setCounted({ accountId, clusterId }, true);
  watch.accountsChanged({ revision: 0, accounts: [{ account, signIn: { kind: 'unknown' } }] });
  await pass(24 * hourMs);
  expect(world.asked).toEqual([]);
  watch.connectionChanged(gpu, true);
  await pass(1000);
  expect(idsOf()).toEqual(['i-00000001', clusterId]);
});

test('what was stopped or has ended is left out with the next look', async () => {
  const { world, watch, pass, idsOf } = rig();
  watch.setCounted({ accountId, clusterId }, true);
  watch.accountsChanged(known);
  await pass(1000);
  world.clusterState = 'TERMINATED';
  world.instanceState = 'stopped';
  await pass(5 * 60_000);
  expect(idsOf()).toEqual([]);
  expect(world.data).toEqual(noCountedClusters);
  world.asked.length = 0;
  await pass(5 * 60_000);
  expect(world.asked).toEqual(['ec2.describeInstances']);
});

test('clusters that are looked at are priced, but those of others are in no sum', async () => {
  const { clock, watch, pass } = rig();
  const clusters = [sampleCluster(1, { state: 'WAITING' }), sampleCluster(2)];
  watch.clustersChanged({ accountId, clusters });
  await pass(1000);
  const [instance, cluster, ...more] = watch.snapshot().items;
  expect([instance?.kind, cluster?.isCounted, cluster?.usdPerHour, more]).toEqual([
    'instance',
    false,
    expect.closeTo(0.48),
    [],
  ]);
  expect(sumOf(watch.snapshot().items, clock.nowMs())).toMatchObject({ clusterCount: 0, instanceCount: 1 });
  watch.setCounted({ accountId, clusterId }, true);
  expect(sumOf(watch.snapshot().items, clock.nowMs())).toMatchObject({ clusterCount: 1 });
});

test('a failure leaves what was known; what AWS refuses is asked again when the user signs in anew', async () => {
  const { world, watch, pass, idsOf } = rig();
  watch.setCounted({ accountId, clusterId }, true);
  watch.accountsChanged(known);
  await pass(1000);
  world.failure = new AppError('aws-denied', { permissions: 'x', resource: '*' });
  await pass(5 * 60_000);
  await pass(5 * 60_000);
  expect(world.troubles).toBe(1);
  expect(idsOf()).toEqual(['i-00000001', clusterId]);
  world.failure = null;
  world.asked.length = 0;
  await pass(5 * 60_000);
  expect(world.asked).toEqual(['ec2.describeInstances']);
  watch.accountsChanged({ revision: 2, accounts: [] });
  watch.accountsChanged(known);
  world.asked.length = 0;
  await pass(1000);
  expect(world.asked).toContain('emr.listInstances');
});

test('nothing is asked any more once it is stopped', async () => {
  const { world, clock, watch, pass } = rig();
  watch.accountsChanged(known);
  await pass(1000);
  watch.stop();
  world.asked.length = 0;
  await pass(hourMs);
  expect([world.asked, clock.pendingTimers]).toEqual([[], 0]);
});
