import { describe, expect, it } from 'vitest';
import type { ConnectionEffect } from '../../../electron/connection/connection-effect';
import type { ConnectionEvent } from '../../../electron/connection/connection-event';
import { type Course, connectionStateOf, initialCourse } from '../../../electron/connection/course';
import { judgeNetwork, type NetworkVerdict } from '../../../electron/connection/disturbance';
import { transition } from '../../../electron/connection/transition';
import type { ErrorReport } from '../../../shared/errors/app-error';
import type { ErrorCode } from '../../../shared/errors/error-codes';
import { type HostKeyPrompt, PromptId, type SecretPrompt } from '../../../shared/model/prompt';

const hour = 3_600_000;
const error = (code: ErrorCode): ErrorReport => ({ code, params: { host: 'lab' }, details: [] });
const promptId = (digit: number) => PromptId.parse(`00000000-0000-4000-8000-00000000000${digit}`);
const hostKeyPrompt: HostKeyPrompt = {
  ...{ kind: 'hostKey', promptId: promptId(1), host: 'lab', port: 22 },
  ...{ keyType: 'ssh-ed25519', fingerprint: 'SHA256:x', randomart: '' },
};
const passwordPrompt = (digit: number, wasWrong = false): SecretPrompt => ({
  ...{ kind: 'password', promptId: promptId(digit), user: 'ana', host: 'lab', wasWrong, canRemember: true },
});
const passphrasePrompt = (digit: number, wasWrong = false): SecretPrompt => ({
  ...{ kind: 'passphrase', promptId: promptId(digit), keyPath: '~/key', wasWrong, canRemember: true },
});

/** A connection under test: what it is, and what it last asked for. */
class Rig {
  course: Course = initialCourse;
  effects: readonly ConnectionEffect[] = [];
  nowMs = Date.UTC(2026, 0, 1);
  monotonicMs = 0;
  isPaused = false;

  send(event: ConnectionEvent): this {
    const { nowMs, monotonicMs, isPaused } = this;
    const moment = { nowMs, monotonicMs, random: 1, isPaused };
    ({ state: this.course, effects: this.effects } = transition(this.course, event, moment));
    return this;
  }
  pass(ms: number): this {
    this.nowMs += ms;
    this.monotonicMs += ms;
    return this;
  }
  get id() {
    return this.course.attemptId;
  }
  get state() {
    return connectionStateOf(this.course);
  }
  effect<K extends ConnectionEffect['kind']>(kind: K) {
    return this.effects.find((each): each is Extract<ConnectionEffect, { kind: K }> => each.kind === kind);
  }
  get log() {
    return this.effects.flatMap((each) => (each.kind === 'log' ? [each.code] : []));
  }

  connect = () => this.send({ kind: 'connectRequested' });
  succeed = () => this.send({ kind: 'attemptSucceeded', attemptId: this.id, elapsedMs: 5 });
  failWith = (code: ErrorCode) =>
    this.send({ kind: 'attemptFailed', attemptId: this.id, error: error(code) });
  lose = () => this.send({ kind: 'lost', attemptId: this.id, error: error('connection-lost') });
  retryDue = () => this.send({ kind: 'retryDue', attemptId: this.id });
  ready = () => this.connect().succeed();
  pause(isPaused: boolean): this {
    this.isPaused = isPaused;
    return this.send({ kind: 'pauseChanged' });
  }
}

describe('the first connect', () => {
  it('starts one attempt, however often it is asked for', () => {
    const rig = new Rig().connect();
    expect(rig.effects).toEqual([{ kind: 'startAttempt', attemptId: 1 }]);
    expect(rig.connect().effects).toEqual([]);
    expect(rig.state).toEqual({ kind: 'connecting', isReconnect: false });
  });

  it('fails at once, because the user is looking, even where a retry could help', () => {
    const rig = new Rig().connect().failWith('connection-timed-out');
    expect(rig.state).toEqual({ kind: 'failed', error: error('connection-timed-out') });
    expect(rig.effect('scheduleRetry')).toBeUndefined();
  });

  it('may be asked for again after it failed', () => {
    const rig = new Rig().connect().failWith('host-not-found').connect();
    expect(rig.effects).toEqual([{ kind: 'startAttempt', attemptId: 2 }]);
  });

  it('is ready once the attempt succeeds', () => {
    const rig = new Rig().connect().send({ kind: 'authenticationStarted', attemptId: 1 }).succeed();
    expect(rig.state).toEqual({ kind: 'ready', sinceMs: rig.nowMs });
  });

  it('is called off by the user', () => {
    const rig = new Rig().connect().send({ kind: 'disconnectRequested' });
    expect(rig.state.kind).toBe('closed');
    expect(rig.effect('abortAttempt')).toBeDefined();
  });
});

describe('late events', () => {
  it('of an earlier attempt change nothing', () => {
    const rig = new Rig().connect().failWith('connection-refused').connect();
    const late: ConnectionEvent[] = [
      { kind: 'attemptSucceeded', attemptId: 1, elapsedMs: 1 },
      { kind: 'attemptFailed', attemptId: 1, error: error('key-refused') },
      { kind: 'authenticationStarted', attemptId: 1 },
      { kind: 'hostKeyUnknown', attemptId: 1, prompt: hostKeyPrompt },
      { kind: 'secretAsked', attemptId: 1, prompt: passwordPrompt(1) },
      { kind: 'passwordRefused', attemptId: 1, error: error('password-refused'), prompt: passwordPrompt(1) },
      { kind: 'lost', attemptId: 1, error: error('connection-lost') },
      { kind: 'closeFinished', attemptId: 1 },
      { kind: 'retryDue', attemptId: 1 },
    ];
    const before = rig.course;
    for (const event of late) expect(rig.send(event)).toMatchObject({ course: before, effects: [] });
  });

  it('a success after the user gave up is not believed', () => {
    const rig = new Rig().connect().send({ kind: 'disconnectRequested' });
    expect(rig.succeed().state.kind).toBe('closed');
  });

  it('the end of an old transport does not end the new connection', () => {
    const rig = new Rig().ready().send({ kind: 'disconnectRequested' });
    const old = rig.id;
    rig.connect().send({ kind: 'closeFinished', attemptId: old });
    expect(rig.state.kind).toBe('connecting');
  });
});

describe('an unknown host key', () => {
  const asked = () =>
    new Rig().connect().send({ kind: 'hostKeyUnknown', attemptId: 1, prompt: hostKeyPrompt });

  it('is asked about without a time limit, then tried with the answer', () => {
    const rig = asked().pass(24 * hour);
    expect(rig.state).toEqual({ kind: 'awaitingHostKey', prompt: hostKeyPrompt });
    rig.send({ kind: 'answered', answer: { kind: 'hostKey', promptId: promptId(1), isAccepted: true } });
    expect(rig.state.kind).toBe('connecting');
    expect(rig.effect('acceptHostKey')).toEqual({ kind: 'acceptHostKey', promptId: promptId(1) });
    expect(rig.effect('startAttempt')).toEqual({ kind: 'startAttempt', attemptId: 2 });
  });

  it.each([
    ['no', { kind: 'hostKey', promptId: promptId(1), isAccepted: false }],
    ['cancel', { kind: 'cancel', promptId: promptId(1) }],
  ] as const)('%s ends it', (_what, answer) => {
    const rig = asked().send({ kind: 'answered', answer });
    expect(rig.state).toMatchObject({ kind: 'failed', error: { code: 'host-key-not-accepted' } });
    expect(rig.effect('startAttempt')).toBeUndefined();
  });

  it('is not accepted by the answer to another question, or by another kind of answer', () => {
    const rig = asked();
    rig.send({ kind: 'answered', answer: { kind: 'hostKey', promptId: promptId(2), isAccepted: true } });
    expect(rig.state.kind).toBe('awaitingHostKey');
    rig.send({
      kind: 'answered',
      answer: { kind: 'secret', promptId: promptId(1), secret: '', isRemembered: false },
    });
    expect(rig.state.kind).toBe('awaitingHostKey');
  });
});

describe('a passphrase', () => {
  it('is asked for as often as it is wrong; the attempt goes on with each answer', () => {
    const rig = new Rig().connect();
    for (const digit of [1, 2, 3, 4, 5]) {
      rig.send({ kind: 'secretAsked', attemptId: 1, prompt: passphrasePrompt(digit, digit > 1) });
      expect(rig.state).toMatchObject({ kind: 'authenticating', prompt: { wasWrong: digit > 1 } });
      const answer = { kind: 'secret', promptId: promptId(digit), secret: 's', isRemembered: false } as const;
      expect(rig.send({ kind: 'answered', answer }).effects).toEqual([{ kind: 'deliverAnswer', answer }]);
      expect(rig.state.kind).toBe('connecting');
    }
  });

  it('not given closes, given wrong and then not given fails', () => {
    const cancel = { kind: 'answered', answer: { kind: 'cancel', promptId: promptId(1) } } as const;
    const asked = (wasWrong: boolean) =>
      new Rig().connect().send({ kind: 'secretAsked', attemptId: 1, prompt: passphrasePrompt(1, wasWrong) });
    expect(asked(false).send(cancel).state).toEqual({ kind: 'closed' });
    expect(asked(true).send(cancel).state).toMatchObject({
      kind: 'failed',
      error: { code: 'wrong-passphrase' },
    });
  });
});

describe('a password', () => {
  const answer = (digit: number) =>
    ({
      kind: 'answered',
      answer: { kind: 'secret', promptId: promptId(digit), secret: 's', isRemembered: true },
    }) as const;
  const refuse = (rig: Rig, digit: number) =>
    rig.send({
      ...{ kind: 'passwordRefused', attemptId: rig.id },
      ...{ error: error('password-refused'), prompt: passwordPrompt(digit, true) },
    });

  it('that is wrong is asked for again without a new connection until there is an answer', () => {
    const rig = refuse(new Rig().connect(), 1);
    expect(rig.effect('startAttempt')).toBeUndefined();
    expect(rig.state).toMatchObject({ kind: 'authenticating', prompt: { wasWrong: true } });
    rig.send(answer(1));
    expect(rig.effect('holdPassword')).toEqual({ kind: 'holdPassword', secret: 's', isRemembered: true });
    expect(rig.effect('startAttempt')).toEqual({ kind: 'startAttempt', attemptId: 2 });
  });

  it('wrong for the third time is final', () => {
    const rig = refuse(new Rig().connect(), 1);
    refuse(rig.send(answer(1)), 2);
    refuse(rig.send(answer(2)), 3);
    expect(rig.state).toEqual({ kind: 'failed', error: error('password-refused') });
    expect(rig.effect('forget')).toBeDefined();
  });

  it('given after the server hung up starts a new attempt with it', () => {
    const rig = new Rig().connect().send({ kind: 'secretAsked', attemptId: 1, prompt: passwordPrompt(1) });
    rig.pass(120_000).failWith('connection-lost');
    expect(rig.state).toMatchObject({ kind: 'authenticating', prompt: { promptId: promptId(1) } });
    rig.send(answer(1));
    expect(rig.effects.map(({ kind }) => kind)).toEqual(['holdPassword', 'startAttempt']);
  });

  it('is delivered to the attempt that waits for it', () => {
    const rig = new Rig()
      .connect()
      .send({ kind: 'secretAsked', attemptId: 1, prompt: passwordPrompt(1) })
      .send(answer(1));
    expect(rig.effects.map(({ kind }) => kind)).toEqual(['deliverAnswer']);
    expect(rig.state).toEqual({ kind: 'authenticating', isReconnect: false, prompt: null });
  });
});

describe('a lost connection', () => {
  it('is tried again after about a second, without end of patience for each failure that may pass', () => {
    const rig = new Rig().ready().pass(hour).lose();
    expect(rig.state).toMatchObject({
      kind: 'waitingToRetry',
      retryNumber: 1,
      nextTryAtMs: rig.nowMs + 1000,
    });
    expect(rig.log).toEqual(['lost', 'retry-scheduled']);
    const delays = [
      'connection-refused',
      'host-not-found',
      'network-unreachable',
      'connection-timed-out',
    ] as const;
    for (const [index, code] of delays.entries()) {
      rig.pass(1000).retryDue();
      expect(rig.state).toEqual({ kind: 'connecting', isReconnect: true });
      rig.failWith(code);
      expect(rig.state).toMatchObject({ kind: 'waitingToRetry', retryNumber: index + 2, error: { code } });
      expect(rig.effect('scheduleRetry')?.delayMs).toBe(2000 * 2 ** index);
    }
    expect(rig.retryDue().succeed().state.kind).toBe('ready');
  });

  it.each([
    'key-refused',
    'host-key-changed',
    'host-key-revoked',
    'no-authentication-method',
    'not-an-ssh-server',
  ] as const)('%s on the way back is never retried', (code) => {
    const rig = new Rig().ready().pass(hour).lose().retryDue().failWith(code);
    expect(rig.state).toEqual({ kind: 'failed', error: error(code) });
    expect(rig.effect('scheduleRetry')).toBeUndefined();
  });

  it('is given up after three hours of trying', () => {
    const rig = new Rig().ready().pass(hour).lose();
    const lostAtMs = rig.nowMs;
    while (rig.state.kind === 'waitingToRetry') {
      rig.pass(rig.effect('scheduleRetry')?.delayMs ?? 0).retryDue();
      rig.pass(20_000).failWith('connection-timed-out');
    }
    expect(rig.state).toEqual({ kind: 'failed', error: error('connection-timed-out') });
    expect(rig.log).toContain('retries-given-up');
    expect(rig.nowMs - lostAtMs).toBeGreaterThanOrEqual(3 * hour);
    expect(rig.nowMs - lostAtMs).toBeLessThan(3 * hour + 60_000);
  });

  it('survives a night: eight hours of sleep are not three hours of trying', () => {
    const rig = new Rig().ready().pass(hour).lose();
    rig
      .pass(8 * hour)
      .retryDue()
      .failWith('network-unreachable');
    expect(rig.state.kind).toBe('waitingToRetry');
    rig.pass(8 * hour).send({ kind: 'resumed' });
    expect(rig.state).toEqual({ kind: 'connecting', isReconnect: true });
  });

  it('is not bothered by a wall clock set back or forth', () => {
    const rig = new Rig().ready().pass(hour).lose();
    rig.nowMs += 8 * hour;
    expect(rig.retryDue().failWith('connection-refused').state.kind).toBe('waitingToRetry');
    rig.nowMs -= 24 * hour;
    expect(rig.retryDue().failWith('connection-refused').state).toMatchObject({
      kind: 'waitingToRetry',
      nextTryAtMs: rig.nowMs + 4000,
    });
  });

  it('that comes and goes each second waits longer each time', () => {
    const rig = new Rig().ready().pass(hour).lose();
    rig.pass(1000).retryDue().succeed().pass(1000).lose();
    expect(rig.state).toMatchObject({ retryNumber: 2 });
    rig.pass(2000).retryDue().succeed().pass(1000).lose();
    expect(rig.state).toMatchObject({ retryNumber: 3 });
    rig.pass(4000).retryDue().succeed().pass(hour).lose();
    expect(rig.state).toMatchObject({ retryNumber: 1 });
  });

  it('is tried now when the user says so, and once only', () => {
    const rig = new Rig().ready().pass(hour).lose();
    const waiting = rig.id;
    rig.send({ kind: 'retryNowRequested' });
    expect(rig.effects.map(({ kind }) => kind)).toEqual(['cancelRetry', 'log', 'startAttempt']);
    expect(rig.send({ kind: 'retryDue', attemptId: waiting }).effects).toEqual([]);
  });

  it('stays away when the user says so', () => {
    const rig = new Rig().ready().pass(hour).lose().send({ kind: 'disconnectRequested' });
    expect(rig.state.kind).toBe('closed');
    expect(rig.effect('cancelRetry')).toBeDefined();
  });
});

describe('reconnecting that the user has paused', () => {
  it('calls off the try that waits, and does not begin one by itself', () => {
    const rig = new Rig().ready().pass(hour).lose().pause(true);
    expect(rig.state).toMatchObject({ kind: 'waitingToRetry', nextTryAtMs: null });
    expect(rig.effect('cancelRetry')).toBeDefined();
    for (const event of [
      { kind: 'resumed' },
      { kind: 'networkChanged', verdict: 'here' },
      { kind: 'pauseChanged' },
    ] as const) {
      expect(rig.pass(hour).send(event).state).toMatchObject({ kind: 'waitingToRetry', nextTryAtMs: null });
      expect(rig.effect('startAttempt')).toBeUndefined();
    }
  });

  it('schedules nothing when the connection is lost meanwhile', () => {
    const rig = new Rig().ready().pause(true).pass(hour).lose();
    expect(rig.state).toMatchObject({ kind: 'waitingToRetry', nextTryAtMs: null });
    expect(rig.effect('scheduleRetry')).toBeUndefined();
    expect(rig.log).toEqual(['lost', 'retries-paused']);
  });

  it('tries once when the user asks for it, and waits again should that fail', () => {
    const rig = new Rig().ready().pass(hour).lose().pause(true).send({ kind: 'retryNowRequested' });
    expect(rig.state).toEqual({ kind: 'connecting', isReconnect: true });
    expect(rig.failWith('network-unreachable').state).toMatchObject({ nextTryAtMs: null });
  });

  it('lets an attempt under way go on', () => {
    const rig = new Rig().ready().pass(hour).lose().retryDue().pause(true);
    expect(rig.succeed().state.kind).toBe('ready');
  });

  it('tries at once when it goes on, with the full three hours anew', () => {
    const rig = new Rig().ready().pass(hour).lose();
    for (let tries = 0; tries < 300; tries += 1) rig.pass(30_000).retryDue().failWith('connection-refused');
    rig
      .pause(true)
      .pass(24 * hour)
      .pause(false);
    expect(rig.state).toEqual({ kind: 'connecting', isReconnect: true });
    expect(rig.failWith('connection-refused').state).toMatchObject({
      kind: 'waitingToRetry',
      retryNumber: 2,
    });
  });
});

describe('waking up', () => {
  it('probes what looks ready and gives it ten seconds', () => {
    const rig = new Rig()
      .ready()
      .pass(8 * hour)
      .send({ kind: 'resumed' });
    expect(rig.state.kind).toBe('ready');
    expect(rig.effect('probe')).toEqual({ kind: 'probe', attemptId: 1, withinMs: 10_000 });
  });

  it('tries at once what was waiting, with the full three hours anew', () => {
    const rig = new Rig().ready().pass(hour).lose();
    for (let tries = 0; tries < 300; tries += 1) rig.pass(30_000).retryDue().failWith('connection-refused');
    rig.send({ kind: 'resumed' });
    expect(rig.effect('startAttempt')).toBeDefined();
    expect(rig.failWith('network-unreachable').state).toMatchObject({
      kind: 'waitingToRetry',
      retryNumber: 2,
    });
    for (let tries = 0; tries < 200; tries += 1) rig.pass(30_000).retryDue().failWith('network-unreachable');
    expect(rig.state.kind).toBe('waitingToRetry');
  });

  it('leaves alone what is not connected', () => {
    const rig = new Rig().send({ kind: 'resumed' });
    expect(rig).toMatchObject({ course: initialCourse, effects: [] });
  });
});

describe('a network that changed', () => {
  const changed = (verdict: NetworkVerdict): ConnectionEvent => ({ kind: 'networkChanged', verdict });

  it('probes what looks ready, sooner when the connection’s own address is gone', () => {
    expect(new Rig().ready().send(changed('here')).effect('probe')?.withinMs).toBe(10_000);
    expect(new Rig().ready().send(changed('moved')).effect('probe')?.withinMs).toBe(3000);
  });

  it('leaves a connection alone while there is no network at all: it may outlast that', () => {
    const rig = new Rig().ready().send(changed('offline'));
    expect(rig.state.kind).toBe('ready');
    expect(rig.effect('probe')).toBeUndefined();
    expect(rig.log).toEqual(['network-gone']);
  });

  it('tries at once what was waiting, and then in short pauses again', () => {
    const rig = new Rig().ready().pass(hour).lose();
    for (let tries = 0; tries < 10; tries += 1) rig.pass(30_000).retryDue().failWith('network-unreachable');
    expect(rig.effect('scheduleRetry')?.delayMs).toBe(30_000);
    rig.send(changed('here'));
    expect(rig.effects.map(({ kind }) => kind)).toEqual(['log', 'cancelRetry', 'log', 'startAttempt']);
    expect(rig.failWith('connection-timed-out').effect('scheduleRetry')?.delayMs).toBe(2000);
  });

  it('does not buy more than the three hours of trying', () => {
    const rig = new Rig().ready().pass(hour).lose();
    for (let minutes = 0; minutes < 181; minutes += 1) {
      rig.pass(60_000).send(changed('here')).failWith('network-unreachable');
    }
    expect(rig.state.kind).toBe('failed');
  });

  it('waits on without a network', () => {
    const rig = new Rig().ready().pass(hour).lose().send(changed('offline'));
    expect(rig.state.kind).toBe('waitingToRetry');
    expect(rig.effect('startAttempt')).toBeUndefined();
  });

  it('begins an attempt anew that began in the old network', () => {
    const rig = new Rig().ready().pass(hour).lose().pass(1000).retryDue();
    const old = rig.id;
    rig.send(changed('here'));
    expect(rig.effects.map(({ kind }) => kind)).toEqual(['abortAttempt', 'log', 'startAttempt']);
    expect(rig.id).toBe(old + 1);
    expect(rig.state).toEqual({ kind: 'connecting', isReconnect: true });
  });

  it('does not disturb the user’s first attempt, a question or what is closed', () => {
    const asked = new Rig().connect().send({ kind: 'hostKeyUnknown', attemptId: 1, prompt: hostKeyPrompt });
    for (const rig of [new Rig(), new Rig().connect(), asked])
      expect(rig.send(changed('moved')).effects).toEqual([]);
  });

  it.each([
    ['an address that is still there', ['10.0.0.2', '192.168.1.5'], '10.0.0.2', 'here'],
    ['an address that is gone', ['192.168.1.5'], '10.0.0.2', 'moved'],
    ['no address left', [], '10.0.0.2', 'offline'],
    ['an unknown address', ['192.168.1.5'], null, 'here'],
    ['loopback, which is always there', [], '127.0.0.1', 'here'],
  ])('is judged by the connection’s own address: %s', (_what, addresses, localAddress, verdict) => {
    expect(judgeNetwork({ addresses, way: '' }, localAddress)).toBe(verdict);
  });
});

describe('closing', () => {
  it('closes the transport and is closed once that is gone', () => {
    const rig = new Rig().ready().send({ kind: 'disconnectRequested' });
    expect(rig.state.kind).toBe('closing');
    expect(rig.effect('closeTransport')).toBeDefined();
    rig.send({ kind: 'closeFinished', attemptId: 1 });
    expect(rig.state.kind).toBe('closed');
    expect(rig.effect('forget')).toBeDefined();
  });
});
