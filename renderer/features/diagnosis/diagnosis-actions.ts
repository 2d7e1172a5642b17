import type { MachineId } from '../../../shared/model/machine';
import type { PromptAnswer } from '../../../shared/model/prompt';
import { nuvem } from '../../api/nuvem';
import { showFailure } from '../../stores/notices-store';
import { closeDialog, showDiagnosis } from '../../stores/view-store';

/** Opens the diagnosis of a machine and begins it. */
export function openDiagnosis(machineId: MachineId): void {
  showDiagnosis(machineId);
  startDiagnosis(machineId);
}

/** Progress and findings of these come as snapshots; only an immediate refusal is shown as a card. */
export function startDiagnosis(machineId: MachineId): void {
  nuvem.diagnosis.start({ machineId }).catch(showFailure);
}

/** Signs in by password to see why the key is not taken. */
export function lookInside(machineId: MachineId): void {
  nuvem.diagnosis.lookInside({ machineId }).catch(showFailure);
}

export function stopDiagnosis(machineId: MachineId): void {
  nuvem.diagnosis.stop({ machineId }).catch(showFailure);
}

/** Closes the dialog; a run that is under way ends with it. */
export function leaveDiagnosis(machineId: MachineId): void {
  stopDiagnosis(machineId);
  closeDialog();
}

export function answerDiagnosis(answer: PromptAnswer): void {
  nuvem.diagnosis.answer(answer).catch(showFailure);
}

/** Lets only the owner read a key file, then looks again. */
export function mendKeyFile(machineId: MachineId, hop: number): void {
  nuvem.diagnosis
    .mendKeyFile({ machineId, hop })
    .then(() => startDiagnosis(machineId))
    .catch(showFailure);
}
