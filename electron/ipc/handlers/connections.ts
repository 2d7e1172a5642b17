import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { ConnectionLog } from '../../connection/connection-log';
import type { ConnectionPool } from '../../connection/connection-pool';
import type { MachineStore } from '../../machines/machine-store';

interface ConnectionsDependencies {
  readonly pool: ConnectionPool;
  readonly machines: MachineStore;
  readonly log: ConnectionLog;
  readonly setPaused: (isPaused: boolean) => void;
}

/** Connecting goes on after the answer: its progress and its failure are in the snapshots. */
export function connectionsHandlers({
  pool,
  machines,
  log,
  setPaused,
}: ConnectionsDependencies): HandlersOf<AppContract>['connections'] {
  return {
    list: () => pool.snapshots(),
    connect: ({ machineId }) => pool.connect(machines.get(machineId).id),
    disconnect: ({ machineId }) => pool.disconnect(machines.get(machineId).id),
    retryNow: ({ machineId }) => pool.retryNow(machines.get(machineId).id),
    setPaused: ({ isPaused }) => setPaused(isPaused),
    reconnecting: () => pool.reconnecting(),
    replaceHostKey: ({ machineId, typed }) => pool.replaceHostKey(machines.get(machineId).id, typed),
    answer: (answer) => pool.answer(answer),
    confirmCommand: ({ machineId }) => pool.confirmCommand(machineId),
    log: ({ machineId }) => log.entries(machineId),
  };
}
