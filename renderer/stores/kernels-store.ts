import type { KernelsSnapshot } from '../../shared/model/kernel';
import { nuvem } from '../api/nuvem';
import { createMachineSnapshotStore, follow } from './snapshot-store';

/** The kernels of each machine whose servers are known; see `kernelsOfServer`. */
export const kernelsStore = createMachineSnapshotStore<KernelsSnapshot>();

/** Starts feeding the store. @throws AppError when the list can't be had */
export const followKernels = (): Promise<void> =>
  follow(nuvem.kernels.changed, nuvem.kernels.list, kernelsStore.accept);
