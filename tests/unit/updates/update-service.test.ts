import { describe, expect, it } from 'vitest';
import { type Updater, UpdateService } from '../../../electron/updates/update-service';
import { AppError } from '../../../shared/errors/app-error';
import type { UpdateObstacle, UpdateState } from '../../../shared/model/update';
import { FakeClock } from '../../support/fake-clock';

const hourMs = 60 * 60 * 1000;

/** An update service whose updater does what the test says. */
function rig({
  obstacle = null as UpdateObstacle | null,
  checks = true,
  newest = null as string | null,
} = {}) {
  const clock = new FakeClock();
  const states: UpdateState[] = [];
  const told: string[] = [];
  const troubles: unknown[] = [];
  const made = { updaters: 0, checks: 0 };
  const feed = { newest, failure: null as AppError | null };
  let download: Parameters<Updater['download']> | null = null;
  let settle: { readonly done: () => void; readonly failed: (error: unknown) => void } | null = null;
  const updater: Updater = {
    check: async () => {
      made.checks += 1;
      if (feed.failure !== null) throw feed.failure;
      return feed.newest;
    },
    download: (...args) => {
      download = args;
      return new Promise((done, failed) => {
        settle = { done, failed };
      });
    },
  };
  const preference = { checks };
  const service = new UpdateService({
    obstacle,
    updater: async () => {
      made.updaters += 1;
      return updater;
    },
    clock,
    checksByItself: () => preference.checks,
    onChanged: ({ state }) => void states.push(state),
    onFound: (version) => void told.push(version),
    onTrouble: (error) => void troubles.push(error),
  });
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  return {
    ...{ clock, states, told, troubles, made, feed, preference, service, settled },
    state: () => service.snapshot().state,
    download: () => download ?? expect.fail('nothing is downloaded'),
    settle: () => settle ?? expect.fail('nothing is downloaded'),
  };
}

describe('looking for a new version', () => {
  it('is done unasked, but not while Nuvem starts, and again half a day later', async () => {
    const { service, clock, made, settled, state } = rig();
    service.start();
    clock.advance(59_000);
    await settled();
    expect(made.checks).toBe(0);
    clock.advance(1000);
    await settled();
    expect(made.checks).toBe(1);
    expect(state()).toEqual({ kind: 'idle', checkedAtMs: clock.nowMs() });
    clock.advance(12 * hourMs);
    await settled();
    expect(made.checks).toBe(2);
  });

  it('is not done unasked when the user does not want it, also when they say so later', async () => {
    const { service, clock, made, preference, settled } = rig({ checks: false });
    service.start();
    clock.advance(24 * hourMs);
    await settled();
    expect(made).toEqual({ updaters: 0, checks: 0 });
    preference.checks = true;
    clock.advance(12 * hourMs);
    await settled();
    expect(made.checks).toBe(1);
    preference.checks = false;
    clock.advance(24 * hourMs);
    await settled();
    expect(made.checks).toBe(1);
    await service.check();
    expect(made.checks).toBe(2);
  });

  it('tells of a version once, and leaves it to the user', async () => {
    const { service, told, state, clock, settled } = rig({ newest: '2.0.0' });
    service.start();
    clock.advance(60_000);
    await settled();
    clock.advance(48 * hourMs);
    await settled();
    await service.check();
    expect(told).toEqual(['2.0.0']);
    expect(state()).toEqual({ kind: 'found', version: '2.0.0' });
  });

  it('tells no more than its state to who asked for it', async () => {
    const { service, told, state } = rig({ newest: '2.0.0' });
    await service.check();
    expect(state()).toEqual({ kind: 'found', version: '2.0.0' });
    expect(told).toEqual([]);
  });

  it('says why it failed when the user asked, and nothing in the window when nobody did', async () => {
    const { service, feed, state, clock, troubles, settled } = rig();
    feed.failure = new AppError('update-unreachable', { reason: 'net::ERR_INTERNET_DISCONNECTED' });
    service.start();
    clock.advance(60_000);
    await settled();
    expect(state()).toEqual({ kind: 'idle', checkedAtMs: null });
    expect(troubles).toEqual([feed.failure]);
    await service.check();
    expect(state()).toMatchObject({ kind: 'failed', version: null, error: { code: 'update-unreachable' } });
    feed.failure = null;
    await service.check();
    expect(state()).toMatchObject({ kind: 'idle' });
  });

  it('never happens where updates are off, and no updater is made', async () => {
    const { service, clock, made, states, settled } = rig({ obstacle: 'elsewhere', newest: '2.0.0' });
    service.start();
    await service.check();
    await service.install();
    service.cancel();
    clock.advance(48 * hourMs);
    await settled();
    expect(made.updaters).toBe(0);
    expect(states).toEqual([]);
    expect(service.snapshot().state).toEqual({ kind: 'off', obstacle: 'elsewhere' });
  });
});

describe('getting a new version', () => {
  it('begins when the user says so, shows how far it is, and ends with what quitting installs', async () => {
    const { service, state, settled, download, settle } = rig({ newest: '2.0.0' });
    await service.install();
    expect(state().kind).toBe('idle');
    await service.check();
    const installing = service.install();
    await settled();
    download()[0](0.4);
    expect(state()).toEqual({ kind: 'downloading', version: '2.0.0', part: 0.4 });
    settle().done();
    await installing;
    expect(state()).toEqual({ kind: 'ready', version: '2.0.0' });
  });

  it('says why it failed, and can be asked for again', async () => {
    const { service, state, settled, settle } = rig({ newest: '2.0.0' });
    await service.check();
    const installing = service.install();
    await settled();
    settle().failed(new AppError('update-damaged'));
    await installing;
    expect(state()).toMatchObject({ kind: 'failed', version: '2.0.0', error: { code: 'update-damaged' } });
    const again = service.install();
    await settled();
    settle().done();
    await again;
    expect(state().kind).toBe('ready');
  });

  it.each(['done', 'failed'] as const)(
    'that the user calls off is not ready, even if it is %s',
    async (end) => {
      const { service, state, settled, download, settle, troubles } = rig({ newest: '2.0.0' });
      await service.check();
      const installing = service.install();
      await settled();
      service.cancel();
      expect(download()[1].aborted).toBe(true);
      download()[0](0.9);
      settle()[end](new Error('aborted'));
      await installing;
      expect(state()).toEqual({ kind: 'found', version: '2.0.0' });
      expect(troubles).toEqual([]);
    },
  );

  it('ends when Nuvem quits, and so do the looks', async () => {
    const { service, clock, settled, download } = rig({ newest: '2.0.0' });
    service.start();
    await service.check();
    void service.install();
    await settled();
    service.stop();
    expect(download()[1].aborted).toBe(true);
    expect(clock.pendingTimers).toBe(0);
  });
});
