import { randomBytes } from 'node:crypto';
import type { KernelsSnapshot } from '../../shared/model/kernel';
import type { ConnectionPool } from '../connection/connection-pool';
import { KernelService } from '../jupyter/kernels/kernel-service';
import type { PlacedIncident } from '../jupyter/kernels/machine-kernels';
import type { NotebookService } from '../jupyter/notebook-service';
import { systemClock } from '../system/clock';

interface KernelsDependencies {
  readonly notebooks: NotebookService;
  readonly pool: ConnectionPool;
  readonly onChanged: (snapshot: KernelsSnapshot) => void;
  readonly onIncident: (placed: PlacedIncident) => void;
}

/** Makes the watch over the kernels of every server that `notebooks` knows. */
export function makeKernels({ notebooks, pool, onChanged, onIncident }: KernelsDependencies): KernelService {
  return new KernelService({
    connections: pool,
    clock: systemClock,
    random: randomBytes,
    serversOf: (machineId) =>
      notebooks.serversOf(machineId).map(({ server, running }) => ({
        serverId: server.id,
        running,
        canOpen: server.canOpen,
      })),
    onChanged,
    onIncident,
  });
}
