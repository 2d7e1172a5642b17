import { AppError } from '../../shared/errors/app-error';
import type { Machine, NotebookChoice } from '../../shared/model/machine';
import type { notebookSteps } from '../../shared/model/notebook';
import type { MachineLink } from '../connection/machine-link';
import type { Transport } from '../connection/transport';
import { withTransport } from '../connection/with-transport';
import type { Clock } from '../system/clock';
import { describeServer, type KnownServer } from './find';
import { awaitImage, type ImageProgress } from './images/image-launch';
import {
  awaitServer,
  type LaunchOutcome,
  type LaunchRequest,
  launchServer,
  portOfCommand,
  randomPort,
} from './launch';
import { runRemoteScript } from './remote-script';
import { endInstance } from './stop';
import { removeUnit } from './units/act-on-unit';
import type { ServiceLaunch } from './units/unit-launch';

/** A slow file system may need a minute to load Jupyter. */
const startSecondsAtMost = 120;
const waitSeconds = 20;
/** Short enough to show how an image comes in. */
const imageWaitSeconds = 2;
const answerPauseMs = 250;
const answerTriesAtMost = 60;

export interface StartDependencies {
  readonly link: MachineLink;
  readonly clock: Clock;
  readonly random: (sizeBytes: number) => Buffer;
  readonly onStep: (step: (typeof notebookSteps)[number]) => void;
  /** An image is on its way to the machine. */
  readonly onImageProgress: (progress: ImageProgress) => void;
  /** Calls the start off: what was started is ended. */
  readonly signal: AbortSignal;
  /** Makes the server a service of systemd. */
  readonly service?: ServiceLaunch;
}

type Address = LaunchRequest['address'];
type Unreachable = { readonly kind: 'unreachable'; readonly error: AppError };

/**
 * Starts a server with the machine's settings and resolves once it answers through the connection. It listens
 * on a unix socket; where the server or sshd cannot do that, on a port of the machine's loopback. Begins
 * again where it was when the connection is lost meanwhile.
 * @throws AppError as `launchServer` and `awaitImage` do; `remote-port-in-use`, `notebook-start-timed-out`; the
 *   reason of `signal`
 */
export async function startServer(
  { workingFolder, notebook }: Pick<Machine, 'workingFolder' | 'notebook'>,
  mayReuse: boolean,
  dependencies: StartDependencies,
): Promise<KnownServer> {
  const { link, random, onStep } = dependencies;
  onStep('preparing');
  const ownPort = notebook.kind === 'command' ? portOfCommand(notebook.line) : null;
  if (ownPort !== null) await withTransport(link, (transport) => refuseTakenPort(transport, ownPort));
  const addresses: readonly Address[] =
    ownPort !== null ? [{ kind: 'own' }] : [{ kind: 'socket' }, { kind: 'port', port: randomPort(random) }];
  let failure = new AppError('internal');
  for (const address of addresses) {
    const { service } = dependencies;
    const request = {
      id: service?.id ?? random(6).toString('hex'),
      settings: { workingFolder, notebook },
      address,
      mayReuse,
      ...(service === undefined ? {} : { service }),
    };
    const outcome = await tryAddress(request, dependencies);
    if ('server' in outcome) {
      if (hasRefusedSockets(failure)) await rememberRefusal(dependencies);
      return outcome;
    }
    failure = outcome.error;
    if (failure.code === 'remote-disk-full') break;
  }
  throw failure;
}

/** The way to the socket is barred, and not by the server. */
const hasRefusedSockets = ({ code }: AppError): boolean =>
  code === 'channel-refused' || code === 'forwarding-refused';

/** Later starts on this machine take a port at once; see the launch script. */
async function rememberRefusal({ link, random }: StartDependencies): Promise<void> {
  const script = { text: ': >"$base/.no-sockets"', values: {} };
  await withTransport(link, (transport) => runRemoteScript(transport, script, random));
}

async function tryAddress(
  request: LaunchRequest,
  dependencies: StartDependencies,
): Promise<KnownServer | Unreachable> {
  const { link, random, onStep, signal } = dependencies;
  onStep('launching');
  const id = await withTransport(link, (transport) => launchServer(transport, request, random), signal);
  onStep('waiting');
  let outcome: LaunchOutcome;
  try {
    outcome = await untilListening(id, request.settings.notebook, dependencies);
  } catch (error) {
    if (signal.aborted) await discard(id, dependencies);
    throw error;
  }
  if (outcome.kind === 'listening') {
    const known = await untilAnswering(id, outcome, dependencies);
    if (!('kind' in known)) return known;
    await discard(id, dependencies);
    return known;
  }
  await discard(id, dependencies);
  if (outcome.kind === 'ended') return { kind: 'unreachable', error: outcome.error };
  throw new AppError('notebook-start-timed-out', { seconds: startSecondsAtMost }, { details: outcome.log });
}

/** Ends what was started, and leaves nothing of it behind. */
async function discard(id: string, { link, random, service }: StartDependencies): Promise<void> {
  await withTransport(link, (transport) =>
    service === undefined
      ? endInstance(transport, { id, pid: 0, asked: false }, random)
      : removeUnit(transport, service, random),
  );
}

async function untilListening(
  id: string,
  notebook: NotebookChoice,
  { link, clock, random, onStep, onImageProgress, signal }: StartDependencies,
): Promise<LaunchOutcome> {
  let deadlineMs = clock.monotonicMs() + startSecondsAtMost * 1000;
  for (;;) {
    signal.throwIfAborted();
    const outcome = await withTransport(
      link,
      (transport) =>
        notebook.kind === 'image'
          ? awaitImage(transport, id, notebook, imageWaitSeconds, random)
          : awaitServer(transport, id, waitSeconds, random),
      signal,
    );
    if (outcome.kind === 'coming') {
      onImageProgress(outcome.progress);
      deadlineMs = clock.monotonicMs() + startSecondsAtMost * 1000;
      continue;
    }
    if (outcome.kind !== 'pending') return outcome;
    onStep('waiting');
    if (clock.monotonicMs() >= deadlineMs) return outcome;
  }
}

/** `unreachable`: it runs, but the way to its address is barred. */
async function untilAnswering(
  id: string,
  { running, facts }: Extract<LaunchOutcome, { kind: 'listening' }>,
  { link, clock }: StartDependencies,
): Promise<KnownServer | Unreachable> {
  let failure = new AppError('notebook-start-timed-out', { seconds: startSecondsAtMost });
  for (let tries = 0; tries < answerTriesAtMost; tries += 1) {
    try {
      const known = await withTransport(link, (transport) =>
        describeServer(transport, running, 'own', id, facts),
      );
      if (known.server.canOpen) return known;
      throw new AppError('notebook-token-unknown');
    } catch (error) {
      failure = AppError.from(error);
      if (failure.code === 'channel-refused' && running.target.kind === 'tcp')
        await pause(clock, answerPauseMs);
      else if (failure.code === 'remote-command-failed') await pause(clock, answerPauseMs);
      else if (failure.code === 'channel-refused' || failure.code === 'forwarding-refused') break;
      else throw failure;
    }
  }
  return { kind: 'unreachable', error: failure };
}

/** @throws AppError `remote-port-in-use` when somebody listens there already */
async function refuseTakenPort(transport: Transport, port: number): Promise<void> {
  try {
    (await transport.openTcp('127.0.0.1', port)).destroy();
  } catch (error) {
    const known = AppError.from(error);
    if (known.code === 'channel-refused') return;
    throw known;
  }
  throw new AppError('remote-port-in-use', { port });
}

const pause = (clock: Clock, delayMs: number): Promise<void> =>
  new Promise((resolve) => {
    clock.after(delayMs, resolve);
  });
