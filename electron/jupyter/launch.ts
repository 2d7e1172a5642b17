import { createHash } from 'node:crypto';
import { AppError } from '../../shared/errors/app-error';
import type { Machine } from '../../shared/model/machine';
import { placeOfChoice } from '../../shared/model/notebook-choice';
import type { Transport } from '../connection/transport';
import { imageFunctions, imageProblemOf, imageValues } from './images/image-launch';
import { redact } from './redact';
import awaitScript from './remote/await.sh?raw';
import launchScript from './remote/launch.sh?raw';
import { factOf, type RemoteFact, runRemoteScript } from './remote-script';
import { type RunningJupyter, readRuntimeFile } from './runtime-file';
import { type ServiceLaunch, unitFunctions, unitProblemOf, unitValues } from './units/unit-launch';

type NotebookSettings = Pick<Machine, 'workingFolder' | 'notebook'>;

/** How a server is kept alive without the connection, in the order of preference. */
const ways = 'systemd tmux setsid';

export interface LaunchRequest {
  /** Name of the new server's folder: shell-safe, new. A repeated launch of the same id finds the first. */
  readonly id: string;
  readonly settings: NotebookSettings;
  /** Where it shall listen; `own`: as the user's command says. */
  readonly address:
    | { readonly kind: 'socket' }
    | { readonly kind: 'port'; readonly port: number }
    | { readonly kind: 'own' };
  /** True: a server that runs with the same settings will do. */
  readonly mayReuse: boolean;
  /** Makes it a service of systemd, named by `id`. Default: the best of the other ways. */
  readonly service?: ServiceLaunch;
  /** Hands it in as a job instead of keeping it alive here: shell functions that define `by_slurm`, and their values. */
  readonly asJob?: { readonly functions: string; readonly values: Readonly<Record<string, string>> };
}

/** What has become of a launched server. */
export type LaunchOutcome =
  | { readonly kind: 'listening'; readonly running: RunningJupyter; readonly facts: readonly RemoteFact[] }
  | { readonly kind: 'ended'; readonly error: AppError }
  | { readonly kind: 'pending'; readonly log: readonly string[] };

const installHints = ['python3 -m pip install --user jupyterlab', 'conda install -c conda-forge jupyterlab'];

/** Equal for machines whose settings ask for the same server. */
export function profileOf({ workingFolder, notebook }: NotebookSettings): string {
  const chosen = notebook.kind === 'image' ? imageValues(notebook) : placeOfChoice(notebook);
  return createHash('sha256')
    .update(JSON.stringify([workingFolder, notebook.kind, chosen]))
    .digest('hex')
    .slice(0, 16);
}

/** The port that a command line asks for by itself; null: it leaves the choice to us. */
export function portOfCommand(line: string): number | null {
  const match = /(?:^|\s)--(?:port|ServerApp\.port|NotebookApp\.port)[= ]\s*(\d{1,5})(?=\s|$)/.exec(line);
  const port = Number(match?.[1]);
  return port >= 1 && port <= 65_535 ? port : null;
}

/**
 * Starts a server detached from this connection and resolves with the id to wait for.
 * @throws AppError `notebook-not-installed`, `working-folder-not-found`, `remote-permission-denied`,
 *   `remote-disk-full`, `notebook-command-failed`, `remote-shell-unsupported`, as `unitProblemOf` has them, or why
 *   the connection failed
 */
export async function launchServer(
  transport: Transport,
  { id, settings, address, mayReuse, service, asJob }: LaunchRequest,
  random: (sizeBytes: number) => Buffer,
): Promise<string> {
  const { notebook, workingFolder } = settings;
  const values = {
    id,
    profile: profileOf(settings),
    choice: notebook.kind,
    place: placeOfChoice(notebook),
    folder: workingFolder,
    address: address.kind,
    port: String(address.kind === 'port' ? address.port : randomPort(random)),
    reuse: mayReuse ? 'yes' : 'no',
    ways: asJob === undefined ? ways : 'slurm',
    scope: '',
    ...asJob?.values,
    ...(notebook.kind === 'image' ? imageValues(notebook) : {}),
    ...(service === undefined ? {} : unitValues(service)),
  };
  const functions = [
    ...(notebook.kind === 'image' ? [imageFunctions] : []),
    ...(asJob === undefined ? [] : [asJob.functions]),
    ...(service === undefined ? [] : [unitFunctions]),
  ];
  const text = [...functions, launchScript].join('\n');
  const facts = await runRemoteScript(transport, { text, values }, random);
  const launched = factOf(facts, 'launched');
  if (launched !== undefined) return launched;
  const log = redact(facts.filter(({ name }) => name === 'log').map(({ value }) => value));
  throw problemOf(factOf(facts, 'problem') ?? '', log);
}

/**
 * Waits up to `seconds` until the server listens or has ended.
 * @throws AppError why the connection failed
 */
export async function awaitServer(
  transport: Transport,
  id: string,
  seconds: number,
  random: (sizeBytes: number) => Buffer,
): Promise<LaunchOutcome> {
  const script = { text: awaitScript, values: { id, seconds: String(seconds) } };
  const facts = await runRemoteScript(transport, script, random, { timeoutMs: (seconds + 30) * 1000 });
  const running = readRuntimeFile(factOf(facts, 'runtime') ?? '');
  if (running !== null) return { kind: 'listening', running, facts };
  const log = redact(facts.filter(({ name }) => name === 'log').map(({ value }) => value));
  const full = factOf(facts, 'full');
  const ended = factOf(facts, 'ended');
  if (full !== undefined)
    return { kind: 'ended', error: new AppError('remote-disk-full', { folder: full }, { details: log }) };
  if (ended !== undefined) {
    return {
      kind: 'ended',
      error: new AppError('notebook-command-failed', { exitCode: ended }, { details: log }),
    };
  }
  return { kind: 'pending', log };
}

/** A port that is rarely taken; Jupyter goes on to the next ones if it is. */
export function randomPort(random: (sizeBytes: number) => Buffer): number {
  return 10_000 + (random(2).readUInt16BE(0) % 20_000);
}

function problemOf(problem: string, log: readonly string[]): AppError {
  const separator = problem.indexOf(' ');
  const kind = separator < 0 ? problem : problem.slice(0, separator);
  const place = separator < 0 ? '' : problem.slice(separator + 1);
  switch (kind) {
    case 'not-installed':
      return new AppError('notebook-not-installed', { folder: place }, { details: installHints });
    case 'folder-not-found':
      return new AppError('working-folder-not-found', { folder: place });
    case 'permission-denied':
      return new AppError('remote-permission-denied', { path: place });
    case 'slurm-missing':
    case 'slurm-silent':
    case 'slurm-refused':
      return new AppError(kind, {}, { details: log });
    case 'slurm-partition-unknown':
      return new AppError(kind, { partition: place });
    case 'disk-full':
      return new AppError('remote-disk-full', { folder: place });
    default:
      return (
        imageProblemOf(kind, place) ??
        unitProblemOf(kind, place, log) ??
        new AppError(
          'notebook-command-failed',
          { exitCode: '' },
          { details: problem === '' ? [] : [problem] },
        )
      );
  }
}
