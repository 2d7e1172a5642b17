import type { OpenedNotebooksSnapshot } from '../../shared/model/opened-notebook';
import { nuvem } from '../api/nuvem';
import { createSnapshotStore, follow } from './snapshot-store';

/** The notebooks that were opened in Nuvem, of all machines, the last one first. */
export const openedNotebooksStore = createSnapshotStore<OpenedNotebooksSnapshot>({
  revision: -1,
  notebooks: [],
});

/** Starts feeding the store. @throws AppError when the list can't be had */
export const followOpenedNotebooks = (): Promise<void> =>
  follow(nuvem.openedNotebooks.changed, nuvem.openedNotebooks.list, openedNotebooksStore.accept);
