import { describe, expect, it } from 'vitest';
import { transition, type UpdateEvent } from '../../../electron/updates/update-transition';
import { AppError } from '../../../shared/errors/app-error';
import { UpdateState, updateObstacles } from '../../../shared/model/update';

const error = new AppError('update-unreachable').toReport();
const states: readonly UpdateState[] = [
  { kind: 'idle', checkedAtMs: null },
  { kind: 'idle', checkedAtMs: 5 },
  { kind: 'checking', checkedAtMs: null },
  { kind: 'found', version: '2.0.0' },
  { kind: 'downloading', version: '2.0.0', part: null },
  { kind: 'ready', version: '2.0.0' },
  { kind: 'failed', version: null, error },
  { kind: 'failed', version: '2.0.0', error },
];
const events: readonly UpdateEvent[] = [
  { kind: 'checkStarted' },
  { kind: 'upToDate', atMs: 7 },
  { kind: 'found', version: '3.0.0' },
  { kind: 'checkFailed', error },
  { kind: 'checkGivenUp' },
  { kind: 'downloadStarted' },
  { kind: 'progressed', part: 0.5 },
  { kind: 'downloaded' },
  { kind: 'downloadFailed', error },
  { kind: 'downloadCancelled' },
];
const stateAfter = (state: UpdateState, ...happened: readonly UpdateEvent[]): UpdateState =>
  happened.reduce(transition, state);

describe('updates', () => {
  it('go from a look to what is ready, with the user’s word between', () => {
    const found = stateAfter(
      { kind: 'idle', checkedAtMs: null },
      { kind: 'checkStarted' },
      { kind: 'found', version: '2.0.0' },
    );
    expect(found).toEqual({ kind: 'found', version: '2.0.0' });
    expect(stateAfter(found, { kind: 'downloaded' })).toEqual(found);
    const loading = stateAfter(found, { kind: 'downloadStarted' }, { kind: 'progressed', part: 0.25 });
    expect(loading).toEqual({ kind: 'downloading', version: '2.0.0', part: 0.25 });
    expect(stateAfter(loading, { kind: 'downloaded' })).toEqual({ kind: 'ready', version: '2.0.0' });
  });

  it('stay off where they are off, whatever happens', () => {
    for (const obstacle of updateObstacles) {
      const off = { kind: 'off', obstacle } as const;
      for (const event of events) expect(transition(off, event)).toBe(off);
    }
  });

  it('let nothing take away what is ready to be installed', () => {
    const ready = { kind: 'ready', version: '2.0.0' } as const;
    for (const event of events) expect(transition(ready, event)).toBe(ready);
  });

  it('are offered again after a download that failed or was called off', () => {
    const loading = { kind: 'downloading', version: '2.0.0', part: 0.5 } as const;
    const failed = transition(loading, { kind: 'downloadFailed', error });
    expect(transition(failed, { kind: 'downloadStarted' })).toMatchObject({
      kind: 'downloading',
      part: null,
    });
    expect(transition(loading, { kind: 'downloadCancelled' })).toEqual({ kind: 'found', version: '2.0.0' });
  });

  it('show progress that only grows and never passes the end', () => {
    const loading = { kind: 'downloading', version: '2.0.0', part: 0.5 } as const;
    expect(transition(loading, { kind: 'progressed', part: 0.1 })).toMatchObject({ part: 0.5 });
    expect(transition(loading, { kind: 'progressed', part: 1.2 })).toMatchObject({ part: 1 });
  });

  it('after an unasked look that failed are where they were', () => {
    const idle = { kind: 'idle', checkedAtMs: 5 } as const;
    expect(stateAfter(idle, { kind: 'checkStarted' }, { kind: 'checkGivenUp' })).toEqual(idle);
  });

  it('are in a state that the window understands, whatever happens in whatever order', () => {
    for (const state of states)
      for (const event of events)
        for (const next of events)
          expect(UpdateState.safeParse(stateAfter(state, event, next)).success).toBe(true);
  });
});
