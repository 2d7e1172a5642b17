import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { NotebookService } from '../../jupyter/notebook-service';
import type { MachineStore } from '../../machines/machine-store';

/** The work goes on after the answer: its progress and its failure are in the snapshots. */
export function notebooksHandlers(
  notebooks: NotebookService,
  machines: MachineStore,
  startInBackground: (work: Promise<void>) => void,
): HandlersOf<AppContract>['notebooks'] {
  return {
    list: () => notebooks.snapshots(),
    find: ({ machineId }) => startInBackground(notebooks.find(machines.get(machineId).id)),
    openOrStart: ({ machineId }) => startInBackground(notebooks.openOrStart(machines.get(machineId).id)),
    start: ({ machineId }) => startInBackground(notebooks.start(machines.get(machineId).id)),
    open: ({ machineId, serverId }) =>
      startInBackground(notebooks.open(machines.get(machineId).id, serverId)),
    stop: ({ machineId, serverId }) =>
      startInBackground(notebooks.stop(machines.get(machineId).id, serverId)),
  };
}
