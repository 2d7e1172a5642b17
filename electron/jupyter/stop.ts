import { AppError } from '../../shared/errors/app-error';
import type { Transport } from '../connection/transport';
import type { KnownServer } from './find';
import stopScript from './remote/stop.sh?raw';
import { factOf, runRemoteScript } from './remote-script';
import { JupyterRestClient } from './rest-client';
import { cancelJob } from './slurm/job-orders';

/**
 * Ends a server and its kernels: by its own order to shut down, then by signals; resolves once it is gone.
 * @throws AppError `notebook-not-stopped`, `slurm-not-cancelled`, or why the connection failed
 */
export async function stopServer(
  transport: Transport,
  { server, running, instanceId, jobId }: KnownServer,
  random: (sizeBytes: number) => Buffer,
): Promise<void> {
  if (jobId !== undefined) return cancelJob(transport, jobId, random);
  const asked = server.canOpen && (await isTaken(new JupyterRestClient(transport, running)));
  if (instanceId === null && running.pid === 0) {
    if (!asked) throw new AppError('notebook-not-stopped');
    return;
  }
  await endInstance(
    transport,
    { id: instanceId ?? '', pid: instanceId === null ? running.pid : 0, asked },
    random,
  );
}

/**
 * Ends whatever of a launched server is left, by signals, and removes its folder.
 * @throws AppError `notebook-not-stopped`, or why the connection failed
 */
export async function endInstance(
  transport: Transport,
  { id, pid, asked }: { readonly id: string; readonly pid: number; readonly asked: boolean },
  random: (sizeBytes: number) => Buffer,
): Promise<void> {
  const values = { id, pid: pid > 0 ? String(pid) : '', asked: asked ? 'yes' : 'no' };
  const facts = await runRemoteScript(transport, { text: stopScript, values }, random);
  if (factOf(facts, 'stopped') === undefined) throw new AppError('notebook-not-stopped');
}

/** False: the server could not be asked; signals will end it. */
async function isTaken(client: JupyterRestClient): Promise<boolean> {
  try {
    return await client.shutDown();
  } catch (error) {
    const known = AppError.from(error);
    if (['channel-refused', 'forwarding-refused', 'remote-command-failed'].includes(known.code)) return false;
    throw known;
  }
}
