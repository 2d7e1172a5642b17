import { expect, it } from 'vitest';
import { jobScript } from '../../../../electron/jupyter/slurm/job-script';
import { defaultSlurmRequest } from '../../../../shared/model/slurm';

const optionsOf = (script: string): readonly string[] =>
  script.split('\n').filter((line) => line.startsWith('#SBATCH '));

it('asks for what was chosen, and leaves the rest to Slurm', () => {
  const script = jobScript({
    ...defaultSlurmRequest,
    minutes: 1505,
    partition: 'gpu',
    cpus: 8,
    memory: '32g',
    gpus: 'a100:2',
    account: 'vision',
    qos: 'long',
    extra: ['#SBATCH --constraint=skylake', '--mail-type=END'],
  });
  expect(script.startsWith('#!/bin/sh\n#SBATCH ')).toBe(true);
  expect(optionsOf(script).map((line) => line.slice('#SBATCH '.length))).toEqual([
    '--job-name=nuvem-notebook',
    '--nodes=1',
    '--ntasks=1',
    '--no-requeue',
    '--time=25:05:00',
    '--cpus-per-task=8',
    '--partition=gpu',
    '--mem=32G',
    '--gres=gpu:a100:2',
    '--account=vision',
    '--qos=long',
    '--constraint=skylake',
    '--mail-type=END',
  ]);
  expect(optionsOf(jobScript(defaultSlurmRequest)).join('\n')).not.toMatch(/partition|mem|gres|account|qos/);
});
