import { type NodeFilesSnapshot, noNodeFiles } from '../../shared/model/emr-node-files';
import { nuvem } from '../api/nuvem';
import { createSnapshotStore, follow } from './snapshot-store';

/** The files on the primary node of the cluster that is about to be terminated. */
export const emrNodeFilesStore = createSnapshotStore<NodeFilesSnapshot>(noNodeFiles);

/** Starts feeding the store. @throws AppError when they can't be had */
export async function followEmrNodeFiles(): Promise<void> {
  // The window before this one, if it was reloaded, may have looked.
  await nuvem.emrNodeFiles.leave();
  await follow(nuvem.emrNodeFiles.changed, nuvem.emrNodeFiles.get, emrNodeFilesStore.accept);
}
