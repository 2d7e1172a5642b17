import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { AwsSession } from '../../../../electron/aws/aws-session';
import { ConnectedCosts } from '../../../../electron/aws/prices/connected-costs';
import { tablePrice } from '../../../../electron/aws/prices/price-table';
import type { AwsAccountId } from '../../../../shared/model/aws-account';
import type { InstanceBinding } from '../../../../shared/model/instance-binding';
import type { MachineId } from '../../../../shared/model/machine';
import { uuid } from '../../../support/samples';

const [gpu, twin, other, plain] = [1, 2, 3, 4].map((index) => uuid<MachineId>(index)) as [
  MachineId,
  MachineId,
  MachineId,
  MachineId,
];
const instanceOf = new Map([
  [gpu, 'i-00000001'],
  [twin, 'i-00000001'],
  [other, 'i-00000002'],
]);
const startedMs = Date.UTC(2026, 2, 4);

function rig() {
  const world = { asked: [] as string[], changes: 0, troubles: 0, isDown: false };
  const session = {
    region: 'us-east-1',
    call: async (_call: string, { InstanceIds }: { readonly InstanceIds: readonly string[] }) => {
      world.asked.push(...InstanceIds);
      if (world.isDown) throw new Error('no');
      const described = {
        ...{ InstanceId: InstanceIds[0], InstanceType: 'm5.xlarge', PlatformDetails: 'Linux/UNIX' },
        ...{ State: { Name: 'running' }, LaunchTime: new Date(startedMs) },
      };
      return { Reservations: [{ Instances: [described] }] };
    },
  } as unknown as AwsSession;
  const costs = new ConnectedCosts({
    bindingOf: (machineId) => {
      const instanceId = instanceOf.get(machineId);
      if (instanceId === undefined) return null;
      const accountId = uuid<AwsAccountId>(9);
      return {
        accountId,
        instanceId,
        address: 'public',
        ifStopped: 'ask',
        sessionManager: 'never',
        pushesKey: false,
      } satisfies InstanceBinding;
    },
    session: async () => session,
    prices: { pricesOf: async (_, types) => types.flatMap((type) => tablePrice(type) ?? []) },
    onChanged: () => {
      world.changes += 1;
    },
    onTrouble: () => {
      world.troubles += 1;
    },
  });
  return { world, costs };
}

test('what is connected costs its price for as long as it runs, and each instance once', async () => {
  const { world, costs } = rig();
  for (const machineId of [gpu, twin, other, plain]) costs.connectionChanged(machineId, true);
  costs.connectionChanged(gpu, true);
  await setImmediate();
  expect(world.asked).toEqual(['i-00000001', 'i-00000001', 'i-00000002']);
  const total = costs.total(startedMs + 10 * 3_600_000);
  expect(total?.usdPerHour).toBeCloseTo(0.384);
  expect(total?.usdSoFar).toBeCloseTo(3.84);
  costs.connectionChanged(other, false);
  expect(costs.total(startedMs)?.usdPerHour).toBeCloseTo(0.192);
  costs.connectionChanged(gpu, false);
  costs.connectionChanged(twin, false);
  expect(costs.total(startedMs)).toBe(null);
  expect(world.changes).toBe(6);
});

test('what was disconnected before AWS answered, or what AWS does not tell of, is not counted', async () => {
  const { world, costs } = rig();
  costs.connectionChanged(gpu, true);
  costs.connectionChanged(gpu, false);
  await setImmediate();
  expect(costs.total(startedMs)).toBe(null);
  world.isDown = true;
  costs.connectionChanged(other, true);
  await setImmediate();
  expect([world.changes, world.troubles]).toEqual([0, 1]);
  expect(costs.total(startedMs)).toBe(null);
});
