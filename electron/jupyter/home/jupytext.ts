import type { Transport } from '../../connection/transport';
import type { KnownServer } from '../find';
import { factOf, runRemoteScript } from '../remote-script';
import jupytextScript from './remote/jupytext.sh?raw';

/** Why a server shows a script or a Markdown file in its editor. */
export type JupytextLack =
  /** It can be added to this environment, which the server runs in. */
  | { readonly kind: 'absent'; readonly environment: string }
  /** It is there, but the server has begun before it was. */
  | { readonly kind: 'notLoaded' }
  /** Nuvem can't add it: the server runs in a container or elsewhere, or in a Python that takes no packages. */
  | { readonly kind: 'notOurs' };

/** Files that jupytext reads as notebooks, of those that data scientists write in Python. */
export const isTextNotebookName = (path: string): boolean => /\.(?:py|md)$/i.test(path);

/**
 * What keeps a server from showing scripts as notebooks.
 * @throws AppError `remote-shell-unsupported`, or why the connection failed
 */
export async function findJupytextLack(
  transport: Transport,
  { server, running, jobId }: KnownServer,
  random: (sizeBytes: number) => Buffer,
): Promise<JupytextLack> {
  const isElsewhere = running.pid === 0 || server.image !== undefined || jobId !== undefined;
  if (isElsewhere) return { kind: 'notOurs' };
  const script = { text: jupytextScript, values: { pid: String(running.pid) } };
  const facts = await runRemoteScript(transport, script, random, { timeoutMs: 15_000 });
  const environment = factOf(facts, 'environment');
  if (environment === undefined) return { kind: 'notOurs' };
  if (factOf(facts, 'loaded') !== undefined) return { kind: 'notLoaded' };
  const takesPackages = factOf(facts, 'changeable') !== undefined && factOf(facts, 'managed') === undefined;
  return takesPackages ? { kind: 'absent', environment } : { kind: 'notOurs' };
}
