import { AppError } from '../../../shared/errors/app-error';
import type { Machine } from '../../../shared/model/machine';
import type { JobId, SlurmRequest } from '../../../shared/model/slurm';
import type { Transport } from '../../connection/transport';
import { launchServer } from '../launch';
import { redact } from '../redact';
import { factOf, type RemoteFact, runRemoteScript } from '../remote-script';
import { jobScript } from './job-script';
import { type JobSurvey, readJobSurvey } from './read-jobs';
import orderScript from './remote/job-order.sh?raw';
import jobsScript from './remote/jobs.sh?raw';
import launchJob from './remote/launch-job.sh?raw';
import slurmFunctions from './remote/slurm.sh?raw';

type Random = (sizeBytes: number) => Buffer;

/**
 * What Slurm has and how the jobs of Nuvem are.
 * @throws AppError `remote-shell-unsupported`, or why the connection failed
 */
export async function surveyJobs(
  transport: Transport,
  { withPartitions, nowMs }: { readonly withPartitions: boolean; readonly nowMs: () => number },
  random: Random,
): Promise<JobSurvey> {
  const script = { text: `${slurmFunctions}\n${jobsScript}`, values: { all: withPartitions ? 'yes' : 'no' } };
  const facts = await runRemoteScript(transport, script, random, { timeoutMs: 60_000 });
  return readJobSurvey(facts, nowMs());
}

/**
 * Hands a notebook in as a job. Handing in the same id again does nothing.
 * @throws AppError `slurm-missing`, `slurm-partition-unknown`, `slurm-refused`, `slurm-silent`, or as `launchServer` does
 */
export async function submitJob(
  transport: Transport,
  id: JobId,
  request: SlurmRequest,
  settings: Pick<Machine, 'workingFolder' | 'notebook'>,
  random: Random,
): Promise<void> {
  // An image is run by docker or podman, which compute nodes seldom have.
  const notebook = settings.notebook.kind === 'image' ? ({ kind: 'auto' } as const) : settings.notebook;
  await launchServer(
    transport,
    {
      id,
      settings: { workingFolder: settings.workingFolder, notebook },
      address: { kind: 'own' },
      mayReuse: false,
      asJob: {
        functions: `${slurmFunctions}\n${launchJob}`,
        values: {
          partition: request.partition,
          job: jobScript(request).trimEnd().replaceAll('\n', '\u001f'),
        },
      },
    },
    random,
  );
}

/** @throws AppError `slurm-not-cancelled`, or why the connection failed */
export async function cancelJob(transport: Transport, id: JobId, random: Random): Promise<void> {
  const facts = await order(transport, id, 'cancel', random);
  const refused = facts.filter(({ name }) => name === 'refused').map(({ value }) => value);
  if (refused.length > 0) throw new AppError('slurm-not-cancelled', {}, { details: refused });
}

/** Removes the folder of a job that has ended. @throws AppError why the connection failed */
export async function forgetJob(transport: Transport, id: JobId, random: Random): Promise<void> {
  await order(transport, id, 'forget', random);
}

/** The last lines that Slurm and Jupyter wrote, without tokens. @throws AppError `notebook-gone`, or why the connection failed */
export async function readJobLog(
  transport: Transport,
  id: JobId,
  random: Random,
): Promise<readonly string[]> {
  const facts = await order(transport, id, 'log', random);
  if (factOf(facts, 'gone') !== undefined) throw new AppError('notebook-gone');
  return redact(facts.filter(({ name }) => name === 'log').map(({ value }) => value));
}

function order(
  transport: Transport,
  id: JobId,
  word: 'cancel' | 'forget' | 'log',
  random: Random,
): Promise<readonly RemoteFact[]> {
  const script = { text: `${slurmFunctions}\n${orderScript}`, values: { id, order: word } };
  return runRemoteScript(transport, script, random, { timeoutMs: 60_000 });
}
