import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { MachineLink } from '../../../electron/connection/machine-link';
import { Network } from '../../../electron/network/owner/network';
import { systemClock } from '../../../electron/system/clock';
import type { MachineId } from '../../../shared/model/machine';
import { bundleNetworkWorker } from './electron-bundle';
import { networkWorkerFile } from './network-worker-file';
import { makeTempFolder } from './temp-folder';

/** The product's network thread, in a real worker of this process. */
export interface LabNetworkThread {
  readonly network: Network;
  /** Every worker so far; the last one is at work. */
  readonly workers: readonly Worker[];
  readonly faults: readonly { readonly place: string; readonly error: unknown }[];
  stop(): Promise<void>;
}

/** Call `stop()` when done. */
export async function startNetworkThread(
  linkOf: (machineId: MachineId) => MachineLink,
): Promise<LabNetworkThread> {
  const folder = await makeTempFolder('network');
  await bundleNetworkWorker(folder.path);
  const workers: Worker[] = [];
  const faults: { readonly place: string; readonly error: unknown }[] = [];
  const network = new Network({
    clock: systemClock,
    startWorker: () => {
      const worker = new Worker(join(folder.path, networkWorkerFile));
      workers.push(worker);
      return worker;
    },
    linkOf,
    onFault: (place, error) => void faults.push({ place, error }),
    language: 'en',
  });
  return {
    network,
    workers,
    faults,
    stop: async () => {
      await network.stop();
      await folder.remove();
    },
  };
}
