import { AppError } from '../../../shared/errors/app-error';
import type { KernelId, KernelsSnapshot } from '../../../shared/model/kernel';
import type { MachineId } from '../../../shared/model/machine';
import type { ServerId } from '../../../shared/model/notebook';
import type { Connections } from '../../connection/machine-link';
import { KernelsClient } from './kernels-client';
import { MachineKernels, type MachineKernelsDependencies } from './machine-kernels';
import type { WatchedServer } from './server-watch';

export interface KernelServiceDependencies extends Omit<MachineKernelsDependencies, 'link'> {
  readonly connections: Pick<Connections, 'link'>;
  /** The servers that are known to run on a machine; empty for one that was not asked. */
  readonly serversOf: (machineId: MachineId) => readonly WatchedServer[];
}

/**
 * Watches the kernels of all servers that are known, for as long as their machines are connected; asks for no
 * connection by itself.
 */
export class KernelService {
  readonly #machines = new Map<MachineId, MachineKernels>();

  constructor(private readonly deps: KernelServiceDependencies) {}

  snapshots(): readonly KernelsSnapshot[] {
    return [...this.#machines.values()].map(({ snapshot }) => snapshot);
  }

  snapshotOf(machineId: MachineId): KernelsSnapshot | undefined {
    return this.#machines.get(machineId)?.snapshot;
  }

  /** What is known of a machine's servers may have changed. */
  serversChanged(machineId: MachineId): void {
    const servers = this.deps.serversOf(machineId);
    let machine = this.#machines.get(machineId);
    if (machine === undefined) {
      if (servers.length === 0) return;
      const { connections, ...deps } = this.deps;
      machine = new MachineKernels(machineId, { ...deps, link: connections.link(machineId) });
      this.#machines.set(machineId, machine);
    }
    machine.setServers(servers);
  }

  /** @throws AppError `kernel-gone`, `kernel-refused`, `notebook-gone`, `notebook-token-unknown`, or why the connection failed */
  interrupt(machineId: MachineId, serverId: ServerId, kernelId: KernelId): Promise<void> {
    return this.#order(machineId, serverId, (client) => client.interrupt(kernelId));
  }

  /** Resolves once the new process runs. @throws as `interrupt` does */
  restart(machineId: MachineId, serverId: ServerId, kernelId: KernelId): Promise<void> {
    this.#machines.get(machineId)?.noteTold(serverId, kernelId, 'toldToRestart');
    return this.#order(machineId, serverId, (client) => client.restart(kernelId));
  }

  /** @throws as `interrupt` does */
  shutDown(machineId: MachineId, serverId: ServerId, kernelId: KernelId): Promise<void> {
    this.#machines.get(machineId)?.noteTold(serverId, kernelId, 'toldToEnd');
    return this.#order(machineId, serverId, (client) => client.shutDown(kernelId));
  }

  /** The machine was removed. */
  forget(machineId: MachineId): void {
    this.#machines.get(machineId)?.stop();
    this.#machines.delete(machineId);
  }

  stopAll(): void {
    for (const machineId of [...this.#machines.keys()]) this.forget(machineId);
  }

  async #order(
    machineId: MachineId,
    serverId: ServerId,
    order: (client: KernelsClient) => Promise<void>,
  ): Promise<void> {
    const server = this.deps.serversOf(machineId).find((one) => one.serverId === serverId);
    if (server === undefined) throw new AppError('notebook-gone');
    if (!server.canOpen) throw new AppError('notebook-token-unknown');
    const link = this.deps.connections.link(machineId);
    // An order is not kept for when the connection is back: by then the user may have thought better of it.
    if (link.state().kind !== 'ready') throw new AppError('not-connected');
    try {
      await order(new KernelsClient(await link.whenReady(), server.running, this.deps.clock));
    } catch (error) {
      const known = AppError.from(error);
      throw known.code === 'channel-refused' ? new AppError('notebook-gone', {}, { cause: error }) : known;
    } finally {
      this.#machines.get(machineId)?.askNow(serverId);
    }
  }
}
