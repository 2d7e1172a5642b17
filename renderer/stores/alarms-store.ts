import { type AlarmsSnapshot, noAlarms } from '../../shared/model/metric-alarm';
import { nuvem } from '../api/nuvem';
import { createSnapshotStore, follow } from './snapshot-store';

/** The alarms of the account that the window shows. */
export const alarmsStore = createSnapshotStore<AlarmsSnapshot>(noAlarms);

/** Starts feeding the store. @throws AppError when the alarms can't be had */
export async function followAlarms(): Promise<void> {
  // A window that was closed while it looked does not look any more.
  await nuvem.metrics.lookAtAlarms({ accountId: null });
  await follow(nuvem.metrics.alarmsChanged, nuvem.metrics.alarms, alarmsStore.accept);
}
