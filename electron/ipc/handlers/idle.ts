import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { MachineId } from '../../../shared/model/machine';
import type { ServerId } from '../../../shared/model/notebook';
import type { IdleService } from '../../jupyter/idle/idle-service';

export function idleHandlers(
  idle: IdleService,
  /** Lets a server go on, and tells the user so. */
  keep: (machineId: MachineId, serverId: ServerId) => Promise<void>,
): HandlersOf<AppContract>['idle'] {
  return {
    list: () => idle.snapshots(),
    set: ({ machineId, serverId, policy }) => idle.set(machineId, serverId, policy),
    keep: ({ machineId, serverId }) => keep(machineId, serverId),
  };
}
