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

/** A store that holds the newest snapshot of each machine. */
export function createMachineSnapshotStore<
  S extends Revisioned & { readonly machineId: MachineId },
>(): SnapshotStore<ByMachine<S>, S> {
  const store = createStore<ByMachine<S>>(() => ({}));
  return {
    ...store,
    accept: (snapshot) =>
      store.setState((current) => {
        const known = current[snapshot.machineId];
        if (known && known.revision >= snapshot.revision) return current;
        return { ...current, [snapshot.machineId]: snapshot };
      }, true),
  };
}

/**
 * Feeds a store: subscribes first, then lists, so that no change between the two is missed.
 * @throws AppError when the list can't be had; the subscription stays.
 */
export async function follow<S>(
  subscribe: (listener: (snapshot: S) => void) => Unsubscribe,
  list: () => Promise<S | readonly S[]>,
  accept: (snapshot: S) => void,
): Promise<void> {
  subscribe(accept);
  const listed = await list();
  for (const snapshot of Array.isArray(listed) ? (listed as readonly S[]) : [listed as S]) accept(snapshot);
}
