import { randomBytes } from 'node:crypto';
import { type SlurmSnapshot, serverIdOfJob } from '../../shared/model/slurm';
import type { AppLog } from '../desktop/log-file';
import type { NoticeBoard } from '../desktop/notice-board';
import { SlurmService } from '../jupyter/slurm/slurm-service';
import type { MachineStore } from '../machines/machine-store';
import { systemClock } from '../system/clock';
import type { Remote } from './remote';

interface SlurmDependencies {
  readonly machines: MachineStore;
  readonly notices: NoticeBoard;
  readonly remote: Remote;
  readonly log: AppLog;
  readonly onChanged: (snapshot: SlurmSnapshot) => void;
}

/** Makes the service of Slurm's jobs; what happens to them is told in the window. */
export function makeSlurm({ machines, notices, remote, log, onChanged }: SlurmDependencies): SlurmService {
  return new SlurmService({
    connections: remote.pool,
    machineOf: (machineId) => machines.get(machineId),
    clock: systemClock,
    random: randomBytes,
    onServing: (machineId, { id, number }) =>
      notices.post('info', 'slurm-notebook-ready', {
        machineId,
        serverId: serverIdOfJob(id),
        name: machines.get(machineId).name,
        number,
      }),
    onEndsSoon: (machineId, { number }, minutes) =>
      notices.post('warning', 'slurm-job-ends-soon', {
        name: machines.get(machineId).name,
        number,
        minutes,
      }),
    onLookFailed: (error) => log.warn('Slurm was not asked', error),
    onChanged,
  });
}
