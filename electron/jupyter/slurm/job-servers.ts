import { AppError } from '../../../shared/errors/app-error';
import { ServerId } from '../../../shared/model/notebook';
import { serverIdOfJob } from '../../../shared/model/slurm';
import type { Transport } from '../../connection/transport';
import { describeServer, type KnownServer } from '../find';
import type { RemoteFact } from '../remote-script';
import { surveyJobs } from './job-orders';
import type { SurveyedJob } from './read-jobs';

/**
 * The servers that run in jobs of Slurm, on its nodes. Asks Slurm only where Nuvem has handed jobs in.
 * @throws AppError `remote-shell-unsupported`, or why the connection failed
 */
export async function findJobServers(
  transport: Transport,
  random: (sizeBytes: number) => Buffer,
  nowMs: () => number,
): Promise<readonly KnownServer[]> {
  const { jobs } = await surveyJobs(transport, { withPartitions: false, nowMs }, random);
  const servers = await Promise.all(jobs.map((job) => knowJob(transport, job)));
  return servers.filter((server) => server !== null);
}

/** Null: it does not serve, or nobody answers there any more. */
async function knowJob(transport: Transport, job: SurveyedJob): Promise<KnownServer | null> {
  const { running, state, facts, id, number } = job;
  if (running === null || state.kind !== 'running') return null;
  const { node } = state;
  try {
    const known = await describeServer(transport, running, 'own', id, toServerFacts(facts));
    return {
      ...known,
      instanceId: null,
      jobId: id,
      server: {
        ...known.server,
        id: ServerId.parse(serverIdOfJob(id)),
        detachedBy: 'slurm',
        job: { number, node },
      },
    };
  } catch (error) {
    const { code } = AppError.from(error);
    if (code === 'channel-refused' || code === 'forwarding-refused' || code === 'remote-command-failed')
      return null;
    throw error;
  }
}

/** A server's facts go by the same words without `-of`. */
const toServerFacts = (facts: readonly RemoteFact[]): readonly RemoteFact[] =>
  facts.map(({ name, value }) => ({ name: name.replace(/-of$/, ''), value }));
