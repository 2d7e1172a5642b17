import { expect, test } from 'vitest';
import {
  noRecentMachines,
  RecentMachines,
  type RecentMachinesData,
} from '../../../electron/machines/recent-machines';
import { AppError } from '../../../shared/errors/app-error';
import type { MachineId } from '../../../shared/model/machine';
import { uuid } from '../../support/samples';

function remembering() {
  const world = {
    data: noRecentMachines as RecentMachinesData,
    isDiskFull: false,
    nowMs: 0,
    changes: [] as (readonly MachineId[])[],
    failures: 0,
  };
  const recent = new RecentMachines({
    store: {
      value: () => world.data,
      replace: (data) => {
        if (world.isDiskFull) throw new AppError('store-disk-full');
        world.data = data;
      },
    },
    nowMs: () => world.nowMs,
    onChanged: ({ machineIds }) => world.changes.push(machineIds),
    onWriteFailed: () => {
      world.failures += 1;
    },
  });
  return { world, recent };
}
const [one, two] = [uuid<MachineId>(1), uuid<MachineId>(2)];

test('the machine used last comes first, each once', () => {
  const { world, recent } = remembering();
  for (const id of [one, two, one]) recent.used(id);
  expect(recent.snapshot()).toEqual({ revision: 3, machineIds: [one, two] });
  world.nowMs = 7;
  recent.used(one);
  expect(world.data.uses[0]).toEqual({ machineId: one, atMs: 7 });
  expect(world.changes).toEqual([[one], [two, one], [one, two]]);
});

test('the oldest of many are forgotten', () => {
  const { recent } = remembering();
  for (let index = 0; index < 40; index += 1) recent.used(uuid(index));
  expect(recent.snapshot().machineIds).toHaveLength(30);
  expect(recent.snapshot().machineIds[0]).toBe(uuid(39));
});

test('a full disk keeps nobody from connecting', () => {
  const { world, recent } = remembering();
  world.isDiskFull = true;
  recent.used(one);
  expect(world.failures).toBe(1);
  expect(recent.snapshot().machineIds).toEqual([]);
});
