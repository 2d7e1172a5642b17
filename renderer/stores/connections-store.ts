import type { ConnectionSnapshot, ConnectionState } from '../../shared/model/connection';
import type { MachineId } from '../../shared/model/machine';
import { nuvem } from '../api/nuvem';
import { type ByMachine, createMachineSnapshotStore, follow } from './snapshot-store';

/** The connection of each machine that has or had one in this run. */
export const connectionsStore = createMachineSnapshotStore<ConnectionSnapshot>();

/** Starts feeding the store. @throws AppError when the list can't be had */
export const followConnections = (): Promise<void> =>
  follow(nuvem.connections.changed, nuvem.connections.list, connectionsStore.accept);

const idle: ConnectionState = { kind: 'idle' };

/** Where a machine's connection is; `idle` for one that was never asked for. */
export function connectionStateOf(
  connections: ByMachine<ConnectionSnapshot>,
  machineId: MachineId,
): ConnectionState {
  return connections[machineId]?.state ?? idle;
}
