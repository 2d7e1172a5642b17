import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Course, type CourseEvent, initialCourse, isOver } from '../../../electron/diagnosis/course';
import { planOf, routePlan } from '../../../electron/diagnosis/plan';
import { transition } from '../../../electron/diagnosis/transition';
import { type LogCode, type LogEntry, logCodes } from '../../../shared/model/log-entry';
import type { Identity } from '../../../shared/model/machine';
import { wayTo } from '../../../shared/model/way';
import { sampleFinding } from '../../support/diagnosis-samples';
import { behindJump, hostKeyPrompt, sampleMachine } from '../../support/samples';

const entry = (code: LogCode, params: LogEntry['params'] = {}): LogEntry => ({
  sequence: 1,
  atMs: 0,
  level: 'info',
  code,
  params,
});
const logged = (code: LogCode, params: LogEntry['params'] = {}, hop = 0): CourseEvent => ({
  kind: 'logged',
  hop,
  entry: entry(code, params),
});

/** A run whose clock ticks 10 ms with each event. */
function courseAfter(events: readonly CourseEvent[], start: Course = initialCourse): Course {
  return events.reduce<Course>(
    (course, event, index) => transition(course, 1, event, { nowMs: index, monotonicMs: index * 10 }),
    start,
  );
}

const plan = (identity: Identity = sampleMachine(1).identity) =>
  planOf(wayTo(sampleMachine(1, { identity }), []), 'full');
const begin = (steps = plan()): readonly CourseEvent[] => [
  { kind: 'started', steps: routePlan },
  { kind: 'stepBegan', stepId: 'here/route' },
  { kind: 'planned', steps },
  { kind: 'stepEnded', finding: null },
  { kind: 'stepBegan', stepId: '0/identity' },
  logged('key-loaded', { path: '~/.ssh/id' }),
  { kind: 'stepEnded', finding: null },
  { kind: 'stepBegan', stepId: '0/name' },
];
const upToSignIn: readonly CourseEvent[] = [
  logged('name-resolved'),
  logged('tcp-connected'),
  logged('server-version'),
  logged('host-key-trusted'),
  logged('algorithms-agreed'),
];
const statesOf = ({ steps }: Course) => Object.fromEntries(steps.map(({ id, state }) => [id, state.kind]));

describe('the steps of a diagnosis', () => {
  test('follow the log of the login', () => {
    expect(statesOf(courseAfter([...begin(), ...upToSignIn]))).toMatchObject({
      'here/route': 'passed',
      '0/identity': 'passed',
      '0/name': 'passed',
      '0/reach': 'passed',
      '0/greeting': 'passed',
      '0/algorithms': 'passed',
      '0/hostKey': 'passed',
      '0/signIn/publickey': 'running',
      '0/command': 'pending',
    });
  });

  test('carry what happened in them, and how long they took', () => {
    const { steps } = courseAfter([...begin(), ...upToSignIn]);
    const name = steps.find(({ id }) => id === '0/name');
    expect(name?.entries.map(({ code }) => code)).toEqual(['name-resolved']);
    expect(name?.state).toEqual({ kind: 'passed', elapsedMs: 10 });
  });

  test('end at the one that fails; the rest is skipped', () => {
    const finding = sampleFinding('greeting-hung-up');
    const course = courseAfter([
      ...begin(),
      logged('name-resolved'),
      logged('tcp-connected'),
      { kind: 'failed', finding },
    ]);
    expect(statesOf(course)).toMatchObject({
      '0/reach': 'passed',
      '0/greeting': 'failed',
      '0/hostKey': 'skipped',
    });
    expect(course).toMatchObject({ kind: 'finished', isStopped: false });
  });

  test('of a second method get a row of their own behind the first', () => {
    const course = courseAfter([
      ...begin(),
      ...upToSignIn,
      logged('auth-trying-key', { method: 'publickey' }),
      logged('auth-partial', { method: 'publickey', methods: 'keyboard-interactive' }),
      logged('auth-trying', { method: 'keyboard-interactive' }),
    ]);
    expect(statesOf(course)).toMatchObject({
      '0/signIn/publickey': 'passed',
      '0/signIn/keyboard-interactive': 'running',
    });
  });

  test('of a method that is tried once more after it was over are two rows', () => {
    const course = courseAfter([
      ...begin(),
      ...upToSignIn,
      logged('auth-trying-key', { method: 'publickey' }),
      { kind: 'stepEnded', finding: sampleFinding('clock-ahead') },
      logged('auth-trying-key', { method: 'publickey' }),
    ]);
    expect(statesOf(course)).toMatchObject({
      '0/signIn/publickey': 'advised',
      '0/signIn/publickey/2': 'running',
    });
  });

  test('of a password that the server asks for by questions are one', () => {
    const course = courseAfter([
      ...begin(plan({ kind: 'password' })),
      ...upToSignIn,
      logged('auth-trying', { method: 'keyboard-interactive' }),
    ]);
    expect(course.steps.filter(({ kind }) => kind === 'signIn').map(({ method }) => method)).toEqual([
      'keyboard-interactive',
    ]);
  });

  test('wait for the user and go on', () => {
    const asking = courseAfter([
      ...begin(),
      logged('name-resolved'),
      logged('tcp-connected'),
      logged('server-version'),
      logged('host-key-unknown'),
      { kind: 'asked', prompt: hostKeyPrompt },
    ]);
    expect(statesOf(asking)).toMatchObject({ '0/algorithms': 'passed', '0/hostKey': 'asking' });
    expect(statesOf(courseAfter([{ kind: 'answered' }], asking))).toMatchObject({ '0/hostKey': 'running' });
  });

  test('of jump hosts are apart from those of the machine', () => {
    const jump = {
      kind: 'inline',
      host: 'bastion',
      port: 22,
      user: 'ana',
      identity: sampleMachine(1).identity,
    } as const;
    const steps = planOf(wayTo(behindJump(1, jump), []), 'full');
    expect(steps.map(({ id }) => id)).toContain('0/name');
    expect(steps.map(({ id }) => id)).not.toContain('1/name');
    expect(steps.at(-1)?.hop).toBe(1);
  });
});

describe('any course of events', () => {
  const ids = plan().map(({ id }) => id);
  const anyEvent: fc.Arbitrary<CourseEvent> = fc.oneof(
    fc.constantFrom(...logCodes).map((code) => logged(code, { method: 'agent' })),
    fc.constantFrom(...ids).map((stepId): CourseEvent => ({ kind: 'stepBegan', stepId })),
    fc.constantFrom<CourseEvent>(
      { kind: 'stepEnded', finding: null },
      { kind: 'stepEnded', finding: sampleFinding('clock-ahead') },
      { kind: 'stepSkipped' },
      { kind: 'asked', prompt: hostKeyPrompt },
      { kind: 'answered' },
    ),
  );

  test('leaves no step open once it ends, and each step once', () => {
    fc.assert(
      fc.property(fc.array(anyEvent), fc.constantFrom('completed', 'stopped', 'failed'), (events, end) => {
        const last: CourseEvent =
          end === 'failed'
            ? { kind: 'failed', finding: sampleFinding('unexpected') }
            : { kind: end as 'stopped' };
        const { steps } = courseAfter([...begin(), ...events, last]);
        expect(steps.filter(({ state }) => !isOver(state))).toEqual([]);
        expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
      }),
    );
  });

  test('of an earlier run changes nothing', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const course = courseAfter(begin());
        expect(transition(course, 0, event, { nowMs: 0, monotonicMs: 0 })).toBe(course);
      }),
    );
  });
});
