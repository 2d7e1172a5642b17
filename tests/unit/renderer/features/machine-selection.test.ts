import { describe, expect, test } from 'vitest';
import { machineAfterRemoval, shownMachine } from '../../../../renderer/features/machines/machine-selection';
import { routeText } from '../../../../renderer/features/machines/route-text';
import type { MachineId } from '../../../../shared/model/machine';
import { gpuMachine, manyMachines, uuid } from '../../../support/samples';

const [first, second, third] = manyMachines;

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
    expect(machineAfterRemoval(three, [gpuMachine.id])).toBe(second);
    expect(machineAfterRemoval(three, [third?.id ?? gpuMachine.id])).toBe(second);
    expect(machineAfterRemoval([gpuMachine], [gpuMachine.id])).toBeUndefined();
  });
});

test.each([
  [{ host: 'gpu', port: 22, user: 'ana' }, 'ana@gpu'],
  [{ host: 'gpu', port: 2222, user: 'ana' }, 'ana@gpu:2222'],
  [{ host: 'fe80::1', port: 2222, user: 'ana' }, 'ana@[fe80::1]:2222'],
])('the route %o reads %s', (route, text) => {
  expect(routeText(route)).toBe(text);
});
