import { describe, expect, test } from 'vitest';
import {
  machineAfterRemoval,
  searchMachines,
  shownMachine,
} from '../../../../renderer/features/machines/machine-selection';
import { routeText } from '../../../../renderer/features/machines/route-text';
import type { MachineId } from '../../../../shared/model/machine';
import { gpuMachine, manyMachines, uuid } from '../../../support/samples';

const [first, second, third] = manyMachines;

describe('searching machines', () => {
  const found = (search: string) => searchMachines(manyMachines.slice(0, 3), search).map(({ name }) => name);

  test('finds by name, user and host, in any case', () => {
    expect(found('gpu')).toEqual(['GPU box']);
    expect(found('HADOOP')).toEqual(['ETL']);
    expect(found('amazonaws')).toEqual([third?.name]);
  });

  test('wants all words, in any order', () => {
    expect(found('box ubuntu')).toEqual(['GPU box']);
    expect(found('box hadoop')).toEqual([]);
  });

  test('finds all when nothing is searched', () => {
    expect(found('  ')).toHaveLength(3);
  });
});

describe('the machine that is shown', () => {
  test('is the chosen one', () => {
    const selected = { kind: 'machine', machineId: second?.id ?? gpuMachine.id } as const;
    expect(shownMachine(manyMachines, selected)).toBe(second);
  });

  test('is the first when none was chosen or the chosen one is gone', () => {
    expect(shownMachine(manyMachines, { kind: 'none' })).toBe(first);
    expect(shownMachine(manyMachines, { kind: 'machine', machineId: uuid<MachineId>(999) })).toBe(first);
  });

  test('after a removal is the next, and after that of the last the one before', () => {
    const three = manyMachines.slice(0, 3);
    expect(machineAfterRemoval(three, gpuMachine.id)).toBe(second);
    expect(machineAfterRemoval(three, third?.id ?? gpuMachine.id)).toBe(second);
    expect(machineAfterRemoval([gpuMachine], gpuMachine.id)).toBeUndefined();
  });
});

test.each([
  [{ host: 'gpu', port: 22, user: 'ana' }, 'ana@gpu'],
  [{ host: 'gpu', port: 2222, user: 'ana' }, 'ana@gpu:2222'],
  [{ host: 'fe80::1', port: 2222, user: 'ana' }, 'ana@[fe80::1]:2222'],
])('the route %o reads %s', (route, text) => {
  expect(routeText(route)).toBe(text);
});
