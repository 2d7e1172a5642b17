import type { SlurmRequest } from '../../../shared/model/slurm';
import body from './remote/job.sh?raw';

/** What follows `sbatch` when Nuvem hands a job in; `…` is the job's folder. */
export const sbatchCommand = 'sbatch --parsable --output=…/log --open-mode=append …/job.sh …';

/** The batch script of a notebook (sbatch(1)): what is asked for, and how Jupyter is started on the node. */
export function jobScript(request: SlurmRequest): string {
  const { minutes, partition, cpus, memory, gpus, account, qos, extra } = request;
  const time = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:00`;
  const options = [
    '--job-name=nuvem-notebook',
    '--nodes=1',
    '--ntasks=1',
    // Begun anew elsewhere, it would be another server: the user decides about that.
    '--no-requeue',
    `--time=${time}`,
    `--cpus-per-task=${cpus}`,
    partition && `--partition=${partition}`,
    memory && `--mem=${memory.toUpperCase()}`,
    gpus && `--gres=gpu:${gpus}`,
    account && `--account=${account}`,
    qos && `--qos=${qos}`,
    ...extra.map((line) => line.replace(/^#SBATCH\s+/, '')),
  ].filter(Boolean);
  return ['#!/bin/sh', ...options.map((option) => `#SBATCH ${option}`), body].join('\n');
}
