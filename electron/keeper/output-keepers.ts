import type { OutputKeeping, ServerId } from '../../shared/model/notebook';
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

  constructor(private readonly keepOutput: KeepOutput) {}

  keepingOf(serverId: ServerId): OutputKeeping {
    return this.#keeping.get(serverId) ?? { kind: 'unknown' };
  }

  /**
   * Where the server's keeper listens; null: this machine can't have one.
   * @throws AppError when only the user can bring the connection back
   */
  async keep(link: MachineLink, serverId: ServerId, server: KeptServer): Promise<RemoteTarget | null> {
    const outcome = await withTransport(link, (transport) => this.keepOutput(transport, server));
    this.#keeping.set(
      serverId,
      outcome.kind === 'runs' ? { kind: 'kept' } : { kind: 'cannot', why: outcome.why },
    );
    return outcome.kind === 'runs' ? outcome.target : null;
  }
}
