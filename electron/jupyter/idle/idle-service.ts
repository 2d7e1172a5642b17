import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../../shared/errors/app-error';
import type { IdleSnapshot } from '../../../shared/model/idle';
import type { IdlePolicy } from '../../../shared/model/idle-policy';
import type { MachineId } from '../../../shared/model/machine';
import type { ServerId } from '../../../shared/model/notebook';
import type { Connections } from '../../connection/machine-link';
import type { Clock } from '../../system/clock';
import { IdleClient, type IdleCounter, type ToldIdle } from './idle-client';
import { OwnIdleCount } from './own-idle-count';
import { type IdleOver, OwnIdleCounter } from './own-idle-counter';
import { askActivity } from './server-activity';
import { type IdleNews, type IdleServer, ServerIdleWatch } from './server-idle-watch';

/** News, and of which server. */
export interface PlacedIdleNews {
  readonly machineId: MachineId;
  readonly server: Pick<IdleServer, 'serverId' | 'folder'>;
  readonly news: IdleNews;
}

export interface IdleServiceDependencies {
  readonly connections: Pick<Connections, 'link'>;
  readonly clock: Clock;
  /** The servers of a machine of which it is known who counts. */
  readonly serversOf: (machineId: MachineId) => readonly IdleServer[];
  /** Ends a server beside which no keeper does. */
  readonly endServer: (machineId: MachineId, serverId: ServerId, over: IdleOver) => Promise<void>;
  readonly onChanged: (snapshot: IdleSnapshot) => void;
  readonly onNews: (news: PlacedIdleNews) => void;
}

interface MachineIdle {
  watches: readonly ServerIdleWatch[];
  /** Of the servers that have no keeper. */
  readonly ownCounts: Map<ServerId, OwnIdleCount>;
  revision: number;
}

/**
 * What happens to servers that nobody uses: shows it, changes it, and says when it is about to happen. It is their
 * keepers on the machines who count, and who end them, so that this also holds while Nuvem does not run. Where there can
 * be no keeper, Nuvem counts and ends them itself.
 */
export class IdleService {
  readonly #machines = new Map<MachineId, MachineIdle>();

  constructor(private readonly deps: IdleServiceDependencies) {}

  snapshots(): readonly IdleSnapshot[] {
    return [...this.#machines.keys()].map((machineId) => this.#snapshotOf(machineId));
  }

  /** What is known of a machine's servers may have changed. */
  serversChanged(machineId: MachineId): void {
    const servers = this.deps.serversOf(machineId);
    const machine: MachineIdle = this.#machines.get(machineId) ?? {
      watches: [],
      ownCounts: new Map(),
      revision: 0,
    };
    if (servers.length === 0 && machine.watches.length === 0) return;
    this.#machines.set(machineId, machine);
    const before = machine.watches;
    machine.watches = servers.map(
      (server) =>
        before.find((watch) => isDeepStrictEqual(watch.server, server)) ??
        this.#watch(machineId, server, machine.ownCounts),
    );
    const gone = before.filter((watch) => !machine.watches.includes(watch));
    for (const watch of gone) watch.stop();
    for (const serverId of [...machine.ownCounts.keys()])
      if (!servers.some((server) => server.serverId === serverId && server.keeper === null))
        machine.ownCounts.delete(serverId);
    if (gone.length > 0) this.#changed(machineId);
  }

  /** From now on this happens to the server; the time begins anew. @throws notebook-gone, or as `IdleCounter` does */
  set(machineId: MachineId, serverId: ServerId, policy: IdlePolicy): Promise<void> {
    return this.#order(machineId, serverId, (counter) => counter.set(policy));
  }

  /** The time begins anew, as if a cell had run. @throws as `set` does */
  keep(machineId: MachineId, serverId: ServerId): Promise<void> {
    return this.#order(machineId, serverId, (counter) => counter.keep());
  }

  /** The machine was removed. */
  forget(machineId: MachineId): void {
    for (const watch of this.#machines.get(machineId)?.watches ?? []) watch.stop();
    this.#machines.delete(machineId);
  }

  stopAll(): void {
    for (const machineId of [...this.#machines.keys()]) this.forget(machineId);
  }

  async #order(
    machineId: MachineId,
    serverId: ServerId,
    order: (counter: IdleCounter) => Promise<ToldIdle>,
  ): Promise<void> {
    const watches = this.#machines.get(machineId)?.watches ?? [];
    const watch = watches.find(({ server }) => server.serverId === serverId);
    if (watch === undefined) throw new AppError('notebook-gone');
    try {
      await watch.order(order);
    } catch (error) {
      const known = AppError.from(error);
      throw known.code === 'channel-refused' ? new AppError('notebook-gone', {}, { cause: error }) : known;
    }
  }

  #watch(machineId: MachineId, server: IdleServer, ownCounts: Map<ServerId, OwnIdleCount>): ServerIdleWatch {
    const { connections, clock, endServer, onNews } = this.deps;
    const { serverId, running, keeper, begins } = server;
    // Outlives this watch: a policy holds also after a login anew, or once systemd has started the server again.
    const count = ownCounts.get(serverId) ?? new OwnIdleCount(begins, clock);
    if (keeper === null) ownCounts.set(serverId, count);
    return new ServerIdleWatch(server, {
      link: connections.link(machineId),
      clock,
      counterOver: (transport) =>
        keeper === null
          ? new OwnIdleCounter(
              count,
              () => askActivity(transport, running),
              (over) => endServer(machineId, serverId, over),
            )
          : new IdleClient(transport, running, keeper),
      onChanged: () => this.#changed(machineId),
      onNews: (news) => onNews({ machineId, server, news }),
    });
  }

  #changed(machineId: MachineId): void {
    const machine = this.#machines.get(machineId);
    if (machine === undefined) return;
    machine.revision += 1;
    this.deps.onChanged(this.#snapshotOf(machineId));
  }

  #snapshotOf(machineId: MachineId): IdleSnapshot {
    const machine = this.#machines.get(machineId);
    return {
      machineId,
      revision: machine?.revision ?? 0,
      servers: (machine?.watches ?? []).flatMap(({ state }) => (state === null ? [] : [state])),
    };
  }
}
