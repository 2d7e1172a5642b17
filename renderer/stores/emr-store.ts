import { type EmrSnapshot, noEmrClusters } from '../../shared/model/emr-cluster';
import { nuvem } from '../api/nuvem';
import { createSnapshotStore, follow } from './snapshot-store';

/** The clusters of the account that the window shows. */
export const emrStore = createSnapshotStore<EmrSnapshot>(noEmrClusters);

/** Starts feeding the store. @throws AppError when the clusters can't be had */
export async function followEmr(): Promise<void> {
  // The window before this one, if it was reloaded, may have looked.
  await nuvem.emr.look({ accountId: null, clusterId: null });
  await follow(nuvem.emr.changed, nuvem.emr.clusters, emrStore.accept);
}
