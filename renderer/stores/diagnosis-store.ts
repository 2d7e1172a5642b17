import type { DiagnosisSnapshot } from '../../shared/model/diagnosis';
import { nuvem } from '../api/nuvem';
import { createMachineSnapshotStore, follow } from './snapshot-store';

/** The diagnosis of each machine that was looked at in this run. */
export const diagnosisStore = createMachineSnapshotStore<DiagnosisSnapshot>();

/** Starts feeding the store. @throws AppError when the list can't be had */
export const followDiagnosis = (): Promise<void> =>
  follow(nuvem.diagnosis.changed, nuvem.diagnosis.list, diagnosisStore.accept);
