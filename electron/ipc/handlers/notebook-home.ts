import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { NotebookHome } from '../../jupyter/home/notebook-home';

interface NotebookHomeHandlersDependencies {
  readonly home: NotebookHome;
  /** In a page that is open, if there is one for it. */
  readonly showFile: NotebookHome['openFile'];
  readonly startInBackground: (work: Promise<void>) => void;
}

/** The opening of a page goes on after the answer: its progress and its failure are in the notebooks' snapshots. */
export function notebookHomeHandlers({
  home,
  showFile,
  startInBackground,
}: NotebookHomeHandlersDependencies): HandlersOf<AppContract>['notebookHome'] {
  return {
    look: ({ machineId, serverId }) => home.look(machineId, serverId),
    openFile: ({ machineId, serverId, path }) => startInBackground(home.openFile(machineId, serverId, path)),
    showFile: ({ machineId, serverId, path }) => startInBackground(showFile(machineId, serverId, path)),
    completePath: ({ machineId, serverId, path }) => home.completePath(machineId, serverId, path),
    openPath: ({ machineId, serverId, path }) => home.openPath(machineId, serverId, path),
    create: ({ machineId, serverId, kernelName }) => home.create(machineId, serverId, kernelName),
  };
}
