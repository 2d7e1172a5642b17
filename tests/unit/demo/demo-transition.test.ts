import { describe, expect, test } from 'vitest';
import { type DemoEvent, transition } from '../../../electron/demo/demo-transition';
import { AppError } from '../../../shared/errors/app-error';
import type { DemoState } from '../../../shared/model/demo';
import { MachineId } from '../../../shared/model/machine';

const machineId = MachineId.parse('6f0f5f7a-53b5-4a0a-8d0e-0f2f6f4f7a10');
const error = new AppError('demo-install-failed').toReport();
const absent: DemoState = { kind: 'absent' };
const ready: DemoState = { kind: 'ready', machineId };
const failed: DemoState = { kind: 'failed', error };
const preparing: DemoState = { kind: 'preparing', step: 'installing-jupyter', detail: 'Collecting' };

describe('demo machine', () => {
  test.each([absent, ready, failed])('can be started when it is $kind', (state) => {
    expect(transition(state, { kind: 'startRequested' })).toMatchObject({ kind: 'preparing' });
  });

  test('a second start changes nothing', () => {
    expect(transition(preparing, { kind: 'startRequested' })).toBe(preparing);
  });

  test('shows the step and the last line of what runs', () => {
    const event: DemoEvent = { kind: 'progressed', step: 'creating-environment', detail: 'a line' };
    expect(transition(preparing, event)).toEqual({
      kind: 'preparing',
      step: 'creating-environment',
      detail: 'a line',
    });
  });

  test.each<DemoEvent>([
    { kind: 'progressed', step: 'installing-jupyter', detail: 'late' },
    { kind: 'opened', machineId },
    { kind: 'failed', error },
    { kind: 'cancelled', machineId: null },
  ])('$kind comes too late when nothing is being prepared', (event) => {
    expect(transition(absent, event)).toBe(absent);
  });

  test('a cancelled one leaves what was there before', () => {
    expect(transition(preparing, { kind: 'cancelled', machineId: null })).toEqual(absent);
    expect(transition(preparing, { kind: 'cancelled', machineId })).toEqual(ready);
  });

  test('follows the saved machine, except while it prepares or shows a failure', () => {
    expect(transition(absent, { kind: 'machineSeen', machineId })).toEqual(ready);
    expect(transition(ready, { kind: 'machineSeen', machineId: null })).toEqual(absent);
    expect(transition(preparing, { kind: 'machineSeen', machineId: null })).toBe(preparing);
    expect(transition(failed, { kind: 'machineSeen', machineId })).toBe(failed);
  });

  test('is never anything but unsupported where it is unsupported', () => {
    expect(transition({ kind: 'unsupported' }, { kind: 'startRequested' })).toEqual({ kind: 'unsupported' });
  });
});
