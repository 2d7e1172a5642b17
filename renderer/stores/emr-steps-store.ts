import { type EmrStepsSnapshot, noEmrSteps } from '../../shared/model/emr-step';
import { nuvem } from '../api/nuvem';
import { createSnapshotStore, follow } from './snapshot-store';

/** The steps of the cluster that the window shows. */
export const emrStepsStore = createSnapshotStore<EmrStepsSnapshot>(noEmrSteps);

/** Starts feeding the store. @throws AppError when the steps can't be had */
export async function followEmrSteps(): Promise<void> {
  // The window before this one, if it was reloaded, may have looked.
  await nuvem.emrSteps.look(null);
  await follow(nuvem.emrSteps.changed, nuvem.emrSteps.list, emrStepsStore.accept);
}
