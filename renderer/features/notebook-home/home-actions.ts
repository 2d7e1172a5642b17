import type { KernelId } from '../../../shared/model/kernel';
import type { MachineId } from '../../../shared/model/machine';
import type { ServerId } from '../../../shared/model/notebook';
import { nuvem } from '../../api/nuvem';
import { showFailure } from '../../stores/notices-store';

/** A server of a machine, as calls name it. */
export interface OfServer {
  readonly machineId: MachineId;
  readonly serverId: ServerId;
}

/** Opens a file below the server's folder as a page. */
export function openFile(server: OfServer, path: string): void {
  nuvem.notebookHome.openFile({ ...server, path }).catch(showFailure);
}

/** The same in a page that is open, if there is one for it. */
export function showFile(server: OfServer, path: string): void {
  nuvem.notebookHome.showFile({ ...server, path }).catch(showFailure);
}

/** Opens what lies on the machine by its absolute path, if it is still there. */
export function openPath(server: OfServer, path: string): void {
  nuvem.notebookHome.openPath({ ...server, path }).catch(showFailure);
}

/** Takes a notebook off those that were opened, or with null all of the machine. */
export function forgetOpened(machineId: MachineId, path: string | null): void {
  nuvem.openedNotebooks.forget({ machineId, path }).catch(showFailure);
}

/** Makes a notebook with that kernel and opens it. */
export function createNotebook(server: OfServer, kernelName: string): void {
  nuvem.notebookHome.create({ ...server, kernelName }).catch(showFailure);
}

/** Does one of three things to a kernel. */
export function orderKernel(
  server: OfServer,
  kernelId: KernelId,
  order: 'interrupt' | 'restart' | 'shutDown',
): void {
  nuvem.kernels[order]({ ...server, kernelId }).catch(showFailure);
}
