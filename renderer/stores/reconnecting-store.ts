import type { Reconnecting } from '../../shared/model/reconnecting';
import { nuvem } from '../api/nuvem';
import { createSnapshotStore, follow } from './snapshot-store';

/** Whether lost connections are tried again by themselves. */
export const reconnectingStore = createSnapshotStore<Reconnecting>({ revision: -1, isPaused: false });

/** Starts feeding the store. @throws AppError when it can't be had */
export const followReconnecting = (): Promise<void> =>
  follow(nuvem.connections.reconnectingChanged, nuvem.connections.reconnecting, reconnectingStore.accept);
