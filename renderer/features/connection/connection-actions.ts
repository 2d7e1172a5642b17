import type { MachineId } from '../../../shared/model/machine';
import { nuvem } from '../../api/nuvem';
import { showFailure } from '../../stores/notices-store';

/** Progress and failure of these come as snapshots; only an immediate refusal is shown as a card. */
export function connect(machineId: MachineId): void {
  nuvem.connections.connect({ machineId }).catch(showFailure);
}

/** Ends the connection, or the attempt to make one. */
export function disconnect(machineId: MachineId): void {
  nuvem.connections.disconnect({ machineId }).catch(showFailure);
}

/** Skips the wait before the next retry. */
export function retryNow(machineId: MachineId): void {
  nuvem.connections.retryNow({ machineId }).catch(showFailure);
}

/** Of all machines: whether lost connections stay lost until the user wants them tried again. */
export function setPaused(isPaused: boolean): void {
  nuvem.connections.setPaused({ isPaused }).catch(showFailure);
}

/** Connects with a changed host key, which replaces the known one once that has worked. */
export function replaceHostKey(machineId: MachineId, typed: string): void {
  nuvem.connections.replaceHostKey({ machineId, typed }).catch(showFailure);
}
