import type { MachineId } from '../../shared/model/machine';
import { isService, type OutputKeeping, type ServerId } from '../../shared/model/notebook';
import type { MachineLink } from '../connection/machine-link';
import type { RemoteTarget } from '../gateway/routes';
import { OutputKeepers } from '../keeper/output-keepers';
import type { KnownServer } from './find';
import type { NotebookDependencies } from './notebook-dependencies';
import { authorizationOf } from './rest-request';
import { VirtualPorts } from './virtual-ports';
import { watchServer } from './watch';

/** systemd starts a service again within seconds; Jupyter itself may need a minute. */
const refusalsOfService = 90;

interface ServerRoutesDependencies
  extends Pick<NotebookDependencies, 'gateways' | 'clock' | 'log' | 'keepOutput'> {
  /** Nobody answers at its address any more; it is not watched from now on. */
  readonly onGone: (serverId: ServerId) => void;
  /** Another process answers at the same address: what was said of the one before does not hold any more. */
  readonly onRenewed: (serverId: ServerId) => void;
}

/** Leads the tabs of one machine to its servers, and looks after every server that they were led to. */
export class ServerRoutes {
  readonly #ports = new VirtualPorts();
  readonly #keepers: OutputKeepers;
  readonly #watches = new Map<ServerId, () => void>();

  constructor(
    private readonly machineId: MachineId,
    private readonly deps: ServerRoutesDependencies,
  ) {
    this.#keepers = new OutputKeepers(deps.keepOutput);
  }

  /** By which the machine's tabs know a server. */
  hostOf({ server, running }: KnownServer): string {
    return this.#ports.hostOf(server.id, running.target);
  }

  keepingOf(serverId: ServerId): OutputKeeping {
    return this.#keepers.keepingOf(serverId);
  }

  /** Where the keeper of a server listens, as far as it is known. */
  keeperOf({ server, keeper }: KnownServer): RemoteTarget | null {
    return this.#keepers.targetOf(server.id) ?? keeper;
  }

  /** Whoever can't see its process, or isn't let in by a token, can't look after it; the others may have just not tried. */
  mayGetKeeper({ server, running }: KnownServer): boolean {
    const isVisible = running.pid !== 0 && running.session === undefined;
    return isVisible && this.keepingOf(server.id).kind === 'unknown';
  }

  /**
   * Leads the machine's tabs to a server, and looks after it. @returns the host by which they know it
   * @throws AppError when only the user can bring the connection back
   */
  async lead(link: MachineLink, known: KnownServer): Promise<string> {
    const { gateways, clock, log, onGone, onRenewed } = this.deps;
    const { server, running, instanceId } = known;
    const kept = { target: running.target, pid: running.pid, folder: server.folder, instanceId };
    // A keeper looks after a process that it sees.
    const keeper = running.pid === 0 ? null : await this.#keepers.keep(link, server, kept);
    if (keeper === null) log.write(this.machineId, 'notebook-output-not-kept', {}, 'warning');
    const gateway = await gateways.open(this.machineId);
    const host = this.hostOf(known);
    gateway.setRoute({
      host,
      target: running.target,
      authorization: running.token === '' ? null : authorizationOf(running),
      loginCookie: running.session?.loginCookie ?? null,
      keeper,
    });
    this.unwatch(server.id);
    const renewal = { refusals: refusalsOfService, onRenewed: () => onRenewed(server.id) };
    const onEnd = (): void => {
      this.unwatch(server.id);
      onGone(server.id);
    };
    this.#watches.set(
      server.id,
      watchServer(link, running, clock, onEnd, isService(server) ? renewal : null),
    );
    return host;
  }

  /** Leads no tab there any more. */
  remove(known: KnownServer): void {
    this.deps.gateways.get(this.machineId)?.removeRoute(this.hostOf(known));
  }

  /** Its name is free for the next server, which may take its tabs over. */
  giveBack(serverId: ServerId): void {
    this.#ports.giveBack(serverId);
  }

  unwatch(serverId: ServerId): void {
    this.#watches.get(serverId)?.();
    this.#watches.delete(serverId);
  }

  unwatchAll(): void {
    for (const serverId of [...this.#watches.keys()]) this.unwatch(serverId);
  }
}
