import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { AttemptHost } from '../../../electron/connection/attempt-host';
import { type FoundInstance, InstanceReach } from '../../../electron/connection/instance-reach';
import { AppError } from '../../../shared/errors/app-error';
import type { AwsAccountId } from '../../../shared/model/aws-account';
import type { InstanceBinding } from '../../../shared/model/instance-binding';
import type { AttemptPrompt } from '../../../shared/model/prompt';
import { FakeClock } from '../../support/fake-clock';
import { uuid } from '../../support/samples';

const instanceId = 'i-0123456789abcdef0';
const running: FoundInstance = { name: 'GPU', state: 'running', address: '203.0.113.7', launchedAtMs: 0 };
const stopped: FoundInstance = { ...running, state: 'stopped', address: '' };

class Rig {
  readonly clock = new FakeClock();
  readonly logged: string[] = [];
  readonly asked: AttemptPrompt[] = [];
  starts = 0;
  now: FoundInstance | AppError = running;
  /** What AWS says once it was told to start the instance. */
  afterStart: FoundInstance[] = [];
  mayStart = true;
  /** So often nobody answers. */
  refusals = 0;
  tries = 0;
  readonly signal = new AbortController();
  readonly reach: InstanceReach;

  constructor(ifStopped: InstanceBinding['ifStopped'] = 'ask') {
    const binding: InstanceBinding = {
      accountId: uuid<AwsAccountId>(1),
      instanceId,
      address: 'public',
      ifStopped,
      sessionManager: 'never',
      pushesKey: false,
    };
    this.reach = new InstanceReach(binding, {
      clock: this.clock,
      log: (code) => this.logged.push(code),
      instances: {
        find: async () => {
          if (this.now instanceof AppError) throw this.now;
          const found = this.now;
          if (this.starts > 0) this.now = this.afterStart.shift() ?? this.now;
          return found;
        },
        start: async () => {
          this.starts += 1;
          this.now = this.afterStart.shift() ?? this.now;
        },
        openSession: () => Promise.reject(new AppError('internal')),
        pushKey: () => Promise.reject(new AppError('internal')),
        printedKeys: () => Promise.reject(new AppError('aws-denied')),
      },
    });
  }

  get host(): AttemptHost {
    return {
      onAuthenticating: () => undefined,
      mayStartInstances: this.mayStart,
      ask: async (prompt) => {
        this.asked.push(prompt);
        return { kind: 'startInstance', promptId: prompt.promptId, isConfirmed: true };
      },
    };
  }

  readonly attempt = async (address: string): Promise<string> => {
    this.tries += 1;
    if (this.tries <= this.refusals) throw new AppError('connection-refused');
    return address;
  };

  /** Where the instance was reached, or why not, with as much time as it takes. */
  async arrival(): Promise<string> {
    const looking = this.reach.reach(this.signal.signal, this.host, this.attempt).then(
      (address) => address,
      (error: unknown) => AppError.from(error).code,
    );
    let outcome: string | null = null;
    void looking.then((end) => {
      outcome = end;
    });
    while (outcome === null) {
      await setImmediate();
      this.clock.advance(3000);
    }
    return looking;
  }
}

describe('a machine that is an instance', () => {
  test('is where AWS says that it is now', async () => {
    const rig = new Rig();
    expect(await rig.arrival()).toBe('203.0.113.7');
    rig.now = { ...running, address: '203.0.113.99' };
    expect(await rig.arrival()).toBe('203.0.113.99');
  });

  test('is started once the user agrees, and found when it runs', async () => {
    const rig = new Rig('ask');
    rig.now = stopped;
    rig.afterStart = [stopped, { ...stopped, state: 'pending' }, running];
    expect(await rig.arrival()).toBe('203.0.113.7');
    expect(rig.asked).toMatchObject([{ kind: 'startInstance', instance: instanceId, name: 'GPU' }]);
    expect(rig.starts).toBe(1);
  });

  test('is started without a question where it is set so, also after it had to stop first', async () => {
    const rig = new Rig('start');
    rig.now = { ...stopped, state: 'stopping' };
    const looking = rig.arrival();
    await setImmediate();
    rig.now = stopped;
    rig.afterStart = [running];
    expect(await looking).toBe('203.0.113.7');
    expect(rig.asked).toEqual([]);
    expect(rig.starts).toBe(1);
  });

  test('stays stopped where it is set so, and for who only looks', async () => {
    const set = new Rig('fail');
    set.now = stopped;
    expect(await set.arrival()).toBe('instance-stopped');
    const looking = new Rig('start');
    looking.now = stopped;
    looking.mayStart = false;
    expect(await looking.arrival()).toBe('instance-stopped');
    expect([set.starts, looking.starts]).toEqual([0, 0]);
  });

  test('is not started again by itself once it was stopped under the connection', async () => {
    const rig = new Rig('start');
    await rig.arrival();
    rig.now = stopped;
    expect(await rig.arrival()).toBe('instance-stopped');
    expect(rig.starts).toBe(0);
    rig.reach.forget();
    rig.afterStart = [running];
    expect(await rig.arrival()).toBe('203.0.113.7');
  });

  test('is looked for where it was when AWS can not be asked while the connection is lost', async () => {
    const rig = new Rig();
    rig.now = new AppError('aws-unreachable');
    expect(await rig.arrival()).toBe('aws-unreachable');
    rig.now = running;
    await rig.arrival();
    rig.now = new AppError('aws-unreachable');
    expect(await rig.arrival()).toBe('203.0.113.7');
    rig.now = new AppError('instance-not-found');
    expect(await rig.arrival()).toBe('instance-not-found');
  });

  test.each([
    ['instance-without-address', { ...running, address: '' }],
    ['instance-terminated', { ...running, state: 'terminated' }],
    ['instance-terminated', { ...running, state: 'shutting-down' }],
    ['instance-not-started', { ...running, state: 'pending' }],
  ] as const)('can not be reached: %s', async (code, now) => {
    const rig = new Rig();
    rig.now = now;
    expect(await rig.arrival()).toBe(code);
  });

  test('is waited for while it comes up, wherever it is by then', async () => {
    const rig = new Rig('start');
    rig.now = stopped;
    rig.refusals = 2;
    rig.afterStart = [running, running, { ...running, address: '203.0.113.99' }];
    expect(await rig.arrival()).toBe('203.0.113.99');
    expect(rig.tries).toBe(3);
    expect(rig.starts).toBe(1);
  });

  test('is not waited for without end, nor started twice when it falls back', async () => {
    const rig = new Rig('start');
    rig.now = stopped;
    rig.refusals = Number.POSITIVE_INFINITY;
    rig.afterStart = [running];
    expect(await rig.arrival()).toBe('connection-refused');
    expect(rig.tries).toBeGreaterThan(10);
    const falling = new Rig('start');
    falling.now = stopped;
    falling.afterStart = [{ ...stopped, state: 'pending' }, stopped];
    expect(await falling.arrival()).toBe('instance-not-started');
    expect(falling.starts).toBe(1);
  });

  test('that has run for long is not waited for', async () => {
    const rig = new Rig();
    rig.refusals = 1;
    expect(await rig.arrival()).toBe('connection-refused');
    expect(rig.tries).toBe(1);
  });

  test('is asked about its keys by hand where its console may not be read', async () => {
    const rig = new Rig();
    expect(await rig.reach.printedKeys(rig.signal.signal)).toEqual([]);
    expect(rig.logged).toContain('console-not-read');
  });
});
