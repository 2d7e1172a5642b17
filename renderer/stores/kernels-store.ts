import type { KernelsSnapshot } from '../../shared/model/kernel';
import type { WebTab } from '../../shared/model/tab';
import { nuvem } from '../api/nuvem';
import { createMachineSnapshotStore, follow } from './snapshot-store';

/** The kernels of each machine whose servers are known; see `kernelsOfServer`. */
export const kernelsStore = createMachineSnapshotStore<KernelsSnapshot>();

/** Starts feeding the store. @throws AppError when the list can't be had */
export const followKernels = (): Promise<void> =>
  follow(nuvem.kernels.changed, nuvem.kernels.list, kernelsStore.accept);

type KernelsByMachine = ReturnType<typeof kernelsStore.getState>;

/** True when a kernel of the server whose page the tab is runs a cell, as far as Nuvem knows. */
export function isTabBusy(kernels: KernelsByMachine, { machineId, serverId }: WebTab): boolean {
  const server = kernels[machineId]?.servers.find((one) => one.serverId === serverId);
  return server?.watch.kind === 'watching' && server.kernels.some(({ state }) => state === 'busy');
}
