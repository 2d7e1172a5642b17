import { describe, expect, test } from 'vitest';
import {
  createMachineSnapshotStore,
  createSnapshotStore,
  follow,
} from '../../../../renderer/stores/snapshot-store';
import type { MachineId } from '../../../../shared/model/machine';
import { uuid } from '../../../support/samples';

interface Snapshot {
  readonly revision: number;
  readonly text: string;
}

describe('a store of one snapshot', () => {
  test('takes a newer snapshot and drops an older one', () => {
    const store = createSnapshotStore<Snapshot>({ revision: -1, text: 'none' });
    store.accept({ revision: 2, text: 'second' });
    store.accept({ revision: 1, text: 'first, late' });
    expect(store.getState().text).toBe('second');
    store.accept({ revision: 3, text: 'third' });
    expect(store.getState().text).toBe('third');
  });

  test('tells nobody of a snapshot that it has already', () => {
    const store = createSnapshotStore<Snapshot>({ revision: -1, text: 'none' });
    store.accept({ revision: 1, text: 'first' });
    let changes = 0;
    store.subscribe(() => {
      changes += 1;
    });
    store.accept({ revision: 1, text: 'first' });
    expect(changes).toBe(0);
  });
});

test('a store by machine compares the revisions of each machine alone', () => {
  const a = uuid<MachineId>(1);
  const b = uuid<MachineId>(2);
  const store = createMachineSnapshotStore<Snapshot & { machineId: MachineId }>();
  store.accept({ machineId: a, revision: 9, text: 'a9' });
  store.accept({ machineId: b, revision: 1, text: 'b1' });
  store.accept({ machineId: a, revision: 8, text: 'a8, late' });
  expect(Object.values(store.getState()).map(({ text }) => text)).toEqual(['a9', 'b1']);
});

test('a store by machine takes over a list of very many at once, and of it only what is newer', () => {
  const store = createMachineSnapshotStore<Snapshot & { machineId: MachineId }>();
  store.accept({ machineId: uuid(0), revision: 9, text: 'known' });
  let changes = 0;
  store.subscribe(() => {
    changes += 1;
  });
  const listed = Array.from({ length: 10_000 }, (_, index) => ({
    machineId: uuid<MachineId>(index),
    revision: 1,
    text: 'listed',
  }));
  store.accept(listed);
  expect(changes).toBe(1);
  expect(Object.keys(store.getState())).toHaveLength(10_000);
  expect(store.getState()[uuid<MachineId>(0)]?.text).toBe('known');
});

describe('following a source', () => {
  test('a change between subscribing and listing is not lost, and the older list does not undo it', async () => {
    const store = createSnapshotStore<Snapshot>({ revision: -1, text: 'none' });
    const steps: string[] = [];
    let send: (snapshot: Snapshot) => void = () => undefined;
    await follow(
      (listener) => {
        steps.push('subscribed');
        send = listener;
        return () => undefined;
      },
      async () => {
        steps.push('listed');
        send({ revision: 2, text: 'changed meanwhile' });
        return { revision: 1, text: 'as it was' };
      },
      store.accept,
    );
    expect(steps).toEqual(['subscribed', 'listed']);
    expect(store.getState().text).toBe('changed meanwhile');
  });

  test('changes still arrive when the list could not be had', async () => {
    const store = createSnapshotStore<Snapshot>({ revision: -1, text: 'none' });
    let send: (snapshot: Snapshot) => void = () => undefined;
    const following = follow(
      (listener) => {
        send = listener;
        return () => undefined;
      },
      () => Promise.reject(new Error('no list')),
      store.accept,
    );
    await expect(following).rejects.toThrow('no list');
    send({ revision: 1, text: 'first' });
    expect(store.getState().text).toBe('first');
  });
});
