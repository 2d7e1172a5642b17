import type { ErrorParams } from '../../../shared/errors/error-codes';
import type { MachineId } from '../../../shared/model/machine';
import { machinesStore } from '../../stores/machines-store';
import { openMachineEditor, openOldAlgorithms } from '../../stores/view-store';

/** The machine at which the way to `machineId` failed: itself or a saved jump host; null: a jump host that is none. */
function failingMachine(machineId: MachineId, { jumpHost }: ErrorParams): MachineId | null {
  if (jumpHost === undefined) return machineId;
  return machinesStore.getState().machines.find(({ name }) => name === jumpHost)?.id ?? null;
}

/** Opens the settings of the machine at which it failed. */
export function editFailingMachine(machineId: MachineId, params: ErrorParams): void {
  openMachineEditor(failingMachine(machineId, params) ?? machineId);
}

/** Offers the switch of the server that needs it; a jump host that is no machine has none. */
export function offerOldAlgorithms(machineId: MachineId, params: ErrorParams): void {
  const failing = failingMachine(machineId, params);
  if (failing === null) openMachineEditor(machineId);
  else openOldAlgorithms(failing, machineId);
}
