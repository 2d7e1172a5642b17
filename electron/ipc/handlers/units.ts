import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { NotebookService } from '../../jupyter/notebook-service';
import type { UnitService } from '../../jupyter/units/unit-service';
import type { MachineStore } from '../../machines/machine-store';

interface UnitsHandlersDependencies {
  readonly units: UnitService;
  readonly notebooks: NotebookService;
  readonly machines: MachineStore;
  readonly startInBackground: (work: Promise<void>) => void;
}

/** The work goes on after the answer: its progress and its failure are in the snapshots. */
export function unitsHandlers({
  units,
  notebooks,
  machines,
  startInBackground,
}: UnitsHandlersDependencies): HandlersOf<AppContract>['units'] {
  return {
    list: () => units.snapshots(),
    look: ({ machineId }) => startInBackground(units.look(machines.get(machineId).id)),
    plan: ({ machineId, folder, scope }) => units.plan(machines.get(machineId).id, folder, scope),
    create: ({ machineId, folder, ...service }) =>
      startInBackground(
        notebooks.startService(machines.get(machineId).id, folder, service).then(() => units.look(machineId)),
      ),
    act: ({ machineId, unitId, action, password }) =>
      startInBackground(units.act(machines.get(machineId).id, unitId, action, password)),
    turnLingeringOn: ({ machineId, password }) =>
      startInBackground(units.turnLingeringOn(machines.get(machineId).id, password)),
    followJournal: ({ machineId, unitId }) => units.followJournal(machines.get(machineId).id, unitId),
  };
}
