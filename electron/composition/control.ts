import { randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import { isSaved } from '../../shared/model/machine';
import type { ConnectionPool } from '../connection/connection-pool';
import { ControlCommands } from '../control/commands';
import { ControlServer, controlFolderParent, controlFolderPrefix } from '../control/control-server';
import { removeLeftoverFolders } from '../control/leftover-folders';
import type { AppLog } from '../desktop/log-file';
import type { NotebookService } from '../jupyter/notebook-service';
import type { MachineStore } from '../machines/machine-store';
import { systemClock } from '../system/clock';
import type { TunnelService } from '../tunnel/tunnel-service';

interface ControlDependencies {
  readonly folder: string;
  readonly version: string;
  readonly machines: MachineStore;
  readonly pool: ConnectionPool;
  readonly notebooks: NotebookService;
  readonly tunnels: TunnelService;
  readonly log: AppLog;
  readonly showWindow: () => void;
}

/** Lets the command `nuvem` steer this app. */
export function makeControl({ machines, pool, folder, log, ...deps }: ControlDependencies) {
  const commands = new ControlCommands({
    ...deps,
    machines: () => machines.list().machines.filter(isSaved),
    link: (machineId) => pool.link(machineId),
    connect: (machineId) => pool.connect(machineId),
    disconnect: (machineId) => pool.disconnect(machineId),
  });
  const server = new ControlServer({
    folder,
    platform: process.platform,
    random: randomBytes,
    run: (command, say, signal) => commands.run(command, say, signal),
    onFault: (error) => log.error('a command failed', error),
  });
  const open = async (): Promise<void> => {
    await server.open();
    if (process.platform === 'win32') return;
    await removeLeftoverFolders({
      parent: controlFolderParent(),
      prefix: controlFolderPrefix,
      userId: userInfo().uid,
      nowMs: systemClock.nowMs(),
    });
  };
  return { commands, server, open };
}
