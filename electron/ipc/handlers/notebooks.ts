import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { MachineId } from '../../../shared/model/machine';
import type { ServerId } from '../../../shared/model/notebook';
import type { NotebookService } from '../../jupyter/notebook-service';
import type { MachineStore } from '../../machines/machine-store';

interface NotebooksHandlersDependencies {
  readonly notebooks: NotebookService;
  readonly machines: MachineStore;
  /** Stops a server unless one of its pages has unsaved changes that the user wants to keep. */
  readonly stopServer: (machineId: MachineId, serverId: ServerId) => Promise<void>;
  readonly startInBackground: (work: Promise<void>) => void;
}

/** The work goes on after the answer: its progress and its failure are in the snapshots. */
export function notebooksHandlers({
  notebooks,
  machines,
  stopServer,
  startInBackground,
}: NotebooksHandlersDependencies): HandlersOf<AppContract>['notebooks'] {
  return {
    list: () => notebooks.snapshots(),
    find: ({ machineId }) => startInBackground(notebooks.find(machines.get(machineId).id)),
    openOrStart: ({ machineId, folder }) =>
      startInBackground(notebooks.openOrStart(machines.get(machineId).id, folder)),
    start: ({ machineId }) => startInBackground(notebooks.start(machines.get(machineId).id)),
    cancelStart: ({ machineId }) => notebooks.cancelStart(machines.get(machineId).id),
    open: ({ machineId, serverId }) =>
      startInBackground(notebooks.open(machines.get(machineId).id, serverId)),
    signIn: async ({ machineId, serverId, ...given }) => {
      await notebooks.signIn(machines.get(machineId).id, serverId, given);
      startInBackground(notebooks.open(machineId, serverId));
    },
    openAddress: async ({ machineId, address, secret }) => {
      const serverId = await notebooks.addAddress(machines.get(machineId).id, address, secret);
      startInBackground(notebooks.open(machineId, serverId));
    },
    stop: ({ machineId, serverId }) => startInBackground(stopServer(machines.get(machineId).id, serverId)),
  };
}
