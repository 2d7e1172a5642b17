import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Unsubscribe } from '../../shared/contract/define-contract';
import type { MachineId } from '../../shared/model/machine';

interface Revisioned {
  /** Grows with every change at the source. */
  readonly revision: number;
}

export interface SnapshotStore<State, Snapshot>
  extends Pick<StoreApi<State>, 'getState' | 'getInitialState' | 'subscribe'> {
  /** Takes a snapshot over unless a newer one, or the same, is here already. */
  accept(snapshot: Snapshot): void;
}

/** A store that holds the newest snapshot of something there is one of. Its initial state should have revision -1. */
export function createSnapshotStore<S extends Revisioned>(initial: S): SnapshotStore<S, S> {
  const store = createStore<S>(() => initial);
  return {
    ...store,
    accept: (snapshot) =>
      store.setState((current) => (snapshot.revision > current.revision ? snapshot : current), true),
  };
}

export type ByMachine<S> = Readonly<Record<MachineId, S>>;

/** A store that holds the newest snapshot of each machine. It takes over one, or a list with one of each. */
export function createMachineSnapshotStore<
  S extends Revisioned & { readonly machineId: MachineId },
>(): SnapshotStore<ByMachine<S>, S | readonly S[]> {
  const store = createStore<ByMachine<S>>(() => ({}));
  return {
    ...store,
    accept: (snapshots) =>
      store.setState((current) => {
        // All at once: a copy for each of ten thousand machines takes longer than anybody waits.
        const listed = (Array.isArray(snapshots) ? snapshots : [snapshots]) as readonly S[];
        const newer = listed.filter(({ machineId, revision }) => {
          const known = current[machineId];
          return known === undefined || known.revision < revision;
        });
        if (newer.length === 0) return current;
        return { ...current, ...Object.fromEntries(newer.map((snapshot) => [snapshot.machineId, snapshot])) };
      }, true),
  };
}

/**
 * Feeds a store: subscribes first, then lists, so that no change between the two is missed.
 * @throws AppError when the list can't be had; the subscription stays.
 */
export async function follow<S, Listed>(
  subscribe: (listener: (snapshot: S) => void) => Unsubscribe,
  list: () => Promise<Listed>,
  accept: (snapshots: S | Listed) => void,
): Promise<void> {
  subscribe(accept);
  accept(await list());
}
