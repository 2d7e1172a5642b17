import type { TabList } from '../../shared/model/tab';
import { nuvem } from '../api/nuvem';
import { createSnapshotStore, follow } from './snapshot-store';

/** The open notebook pages and which is in front. */
export const tabsStore = createSnapshotStore<TabList>({
  revision: -1,
  tabs: [],
  activeTabId: null,
  canReopen: false,
});

/** Starts feeding the store. @throws AppError when the list can't be had */
export const followTabs = (): Promise<void> => follow(nuvem.tabs.changed, nuvem.tabs.list, tabsStore.accept);
