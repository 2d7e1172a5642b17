import type { IdleSnapshot, ServerIdle } from '../../shared/model/idle';
import type { MachineId } from '../../shared/model/machine';
import type { ServerId } from '../../shared/model/notebook';
import { nuvem } from '../api/nuvem';
import { type ByMachine, createMachineSnapshotStore, follow } from './snapshot-store';

/** How long the servers of each machine have been idle. */
export const idleStore = createMachineSnapshotStore<IdleSnapshot>();

/** Starts feeding the store. @throws AppError when the list can't be had */
export const followIdle = (): Promise<void> => follow(nuvem.idle.changed, nuvem.idle.list, idleStore.accept);

/** Null: not known, and not to be changed from here. */
export const idleOf = (
  idle: ByMachine<IdleSnapshot>,
  machineId: MachineId,
  serverId: ServerId,
): ServerIdle | null => idle[machineId]?.servers.find((server) => server.serverId === serverId) ?? null;
