import type { RecentMachines } from '../../shared/model/recent-machines';
import { nuvem } from '../api/nuvem';
import { createSnapshotStore, follow } from './snapshot-store';

/** The machines that were used last. */
export const recentMachinesStore = createSnapshotStore<RecentMachines>({ revision: -1, machineIds: [] });

/** Starts feeding the store. @throws AppError when the list can't be had */
export const followRecentMachines = (): Promise<void> =>
  follow(nuvem.machines.recentChanged, nuvem.machines.recent, recentMachinesStore.accept);
