import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { EnvironmentService } from '../../environments/environment-service';
import type { MachineStore } from '../../machines/machine-store';

interface EnvironmentsHandlersDependencies {
  readonly environments: EnvironmentService;
  readonly machines: MachineStore;
  readonly startInBackground: (work: Promise<void>) => void;
}

/** The work goes on after the answer: what comes of it is in the snapshots. */
export function environmentsHandlers({
  environments,
  machines,
  startInBackground,
}: EnvironmentsHandlersDependencies): HandlersOf<AppContract>['environments'] {
  return {
    list: () => environments.snapshots(),
    removeKernel: ({ machineId, folder }) => environments.removeKernel(machines.get(machineId).id, folder),
    find: ({ machineId }) => startInBackground(environments.find(machines.get(machineId).id)),
  };
}
