import type { MachineId } from '../../shared/model/machine';
import type { SlurmSnapshot } from '../../shared/model/slurm';
import { nuvem } from '../api/nuvem';
import { type ByMachine, createMachineSnapshotStore, follow } from './snapshot-store';

/** What is known of Slurm on each machine. */
export const slurmStore = createMachineSnapshotStore<SlurmSnapshot>();

/** Starts feeding the store. @throws AppError when the list can't be had */
export const followSlurm = (): Promise<void> =>
  follow(nuvem.slurm.changed, nuvem.slurm.list, slurmStore.accept);

const unknown: Pick<SlurmSnapshot, 'isLooking' | 'cluster' | 'jobs'> = {
  isLooking: false,
  cluster: null,
  jobs: [],
};

/** What is known of a machine's Slurm; nothing for one that was not asked. */
export function slurmOf(
  all: ByMachine<SlurmSnapshot>,
  machineId: MachineId,
): Pick<SlurmSnapshot, 'isLooking' | 'cluster' | 'jobs'> {
  return all[machineId] ?? unknown;
}
