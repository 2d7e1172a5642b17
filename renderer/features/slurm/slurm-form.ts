import { defaultSlurmRequest, SlurmRequest } from '../../../shared/model/slurm';

/** What the user types; all of it text. */
export interface SlurmForm {
  /** `hours:minutes`. */
  readonly time: string;
  readonly partition: string;
  readonly cpus: string;
  readonly memory: string;
  readonly gpus: string;
  readonly account: string;
  readonly qos: string;
  /** One option of sbatch per line. */
  readonly extra: string;
}

export const emptySlurmForm: SlurmForm = {
  time: '2:00',
  partition: '',
  cpus: String(defaultSlurmRequest.cpus),
  memory: '',
  gpus: '',
  account: '',
  qos: '',
  extra: '',
};

/** As Slurm writes them, in every language. */
export const examples = { memory: '4G', gpus: 'a100:1', extra: '--constraint=skylake' } as const;

export type SlurmField = keyof SlurmForm;

export type ReadSlurmForm =
  | { readonly kind: 'right'; readonly request: SlurmRequest }
  | { readonly kind: 'wrong'; readonly fields: ReadonlySet<SlurmField> };

/** The request, or which fields can't be what they are. */
export function readSlurmForm(form: SlurmForm): ReadSlurmForm {
  const lines = form.extra.split('\n').map((line) => line.trim());
  const read = SlurmRequest.safeParse({
    minutes: minutesOf(form.time),
    partition: form.partition,
    cpus: /^\d+$/.test(form.cpus.trim()) ? Number(form.cpus) : 0,
    memory: form.memory.trim(),
    gpus: form.gpus.trim().replace(/^gpu:/, ''),
    account: form.account.trim(),
    qos: form.qos.trim(),
    extra: lines.filter((line) => line !== ''),
  });
  if (read.success) return { kind: 'right', request: read.data };
  const names = read.error.issues.map(({ path }) => (path[0] === 'minutes' ? 'time' : path[0]));
  return { kind: 'wrong', fields: new Set(names as SlurmField[]) };
}

/** 0: it is no time. */
function minutesOf(time: string): number {
  const match = /^(\d{1,4}):([0-5]\d)$/.exec(time.trim());
  return match === null ? 0 : Number(match[1]) * 60 + Number(match[2]);
}
