import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { KernelService } from '../../jupyter/kernels/kernel-service';

export function kernelsHandlers(kernels: KernelService): HandlersOf<AppContract>['kernels'] {
  return {
    list: () => kernels.snapshots(),
    interrupt: ({ machineId, serverId, kernelId }) => kernels.interrupt(machineId, serverId, kernelId),
    restart: ({ machineId, serverId, kernelId }) => kernels.restart(machineId, serverId, kernelId),
    shutDown: ({ machineId, serverId, kernelId }) => kernels.shutDown(machineId, serverId, kernelId),
  };
}
