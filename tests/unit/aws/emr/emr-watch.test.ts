import { beforeEach, describe, expect, test } from 'vitest';
import type { AwsSession } from '../../../../electron/aws/aws-session';
import { EmrWatch } from '../../../../electron/aws/emr/emr-watch';
import { AppError } from '../../../../shared/errors/app-error';
import type { AwsAccountId } from '../../../../shared/model/aws-account';
import type { EmrSnapshot } from '../../../../shared/model/emr-cluster';
import { FakeClock } from '../../../support/fake-clock';
import { uuid } from '../../../support/samples';

type Listed = { Id: string; Name: string; Status: { State: string } };
type State = Omit<EmrSnapshot, 'revision'>;

const listed = (index: number, State = 'WAITING'): Listed => ({
  Id: `j-${index}`,
  Name: `Cluster ${index}`,
  Status: { State },
});

let clock: FakeClock;
let clusters: Listed[];
let states: State[];
let calls: string[];
let failure: AppError | null;
let watch: EmrWatch;

/** Answers as EMR does: pages of 50, filtered by state. */
async function answer(
  call: string,
  input: { Marker?: string; ClusterStates?: string[]; ClusterId?: string },
) {
  calls.push(call);
  if (failure !== null) throw failure;
  if (call === 'emr.describeCluster') return { Cluster: clusters.find(({ Id }) => Id === input.ClusterId) };
  if (call === 'emr.listInstanceGroups') return { InstanceGroups: [] };
  const wanted = clusters.filter(({ Status }) => input.ClusterStates?.includes(Status.State) ?? true);
  const from = Number(input.Marker ?? 0);
  const Marker = from + 50 < wanted.length ? String(from + 50) : undefined;
  return { Clusters: wanted.slice(from, from + 50), Marker };
}

const last = (): State => states.at(-1) as State;
const settle = () => new Promise((resolve) => setImmediate(resolve));
const quiet = async () => {
  for (let before = -1; before !== states.length + calls.length; ) {
    before = states.length + calls.length;
    for (let turn = 0; turn < 20; turn += 1) await settle();
  }
};

beforeEach(() => {
  clock = new FakeClock();
  clusters = [];
  states = [];
  calls = [];
  failure = null;
  watch = new EmrWatch({
    accountId: uuid<AwsAccountId>(1),
    session: async () => ({ call: answer }) as unknown as AwsSession,
    clock,
    onChanged: (state) => states.push(state),
  });
});

describe('a long list', () => {
  test('of 5,000 clusters is told whole, the first of it at once, in few steps', async () => {
    clusters = Array.from({ length: 5000 }, (_, index) => listed(index, 'TERMINATED'));
    watch.refresh();
    await quiet();
    expect(last()).toMatchObject({ isWhole: true, isLoading: false });
    expect(last().clusters).toHaveLength(5000);
    expect(states.find((state) => state.clusters.length > 0)?.clusters).toHaveLength(50);
    expect(states.length).toBeLessThan(16);
  });
});

describe('while somebody looks', () => {
  test('only what is active is asked again, and how it ended of what is so no more', async () => {
    clusters = [listed(1), listed(2, 'TERMINATED')];
    watch.refresh();
    await quiet();
    clusters = [listed(1, 'TERMINATED_WITH_ERRORS'), listed(2, 'TERMINATED'), listed(3, 'STARTING')];
    calls = [];
    clock.advance(10_000);
    await quiet();
    expect(calls).toEqual(['emr.listClusters', 'emr.describeCluster']);
    expect(Object.fromEntries(last().clusters.map(({ id, state }) => [id, state]))).toEqual({
      'j-1': 'TERMINATED_WITH_ERRORS',
      'j-2': 'TERMINATED',
      'j-3': 'STARTING',
    });
  });

  test('nothing that changes is asked ever more rarely, down to every two minutes', async () => {
    clusters = [listed(1)];
    watch.refresh();
    await quiet();
    calls = [];
    for (let second = 0; second < 1200; second += 10) {
      clock.advance(10_000);
      await quiet();
    }
    expect(calls.length).toBeGreaterThanOrEqual(10);
    expect(calls.length).toBeLessThan(16);
  });

  test('a cluster that starts is asked every ten seconds', async () => {
    clusters = [listed(1, 'STARTING')];
    watch.refresh();
    await quiet();
    calls = [];
    for (let second = 0; second < 60; second += 10) {
      clock.advance(10_000);
      await quiet();
    }
    expect(calls).toHaveLength(6);
  });
});

test('who looks away hears nothing more, and AWS is asked nothing more', async () => {
  clusters = [listed(1, 'STARTING')];
  watch.refresh();
  await quiet();
  watch.stop();
  calls = [];
  clock.advance(600_000);
  await quiet();
  expect(calls).toEqual([]);
});

describe('a failure', () => {
  test('that may pass is tried again, and what was known stays', async () => {
    clusters = [listed(1)];
    watch.refresh();
    await quiet();
    failure = new AppError('aws-throttled');
    clock.advance(20_000);
    await quiet();
    expect(last()).toMatchObject({ error: { code: 'aws-throttled' }, clusters: [{ id: 'j-1' }] });
    failure = null;
    clock.advance(40_000);
    await quiet();
    expect(last().error).toBeNull();
  });

  test('that only the user can mend is not tried again by itself', async () => {
    failure = new AppError('aws-denied', { permissions: 'elasticmapreduce:ListClusters', resource: '*' });
    watch.refresh();
    await quiet();
    calls = [];
    clock.advance(600_000);
    await quiet();
    expect(calls).toEqual([]);
    expect(last().error?.code).toBe('aws-denied');
  });
});
