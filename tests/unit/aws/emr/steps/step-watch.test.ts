import { beforeEach, expect, test } from 'vitest';
import type { AwsSession } from '../../../../../electron/aws/aws-session';
import { type StepsSeen, StepWatch } from '../../../../../electron/aws/emr/steps/step-watch';
import { AppError } from '../../../../../shared/errors/app-error';
import { FakeClock } from '../../../../support/fake-clock';

let clock: FakeClock;
let states: string[];
let seen: Partial<StepsSeen>[];
let calls: number;
let failure: AppError | null;
let watch: StepWatch;

/** Answers as EMR does: 50 at a time. */
async function answer(_call: string, { Marker }: { Marker?: string }) {
  calls += 1;
  if (failure !== null) throw failure;
  const from = Number(Marker ?? 0);
  return {
    Steps: states
      .slice(from, from + 50)
      .map((State, index) => ({ Id: `s-${from + index}`, Name: 'Step', Status: { State } })),
    Marker: from + 50 < states.length ? String(from + 50) : undefined,
  };
}

const settle = async () => {
  for (let turn = 0; turn < 60; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

beforeEach(() => {
  clock = new FakeClock();
  states = [];
  seen = [];
  calls = 0;
  failure = null;
  watch = new StepWatch({
    clusterId: 'j-1',
    session: async () => ({ call: answer }) as unknown as AwsSession,
    clock,
    onSeen: (part) => seen.push(part),
  });
});

test('a step that runs is asked for every five seconds, and less often when all have ended', async () => {
  states = ['RUNNING', 'COMPLETED'];
  watch.refresh();
  await settle();
  for (let round = 2; round <= 4; round += 1) {
    clock.advance(5_000);
    await settle();
    expect(calls).toBe(round);
  }
  states = ['COMPLETED', 'COMPLETED'];
  clock.advance(5_000);
  await settle();
  clock.advance(5_000);
  await settle();
  expect(calls).toBe(5);
  clock.advance(5_000);
  await settle();
  expect(calls).toBe(6);
});

test('of thousands of steps the last are listed, and said to be cut', async () => {
  states = Array.from({ length: 3000 }, () => 'COMPLETED');
  watch.refresh();
  await settle();
  expect(seen.at(-1)).toMatchObject({ isCut: true, isLoading: false });
  expect(seen.at(-1)?.steps).toHaveLength(500);
});

test('what only the user can mend is told and not asked again', async () => {
  failure = new AppError('aws-denied', { permissions: 'elasticmapreduce:ListSteps', resource: '*' });
  watch.refresh();
  await settle();
  expect(seen.at(-1)).toMatchObject({ isLoading: false, error: { code: 'aws-denied' } });
  clock.advance(600_000);
  await settle();
  expect(calls).toBe(1);
});

test('after a failure that passes it goes on', async () => {
  failure = new AppError('aws-throttled', { profile: '', region: '' });
  watch.refresh();
  await settle();
  failure = null;
  states = ['RUNNING'];
  clock.advance(10_000);
  await settle();
  expect(seen.at(-1)).toMatchObject({ error: null, steps: [{ state: 'RUNNING' }] });
});
