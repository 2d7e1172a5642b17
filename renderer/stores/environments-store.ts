import type { EnvironmentsSnapshot } from '../../shared/model/environment';
import type { MachineId } from '../../shared/model/machine';
import { nuvem } from '../api/nuvem';
import { type ByMachine, createMachineSnapshotStore, follow } from './snapshot-store';

type Environments = Pick<EnvironmentsSnapshot, 'search' | 'found'>;

/** The Python environments of each machine that was looked at in this run. */
export const environmentsStore = createMachineSnapshotStore<EnvironmentsSnapshot>();

/** Starts feeding the store. @throws AppError when the list can't be had */
export const followEnvironments = (): Promise<void> =>
  follow(nuvem.environments.changed, nuvem.environments.list, environmentsStore.accept);

const unknown: Environments = { search: { kind: 'idle' }, found: null };

/** What is known of a machine's environments. */
export const environmentsOf = (
  environments: ByMachine<EnvironmentsSnapshot>,
  machineId: MachineId,
): Environments => environments[machineId] ?? unknown;
