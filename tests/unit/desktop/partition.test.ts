import { expect, it } from 'vitest';
import { partitionOf } from '../../../electron/desktop/partition';
import type { MachineId } from '../../../shared/model/machine';

it('ends with the app unless the machine is saved and keeps its cookies, and is no other machine’s', () => {
  expect(partitionOf({ id: 'a' as MachineId, keepsCookies: false })).toBe('machine-a');
  expect(partitionOf({ id: 'a' as MachineId, keepsCookies: true })).toBe('persist:machine-a');
  expect(partitionOf({ id: 'a' as MachineId, keepsCookies: true, isUnsaved: true })).toBe('machine-a');
  expect(partitionOf({ id: 'b' as MachineId, keepsCookies: false })).toBe('machine-b');
});
