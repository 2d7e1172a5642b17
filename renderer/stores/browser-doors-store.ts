import type { BrowserDoorList } from '../../shared/model/browser-door';
import { nuvem } from '../api/nuvem';
import { createSnapshotStore, follow } from './snapshot-store';

/** Servers of machines that the system's browser can use. */
export const browserDoorsStore = createSnapshotStore<BrowserDoorList>({ revision: -1, doors: [] });

/** Starts feeding the store. @throws AppError when the list can't be had */
export const followBrowserDoors = (): Promise<void> =>
  follow(nuvem.browserDoors.changed, nuvem.browserDoors.list, browserDoorsStore.accept);
