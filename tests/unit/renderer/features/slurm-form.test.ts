import { describe, expect, it } from 'vitest';
import { emptySlurmForm, readSlurmForm } from '../../../../renderer/features/slurm/slurm-form';

describe('what a user types to ask Slurm for a node', () => {
  it('is a request', () => {
    expect(
      readSlurmForm({
        ...emptySlurmForm,
        time: ' 30:15 ',
        cpus: '4',
        memory: '16G',
        gpus: 'gpu:a100:1',
        extra: '--constraint=skylake\n\n#SBATCH --exclusive\n',
      }),
    ).toEqual({
      kind: 'right',
      request: {
        minutes: 1815,
        partition: '',
        cpus: 4,
        memory: '16G',
        gpus: 'a100:1',
        account: '',
        qos: '',
        extra: ['--constraint=skylake', '#SBATCH --exclusive'],
      },
    });
  });

  it.each([
    ['time', '90'],
    ['time', '0:00'],
    ['cpus', '0'],
    ['cpus', 'many'],
    ['memory', '4 G'],
    ['gpus', 'a100:'.repeat(20)],
    ['account', 'two words'],
    ['qos', '--qos'.padEnd(200, 'x')],
    ['extra', 'module load cuda'],
    ['extra', '--x\u0007'],
  ] as const)('%s can not be “%s”', (field, typed) => {
    const read = readSlurmForm({ ...emptySlurmForm, [field]: typed });
    expect(read).toEqual({ kind: 'wrong', fields: new Set([field]) });
  });
});
