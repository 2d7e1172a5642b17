import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { TunnelId } from '../../shared/model/tunnel';
import type { TunnelMeasurement, TunnelsSnapshot } from '../../shared/model/tunnel-status';
import type { AppLog } from '../desktop/log-file';
import type { MachineStore } from '../machines/machine-store';
import { systemClock } from '../system/clock';
import { findPortOwner } from '../tunnel/port-owner';
import { findPortOwnerByProgram, type RunProgram } from '../tunnel/port-owner-by-program';
import { TunnelService } from '../tunnel/tunnel-service';
import type { Remote } from './remote';

interface TunnelsDependencies {
  readonly machines: MachineStore;
  readonly remote: Remote;
  readonly log: AppLog;
  readonly onChanged: (snapshot: TunnelsSnapshot) => void;
  readonly onMeasured: (measurement: TunnelMeasurement) => void;
}

const runProgram: RunProgram = async (program, args) =>
  (await promisify(execFile)(program, [...args], { timeout: 5000, windowsHide: true })).stdout;

/** Makes the tunnels: this computer's ports and processes, the pool's connections. */
export function makeTunnels({
  machines,
  remote,
  log,
  onChanged,
  onMeasured,
}: TunnelsDependencies): TunnelService {
  return new TunnelService({
    machines,
    newId: () => randomUUID() as TunnelId,
    connections: remote.pool,
    clock: systemClock,
    log: remote.connectionLog,
    findPortOwner: async (port) => {
      const owner =
        process.platform === 'linux'
          ? await findPortOwner(port, { readdir, readFile, readlink })
          : await findPortOwnerByProgram(port, process.platform, runProgram);
      return owner?.processId === process.pid ? { ...owner, name: 'Nuvem' } : owner;
    },
    onChanged,
    onMeasured,
    onSwitchNotSaved: (error) => log.warn("a tunnel's switch was not saved", error),
  });
}
