import { isDeepStrictEqual } from 'node:util';
import type { KernelId, KernelsSnapshot } from '../../../shared/model/kernel';
import type { MachineId } from '../../../shared/model/machine';
import type { ServerId } from '../../../shared/model/notebook';
import type { MachineLink } from '../../connection/machine-link';
import type { Clock } from '../../system/clock';
import type { KernelIncident } from './kernel-state';
import { type KernelOrder, ServerWatch, type WatchedServer } from './server-watch';

/** sshd has ten sessions for a connection (sshd_config(5), MaxSessions), and other work needs some. */
const listenersAtMost = 3;

/** An incident, and where it happened. */
export interface PlacedIncident {
  readonly machineId: MachineId;
  readonly serverId: ServerId;
  readonly incident: KernelIncident;
}

export interface MachineKernelsDependencies {
  readonly link: MachineLink;
  readonly clock: Clock;
  readonly random: (sizeBytes: number) => Buffer;
  readonly onChanged: (snapshot: KernelsSnapshot) => void;
  readonly onIncident: (incident: PlacedIncident) => void;
}

/** One watch for each known server of a machine. */
export class MachineKernels {
  #watches: readonly ServerWatch[] = [];
  #revision = 0;

  constructor(
    private readonly machineId: MachineId,
    private readonly deps: MachineKernelsDependencies,
  ) {}

  get snapshot(): KernelsSnapshot {
    return {
      machineId: this.machineId,
      revision: this.#revision,
      servers: this.#watches.map(({ snapshot }) => snapshot),
    };
  }

  /** Begins to watch servers that are new, or run anew under their id, and ends to watch those that are left out. */
  setServers(servers: readonly WatchedServer[]): void {
    const before = this.#watches;
    this.#watches = servers.map(
      (server, at) =>
        before.find((watch) => isDeepStrictEqual(watch.server, server)) ??
        this.#watchOf(server, at < listenersAtMost),
    );
    for (const watch of before) if (!this.#watches.includes(watch)) watch.stop();
    const isSame =
      before.length === this.#watches.length && before.every((watch, at) => watch === this.#watches[at]);
    if (!isSame) this.#changed();
  }

  noteTold(serverId: ServerId, kernelId: KernelId, order: KernelOrder): void {
    this.#find(serverId)?.noteTold(kernelId, order);
  }

  askNow(serverId: ServerId): void {
    this.#find(serverId)?.askNow();
  }

  stop(): void {
    for (const watch of this.#watches) watch.stop();
    this.#watches = [];
  }

  #watchOf(server: WatchedServer, mayListen: boolean): ServerWatch {
    const { link, clock, random, onIncident } = this.deps;
    const { serverId } = server;
    return new ServerWatch(server, {
      link,
      clock,
      random,
      mayListen,
      onChanged: () => this.#changed(),
      onIncident: (incident) => onIncident({ machineId: this.machineId, serverId, incident }),
    });
  }

  #find(serverId: ServerId): ServerWatch | undefined {
    return this.#watches.find((watch) => watch.server.serverId === serverId);
  }

  #changed(): void {
    this.#revision += 1;
    this.deps.onChanged(this.snapshot);
  }
}
