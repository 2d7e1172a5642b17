import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { DiagnosisService } from '../../diagnosis/diagnosis-service';
import type { MachineStore } from '../../machines/machine-store';

interface DiagnosisHandlersDependencies {
  readonly diagnosis: DiagnosisService;
  readonly machines: MachineStore;
}

/** The diagnosis goes on after the answer: its progress and what it finds are in the snapshots. */
export function diagnosisHandlers({
  diagnosis,
  machines,
}: DiagnosisHandlersDependencies): HandlersOf<AppContract>['diagnosis'] {
  return {
    list: () => diagnosis.snapshots(),
    start: ({ machineId }) => diagnosis.start(machines.get(machineId).id),
    lookInside: ({ machineId }) => diagnosis.start(machines.get(machineId).id, 'inside'),
    stop: ({ machineId }) => diagnosis.stop(machines.get(machineId).id),
    answer: (answer) => diagnosis.answer(answer),
    mendKeyFile: ({ machineId, hop }) => diagnosis.mendKeyFile(machines.get(machineId).id, hop),
  };
}
