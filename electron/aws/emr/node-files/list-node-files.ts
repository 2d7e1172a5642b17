import { AppError } from '../../../../shared/errors/app-error';
import { mostNodeFiles, type NodeFile } from '../../../../shared/model/emr-node-files';
import type { Transport } from '../../../connection/transport';
import { factOf, type RemoteFact, runRemoteScript } from '../../../jupyter/remote-script';
import type { NodeFilesSeen } from './node-files-transition';
import list from './remote/list.sh?raw';
import reader from './remote/reader.sh?raw';

/** Where people's work lies on a primary node, besides the login user's home. */
export interface NodePlaces {
  readonly jupyterhub: string;
  readonly zeppelin: string;
}

/** EMR Release Guide, "JupyterHub" (homes of its users, as the node has them) and "Apache Zeppelin". */
export const emrNodePlaces: NodePlaces = {
  jupyterhub: '/var/lib/jupyter/home',
  zeppelin: '/var/lib/zeppelin/notebook',
};

const longestMs = 180_000;

/**
 * What people keep on the disk of a primary node: no hidden files and folders, no caches, no Python environments.
 * @throws AppError `remote-shell-unsupported`, remote-command-failed, or why the connection failed
 */
export async function listNodeFiles(
  transport: Transport,
  { jupyterhub, zeppelin }: NodePlaces,
  random: (sizeBytes: number) => Buffer,
  signal: AbortSignal,
): Promise<NodeFilesSeen> {
  const values = { jupyterhub, zeppelin, most: String(mostNodeFiles + 1) };
  const script = { text: `${reader}\n${list}`, values };
  const facts = await runRemoteScript(transport, script, random, { timeoutMs: longestMs, signal });
  if (factOf(facts, 'end') === undefined)
    throw new AppError('remote-command-failed', { reason: 'ended-early' });
  return readNodeFiles(facts);
}

/** What the script reported. */
export function readNodeFiles(facts: readonly RemoteFact[]): NodeFilesSeen {
  const files = facts.flatMap(({ name, value }) => (name === 'file' ? (readFile(value) ?? []) : []));
  const unread = facts.flatMap(({ name, value }) => (name === 'unread' ? [value] : []));
  return {
    files: [...new Map(files.map((file) => [file.path, file])).values()],
    unread: [...new Set(unread)],
  };
}

function readFile(value: string): NodeFile | null {
  const [, size, seconds, path] = /^(\d+) (-?\d+(?:\.\d+)?) (\/.+)$/s.exec(value) ?? [];
  if (path === undefined) return null;
  return { path, sizeBytes: Number(size), modifiedAtMs: Math.floor(Number(seconds) * 1000) };
}
