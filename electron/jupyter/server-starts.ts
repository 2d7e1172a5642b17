import { AppError } from '../../shared/errors/app-error';
import type { Machine } from '../../shared/model/machine';
import type { NotebookActivity } from '../../shared/model/notebook';
import type { MachineLink } from '../connection/machine-link';
import type { KnownServer } from './find';
import type { NotebookDependencies } from './notebook-dependencies';
import { startServer } from './start-server';
import type { ServiceLaunch } from './units/unit-launch';

interface ServerStartsDependencies extends Pick<NotebookDependencies, 'log' | 'clock' | 'random'> {
  readonly onProgress: (activity: NotebookActivity) => void;
}

/** Starts the servers of one machine, one at a time, tells how far that is, and calls it off. */
export class ServerStarts {
  #cancel: () => void = () => undefined;

  constructor(private readonly deps: ServerStartsDependencies) {}

  /** @throws AppError `cancelled`, or as `startServer` does */
  async start(
    link: MachineLink,
    machine: Machine,
    mayReuse: boolean,
    service?: ServiceLaunch,
  ): Promise<KnownServer> {
    const { log, clock, random, onProgress } = this.deps;
    log.write(machine.id, 'notebook-starting', { folder: machine.workingFolder || '~' });
    const calledOff = new AbortController();
    this.#cancel = () => calledOff.abort(new AppError('cancelled'));
    const known = await startServer(machine, mayReuse, {
      link,
      clock,
      random,
      onStep: (step) => onProgress({ kind: 'starting', step }),
      onImageProgress: (progress) => onProgress({ kind: 'fetchingImage', ...progress }),
      signal: calledOff.signal,
      ...(service === undefined ? {} : { service }),
    }).finally(() => {
      this.#cancel = () => undefined;
    });
    const { address, detachedBy } = known.server;
    log.write(machine.id, 'notebook-started', { address, detachedBy });
    return known;
  }

  /** Calls off the start that is under way, if there is one: what it had begun is ended on the machine. */
  cancel(): void {
    this.#cancel();
  }
}
