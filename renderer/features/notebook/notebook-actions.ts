import type { MachineId } from '../../../shared/model/machine';
import type { ServerId } from '../../../shared/model/notebook';
import { nuvem } from '../../api/nuvem';
import { showFailure } from '../../stores/notices-store';

/** Connects if needed, finds or starts a notebook server and opens its page. */
export function openNotebook(machineId: MachineId): void {
  nuvem.notebooks.openOrStart({ machineId }).catch(showFailure);
}

/** Like `openNotebook`, in a folder of the machine instead of its working folder. */
export function openNotebookIn(machineId: MachineId, folder: string): void {
  nuvem.notebooks.openOrStart({ machineId, folder }).catch(showFailure);
}

/** Starts one more notebook server and opens its page. */
export function startNotebook(machineId: MachineId): void {
  nuvem.notebooks.start({ machineId }).catch(showFailure);
}

/** Looks for notebook servers that run on the machine, whoever started them. */
export function findNotebooks(machineId: MachineId): void {
  nuvem.notebooks.find({ machineId }).catch(showFailure);
}

/** Calls off the start that is under way. */
export function cancelStart(machineId: MachineId): void {
  nuvem.notebooks.cancelStart({ machineId }).catch(showFailure);
}

/** Opens the page of a server that runs. */
export function openServer(machineId: MachineId, serverId: ServerId): void {
  nuvem.notebooks.open({ machineId, serverId }).catch(showFailure);
}

/** Ends a server and with it its kernels. */
export function stopServer(machineId: MachineId, serverId: ServerId): void {
  nuvem.notebooks.stop({ machineId, serverId }).catch(showFailure);
}
