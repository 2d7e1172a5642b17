import type { IdleSnapshot } from '../../shared/model/idle';
import type { MachineId } from '../../shared/model/machine';
import type { ServerId } from '../../shared/model/notebook';
import type { ConnectionPool } from '../connection/connection-pool';
import type { NoticeBoard } from '../desktop/notice-board';
import { IdleService, type PlacedIdleNews } from '../jupyter/idle/idle-service';
import type { NotebookService } from '../jupyter/notebook-service';
import { systemClock } from '../system/clock';

interface IdleDependencies {
  readonly notebooks: NotebookService;
  readonly pool: ConnectionPool;
  readonly notices: NoticeBoard;
  readonly onChanged: (snapshot: IdleSnapshot) => void;
  readonly onNews: (news: PlacedIdleNews) => void;
}

export interface Idle {
  readonly service: IdleService;
  /** Lets a server go on, and tells the user so. @throws as `IdleService.keep` does */
  keep(machineId: MachineId, serverId: ServerId): Promise<void>;
}

/** Makes the watch over servers that nobody uses. */
export function makeIdle({ notebooks, pool, notices, onChanged, onNews }: IdleDependencies): Idle {
  const service = new IdleService({
    connections: pool,
    clock: systemClock,
    serversOf: (machineId) => notebooks.idleServersOf(machineId),
    endServer: (machineId, serverId, over) => notebooks.endIdle(machineId, serverId, over),
    onChanged,
    onNews,
  });
  return {
    service,
    keep: async (machineId, serverId) => {
      await service.keep(machineId, serverId);
      const server = notebooks.idleServersOf(machineId).find((one) => one.serverId === serverId);
      notices.post('info', 'idle-kept', { folder: server?.folder ?? '' });
    },
  };
}
