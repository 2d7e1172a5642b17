import type { NotebookServer, OutputKeeping, ServerId } from '../../shared/model/notebook';
import type { MachineLink } from '../connection/machine-link';
import type { Transport } from '../connection/transport';
import { withTransport } from '../connection/with-transport';
import type { RemoteTarget } from '../gateway/routes';
import type { KeeperOutcome, KeptServer } from './start-keeper';

/** Lets what the kernels of a server say be kept on the machine. @throws AppError why the connection failed */
export type KeepOutput = (transport: Transport, server: KeptServer) => Promise<KeeperOutcome>;

/** What is known of the keepers of one machine's servers. */
export class OutputKeepers {
  readonly #keeping = new Map<ServerId, OutputKeeping>();
  readonly #targets = new Map<ServerId, RemoteTarget>();

  constructor(private readonly keepOutput: KeepOutput) {}

  keepingOf(serverId: ServerId): OutputKeeping {
    return this.#keeping.get(serverId) ?? { kind: 'unknown' };
  }

  /** Where the keeper of a server that was opened listens; null: it has none, or was not opened. */
  targetOf(serverId: ServerId): RemoteTarget | null {
    return this.#targets.get(serverId) ?? null;
  }

  /**
   * Where the server's keeper listens; null: this machine can't have one.
   * @throws AppError when only the user can bring the connection back
   */
  async keep(
    link: MachineLink,
    server: Pick<NotebookServer, 'id' | 'origin' | 'interface'>,
    running: KeptServer,
  ): Promise<RemoteTarget | null> {
    const outcome = await withTransport(link, (transport) => this.keepOutput(transport, running));
    this.#keeping.set(
      server.id,
      outcome.kind === 'runs'
        ? { kind: 'kept', isRestored: isOpenToScripts(server) }
        : { kind: 'cannot', why: outcome.why },
    );
    if (outcome.kind !== 'runs') {
      this.#targets.delete(server.id);
      return null;
    }
    this.#targets.set(server.id, outcome.target);
    return outcome.target;
  }
}

/** JupyterLab and Notebook 7 show their parts to scripts only when started so, as by Nuvem; the classic one always. */
const isOpenToScripts = (server: Pick<NotebookServer, 'origin' | 'interface'>): boolean =>
  server.origin === 'nuvem' || server.interface === 'classic';
