import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { SlurmService } from '../../jupyter/slurm/slurm-service';

export function slurmHandlers(slurm: SlurmService): HandlersOf<AppContract>['slurm'] {
  return {
    list: () => slurm.snapshots(),
    look: ({ machineId }) => slurm.look(machineId),
    plan: ({ request }) => slurm.plan(request),
    submit: ({ machineId, id, request }) => slurm.submit(machineId, id, request),
    cancel: ({ machineId, id }) => slurm.cancel(machineId, id),
    forget: ({ machineId, id }) => slurm.forgetJob(machineId, id),
    log: ({ machineId, id }) => slurm.log(machineId, id),
  };
}
