import { createHash } from 'node:crypto';
import type { OutputKeeping } from '../../shared/model/notebook';
import type { Transport } from '../connection/transport';
import type { RemoteTarget } from '../gateway/routes';
import { documentEnd } from '../jupyter/document-end';
import { factOf, runRemoteScript } from '../jupyter/remote-script';
import { keeperTarget } from './keeper-target';
import executions from './remote/executions.py?raw';
import frames from './remote/frames.py?raw';
import idle from './remote/idle.py?raw';
import keepScript from './remote/keep.sh?raw';
import keeper from './remote/keeper.py?raw';
import messages from './remote/messages.py?raw';
import outbox from './remote/outbox.py?raw';
import stream from './remote/stream.py?raw';

const modules: Readonly<Record<string, string>> = {
  executions,
  frames,
  idle,
  keeper,
  messages,
  outbox,
  stream,
};

/** Memory of the machine that a keeper may use. */
export interface KeeperLimits {
  /** What one page has missed. */
  readonly streamBytes: number;
  /** The output of one cell. */
  readonly executionBytes: number;
  /** The output of all cells of the server. */
  readonly allBytes: number;
}

export const keeperLimits: KeeperLimits = {
  streamBytes: 32 * 1024 * 1024,
  executionBytes: 16 * 1024 * 1024,
  allBytes: 64 * 1024 * 1024,
};

/** The server whose kernels shall be listened to. */
export interface KeptServer {
  readonly target: RemoteTarget;
  readonly pid: number;
  /** Its root folder on the machine. */
  readonly folder: string;
  /** Name of its folder on the machine; null: not started by Nuvem. */
  readonly instanceId: string | null;
}

interface KeeperSettings {
  /** What stands in an output for what was too much to keep; `{count}` is how many pieces. */
  readonly gapText: string;
  readonly limits?: KeeperLimits;
}

export type KeeperOutcome =
  | { readonly kind: 'runs'; readonly target: RemoteTarget }
  | { readonly kind: 'cannot'; readonly why: Extract<OutputKeeping, { kind: 'cannot' }>['why'] };

/**
 * Lets the keeper of a server run on its machine: a Python program of ours that needs nothing else, writes only below
 * Nuvem's folder there, and ends with the server. One that runs already is taken.
 * @throws AppError why the connection failed
 */
export async function startKeeper(
  transport: Transport,
  { target, pid, folder, instanceId }: KeptServer,
  { gapText, limits = keeperLimits }: KeeperSettings,
  random: (sizeBytes: number) => Buffer,
): Promise<KeeperOutcome> {
  const settings = JSON.stringify({
    serverSocket: target.kind === 'unixSocket' ? target.path : '',
    serverHost: target.kind === 'tcp' ? target.host : '',
    serverPort: target.kind === 'tcp' ? target.port : 0,
    isTls: target.isTls === true,
    serverFolder: folder,
    // The same for the keeper of another version of Nuvem.
    serverKey: digest([target, pid]),
    gapText,
    ...limits,
  });
  const key = digest([target, pid, modules]);
  const facts = await runRemoteScript(
    transport,
    {
      text: `${modulesWriter(random(12).toString('hex'))}\n${keepScript}`,
      values: {
        key,
        instance: instanceId ?? '',
        server_pid: String(isOnMachine(target) ? pid : 0),
        settings,
      },
    },
    random,
  );
  const listens = keeperTarget(factOf(facts, 'kept') ?? '');
  return listens === null
    ? { kind: 'cannot', why: whyOf(factOf(facts, 'cannot')) }
    : { kind: 'runs', target: listens };
}

const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);

/** False: it listens on another host, where its process is, too. */
const isOnMachine = (target: RemoteTarget): boolean =>
  target.kind === 'unixSocket' || ['localhost', '127.0.0.1', '::1'].includes(target.host);

/** A shell function that writes the keeper's program; nothing of it is parsed as shell. */
function modulesWriter(mark: string): string {
  const files = Object.entries(modules).map(([name, text]) => {
    const end = documentEnd(mark, text);
    return `cat >"$1/${name}.py" <<'${end}' || return 1\n${text}\n${end}\n[ -s "$1/${name}.py" ] || return 1`;
  });
  return `write_modules() {\n${files.join('\n')}\n}`;
}

function whyOf(word: string | undefined): Extract<OutputKeeping, { kind: 'cannot' }>['why'] {
  return word === 'python' || word === 'space' ? word : 'start';
}
