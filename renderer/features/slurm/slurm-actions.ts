import type { MachineId } from '../../../shared/model/machine';
import { ServerId } from '../../../shared/model/notebook';
import { type JobId, serverIdOfJob } from '../../../shared/model/slurm';
import { nuvem } from '../../api/nuvem';
import { showFailure } from '../../stores/notices-store';
import { openServer } from '../notebook/notebook-actions';

/** Asks what Slurm has there and how the jobs are. */
export function lookForSlurm(machineId: MachineId): void {
  nuvem.slurm.look({ machineId }).catch(showFailure);
}

/** The same without being asked to: a machine where it can't be found out is treated as one without Slurm. */
export function noticeSlurm(machineId: MachineId): void {
  nuvem.slurm.look({ machineId }).catch(() => undefined);
}

/** Calls a job off: one that waits never runs, one that runs ends with its kernels. */
export function cancelJob(machineId: MachineId, id: JobId): void {
  nuvem.slurm.cancel({ machineId, id }).catch(showFailure);
}

/** Takes a job that has ended off the list. */
export function forgetJob(machineId: MachineId, id: JobId): void {
  nuvem.slurm.forget({ machineId, id }).catch(showFailure);
}

/** Opens the notebook that runs in a job. */
export function openJob(machineId: MachineId, id: JobId): void {
  openServer(machineId, ServerId.parse(serverIdOfJob(id)));
}
