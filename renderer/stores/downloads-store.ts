import type { DownloadList } from '../../shared/model/download';
import { nuvem } from '../api/nuvem';
import { createSnapshotStore, follow } from './snapshot-store';

/** What pages have sent to this computer in this run. */
export const downloadsStore = createSnapshotStore<DownloadList>({ revision: -1, downloads: [] });

/** Starts feeding the store. @throws AppError when the list can't be had */
export const followDownloads = (): Promise<void> =>
  follow(nuvem.downloads.changed, nuvem.downloads.list, downloadsStore.accept);
