import { randomBytes } from 'node:crypto';
import type { NoticeBoard } from '../desktop/notice-board';
import { NotebookHome } from '../jupyter/home/notebook-home';
import type { NotebookService } from '../jupyter/notebook-service';
import type { Remote } from './remote';

interface NotebookHomeDependencies {
  readonly notebooks: NotebookService;
  readonly notices: NoticeBoard;
  readonly remote: Remote;
}

/** Makes what opens the files of notebook servers, and offers jupytext where a script needs it to be a notebook. */
export function makeNotebookHome({ notebooks, notices, remote }: NotebookHomeDependencies): NotebookHome {
  return new NotebookHome({
    connections: remote.pool,
    serversOf: (machineId) => notebooks.serversOf(machineId),
    openFile: (machineId, serverId, path, isTextNotebook) =>
      notebooks.openFile(machineId, serverId, path, isTextNotebook),
    onJupytextLacking: (machineId, lack, name) => {
      if (lack.kind === 'absent')
        notices.post('info', 'jupytext-offered', { name, machineId, environment: lack.environment });
      if (lack.kind === 'notLoaded') notices.post('info', 'jupytext-not-loaded', { name });
    },
    random: randomBytes,
  });
}
