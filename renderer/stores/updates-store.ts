import type { UpdateSnapshot } from '../../shared/model/update';
import { nuvem } from '../api/nuvem';
import { createSnapshotStore, follow } from './snapshot-store';

/** How far new versions of Nuvem are. */
export const updatesStore = createSnapshotStore<UpdateSnapshot>({
  revision: -1,
  state: { kind: 'idle', checkedAtMs: null },
});

/** Starts feeding the store. @throws AppError when the state can't be had */
export const followUpdates = (): Promise<void> =>
  follow(nuvem.updates.changed, nuvem.updates.get, updatesStore.accept);
