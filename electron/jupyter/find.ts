import { AppError } from '../../shared/errors/app-error';
import type { JupyterAddress } from '../../shared/model/jupyter-address';
import {
  detachedWays,
  type NotebookServer,
  reasonsAgainstSystemd,
  ServerId,
} from '../../shared/model/notebook';
import type { JobId } from '../../shared/model/slurm';
import type { Transport } from '../connection/transport';
import type { RemoteTarget } from '../gateway/routes';
import { type IdleEnd, readIdleEnds, takeIdleEndsScript } from '../keeper/idle-ends';
import { keeperTarget } from '../keeper/keeper-target';
import survey from './remote/survey.sh?raw';
import { factOf, type RemoteFact, runRemoteScript } from './remote-script';
import { JupyterRestClient } from './rest-client';
import { type RunningJupyter, readRuntimeFile } from './runtime-file';

/** A server as the main process knows it; only `server` may leave it. */
export interface KnownServer {
  readonly server: NotebookServer;
  /** Holds its token. */
  readonly running: RunningJupyter;
  /** Name of its folder on the machine; null: not started by Nuvem. */
  readonly instanceId: string | null;
  /** Digest of the settings that it was started with; null: not started by Nuvem. */
  readonly profile: string | null;
  /** Where its keeper listens, if it was seen when Nuvem looked for servers. */
  readonly keeper: RemoteTarget | null;
  /** Of the job of Slurm that it runs in; absent: it runs in none of ours. */
  readonly jobId?: JobId;
}

interface Surveyed {
  readonly kind: 'own' | 'found';
  /** Folder name, or process number. */
  readonly key: string;
  readonly facts: readonly RemoteFact[];
}

/** What Nuvem finds of notebooks on a machine. */
export interface NotebookSurvey {
  readonly servers: readonly KnownServer[];
  /** Where Nuvem started servers before, the last one first. */
  readonly recentFolders: readonly string[];
  /** What keepers have ended, because nobody used it, since somebody last looked. */
  readonly idleEnds: readonly IdleEnd[];
}

/**
 * All Jupyter servers of the user that run on the machine, Nuvem's first, each asked whether it answers.
 * @throws AppError `remote-shell-unsupported`, or why the connection failed
 */
export async function findServers(
  transport: Transport,
  random: (sizeBytes: number) => Buffer,
): Promise<NotebookSurvey> {
  const facts = await runRemoteScript(
    transport,
    { text: `${takeIdleEndsScript}\n${survey}`, values: {} },
    random,
  );
  const servers = await Promise.all(surveyed(facts).map((one) => knowServer(transport, one)));
  return {
    servers: servers.filter((server) => server !== null),
    recentFolders: facts.filter(({ name }) => name === 'recent').map(({ value }) => value),
    idleEnds: readIdleEnds(facts),
  };
}

/** What a running server says of itself, joined with what Nuvem noted when it started it. */
export async function describeServer(
  transport: Transport,
  running: RunningJupyter,
  kind: 'own' | 'found',
  key: string,
  facts: readonly RemoteFact[],
): Promise<KnownServer> {
  const client = new JupyterRestClient(transport, running);
  const canOpen = await client.isOpenToUs();
  const version = await client.version();
  const noted = factOf(facts, 'interface');
  return known(running, kind, key, facts, {
    canOpen,
    version,
    ui: await interfaceOf(client, canOpen, noted),
  });
}

/** `noted`: which program Nuvem started; absent: it did not start it, or did not choose. */
async function interfaceOf(
  client: JupyterRestClient,
  canOpen: boolean,
  noted: string | undefined,
): Promise<NotebookServer['interface']> {
  if (noted === 'lab') return 'lab';
  if (!canOpen) return 'classic';
  return noted === undefined ? client.interface() : client.treeInterface();
}

/** The server as it is to whoever brings what `running` holds. @throws AppError as `JupyterRestClient` does */
export async function askAgain(
  transport: Transport,
  known: KnownServer,
  running: RunningJupyter,
): Promise<KnownServer> {
  const client = new JupyterRestClient(transport, running);
  if (!(await client.isOpenToUs())) return known;
  const version = await client.version();
  const { asks: _, ...server } = known.server;
  return {
    ...known,
    running,
    server: { ...server, canOpen: true, version, interface: await client.interface() },
  };
}

/**
 * A server of which nothing is known but where it listens.
 * @throws AppError `notebook-not-there`, or why the connection failed
 */
export async function knowAddress(transport: Transport, typed: JupyterAddress): Promise<KnownServer> {
  const { host, port, isTls, baseUrl } = typed;
  const running: RunningJupyter = {
    pid: 0,
    target: { kind: 'tcp', host, port, isTls },
    baseUrl,
    token: '',
    folder: '',
  };
  const key = `at-${host}:${port}${baseUrl}`;
  try {
    const known = await describeServer(transport, running, 'found', key, []);
    if (known.server.version !== '') return known;
  } catch (error) {
    if (!isUnreachable(error)) throw error;
  }
  throw new AppError('notebook-not-there', { address: `${host}:${port}${baseUrl}` });
}

function surveyed(facts: readonly RemoteFact[]): readonly Surveyed[] {
  const all: { kind: 'own' | 'found'; key: string; facts: RemoteFact[] }[] = [];
  for (const fact of facts) {
    if (fact.name === 'own' || fact.name === 'found')
      all.push({ kind: fact.name, key: fact.value, facts: [] });
    else all.at(-1)?.facts.push(fact);
  }
  return all;
}

/** Null: it has just ended, has not begun to listen, or is what an earlier entry is. */
async function knowServer(transport: Transport, { kind, key, facts }: Surveyed): Promise<KnownServer | null> {
  const running = readRuntimeFile(factOf(facts, 'runtime') ?? '');
  if (running === null) return null;
  try {
    return await describeServer(transport, running, kind, key, facts);
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    // Its process runs, so it is told of; that it cannot be reached from here shows when it is opened.
    if (kind === 'own') return known(running, kind, key, facts, { canOpen: false, version: '', ui: 'lab' });
    return null;
  }
}

/** A server that tells of no token and lets nobody in has a password; of one at an address nothing is known. */
const asksOf = ({ token, pid }: RunningJupyter) => ({
  what: pid > 0 && token === '' ? ('password' as const) : ('tokenOrPassword' as const),
  canBeRemembered: pid > 0,
});

const isUnreachable = (error: unknown): boolean =>
  error instanceof AppError &&
  ['channel-refused', 'forwarding-refused', 'remote-command-failed'].includes(error.code);

function known(
  running: RunningJupyter,
  kind: 'own' | 'found',
  key: string,
  facts: readonly RemoteFact[],
  told: {
    readonly canOpen: boolean;
    readonly version: string;
    readonly ui: NotebookServer['interface'];
  },
): KnownServer {
  const { target } = running;
  const detached = factOf(facts, 'detached');
  const image = factOf(facts, 'image');
  const why = reasonsAgainstSystemd.find((reason) => reason === factOf(facts, 'why'));
  const startedSeconds = Number(factOf(facts, 'started'));
  return {
    running,
    instanceId: kind === 'own' ? key : null,
    profile: factOf(facts, 'profile') ?? null,
    keeper: keeperTarget(factOf(facts, 'keeper') ?? ''),
    server: {
      id: ServerId.parse(kind === 'own' ? `nuvem-${key}` : `found-${key}`),
      origin: kind === 'own' ? 'nuvem' : 'found',
      interface: told.ui,
      version: told.version,
      folder: factOf(facts, 'folder') ?? running.folder,
      address: target.kind === 'unixSocket' ? target.path : `port ${target.port}`,
      detachedBy: detachedWays.find((way) => way === detached) ?? 'user',
      ...(image === undefined ? {} : { image }),
      ...(why === undefined ? {} : { whyNotSystemd: why }),
      startedAtMs: startedSeconds > 0 ? startedSeconds * 1000 : null,
      canOpen: told.canOpen,
      ...(!told.canOpen && { asks: asksOf(running) }),
      keeping: { kind: 'unknown' },
    },
  };
}
