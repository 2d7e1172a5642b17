import { AppError } from '../../shared/errors/app-error';
import type { Machine, MachineId } from '../../shared/model/machine';
import type { MachineList } from '../../shared/model/machine-list';
import type { Tunnel, TunnelDraft, TunnelId } from '../../shared/model/tunnel';
import type { TunnelsSnapshot } from '../../shared/model/tunnel-status';
import { MachineTunnels, type MachineTunnelsDependencies } from './machine-tunnels';

/** What is used of the saved machines. */
interface SavedMachines {
  list(): Pick<MachineList, 'machines'>;
  /** @throws machine-not-found */
  get(id: MachineId): Machine;
  /** @throws machine-not-found, store-disk-full, store-write-failed */
  setTunnels(id: MachineId, tunnels: readonly Tunnel[]): void;
}

export interface TunnelServiceDependencies extends Omit<MachineTunnelsDependencies, 'onSwitchForgotten'> {
  readonly machines: SavedMachines;
  readonly newId: () => TunnelId;
  /** A switch went off by itself, and that could not be saved: at the next start it is looked at again. */
  readonly onSwitchNotSaved: (error: unknown) => void;
}

/**
 * All tunnels. What they are is saved with their machines, whose changes this follows; where they are is told by
 * snapshots, what goes through them by measurements.
 */
export class TunnelService {
  readonly #machines = new Map<MachineId, MachineTunnels>();
  #isClosed = false;

  constructor(private readonly deps: TunnelServiceDependencies) {}

  /** At app start: opens what starts with the app. What is started by hand is off then, however the app ended. */
  start(): void {
    this.machinesChanged();
    for (const machine of this.deps.machines.list().machines) {
      for (const tunnel of machine.tunnels) {
        if (!tunnel.isOn) continue;
        if (tunnel.startsWith === 'hand') this.#forgetSwitch(machine.id, tunnel.id);
        else if (tunnel.startsWith === 'app') this.#of(machine.id).run(tunnel.id).turnOn();
      }
    }
  }

  /** To be called when the saved machines changed. */
  machinesChanged(): void {
    if (this.#isClosed) return;
    const { machines } = this.deps.machines.list();
    const ids = new Set(machines.map(({ id }) => id));
    for (const [id, tunnels] of this.#machines) {
      if (ids.has(id)) continue;
      tunnels.end();
      this.#machines.delete(id);
    }
    for (const machine of machines) this.#of(machine.id).follow(machine);
  }

  /** Call when there may be a way to the machines again: what starts with the app tries to connect at once. */
  networkChanged(): void {
    for (const tunnels of this.#machines.values()) tunnels.networkChanged();
  }

  snapshots(): readonly TunnelsSnapshot[] {
    return [...this.#machines.values()].map(({ snapshot }) => snapshot);
  }

  /** Creates (draft without id, turned off) or replaces. @throws machine-not-found, tunnel-not-found, store-disk-full, store-write-failed */
  save(machineId: MachineId, draft: TunnelDraft): Tunnel {
    const { tunnels } = this.deps.machines.get(machineId);
    if (draft.id === null) {
      const created: Tunnel = { ...draft, id: this.deps.newId(), isOn: false };
      this.deps.machines.setTunnels(machineId, [...tunnels, created]);
      return created;
    }
    const saved: Tunnel = { ...draft, id: draft.id, isOn: this.tunnel(machineId, draft.id).isOn };
    this.#replace(machineId, saved);
    return saved;
  }

  /** @throws machine-not-found, tunnel-not-found, store-disk-full, store-write-failed */
  remove(machineId: MachineId, tunnelId: TunnelId): void {
    const { id } = this.tunnel(machineId, tunnelId);
    const { tunnels } = this.deps.machines.get(machineId);
    this.deps.machines.setTunnels(
      machineId,
      tunnels.filter((tunnel) => tunnel.id !== id),
    );
  }

  /** Turns a tunnel on, connecting if needed, or off, and remembers it. @throws machine-not-found, tunnel-not-found, store-disk-full, store-write-failed */
  turn(machineId: MachineId, tunnelId: TunnelId, isOn: boolean): void {
    const tunnel = this.tunnel(machineId, tunnelId);
    if (tunnel.isOn !== isOn) this.#replace(machineId, { ...tunnel, isOn });
    const run = this.#of(machineId).run(tunnelId);
    if (isOn) run.turnOn();
    else run.turnOff();
  }

  /** Looks for ports of the machine that something listens on. @throws AppError as connecting does */
  async look(machineId: MachineId): Promise<void> {
    this.deps.machines.get(machineId);
    await this.#of(machineId).look();
  }

  /** @throws machine-not-found, tunnel-not-found */
  tunnel(machineId: MachineId, tunnelId: TunnelId): Tunnel {
    const tunnel = this.deps.machines.get(machineId).tunnels.find(({ id }) => id === tunnelId);
    if (tunnel === undefined) throw new AppError('tunnel-not-found');
    return tunnel;
  }

  /** Closes every tunnel; the switches stay as they are. */
  closeAll(): void {
    this.#isClosed = true;
    for (const tunnels of this.#machines.values()) tunnels.end();
    this.#machines.clear();
  }

  #of(machineId: MachineId): MachineTunnels {
    let tunnels = this.#machines.get(machineId);
    if (tunnels === undefined) {
      const machine = this.deps.machines.get(machineId);
      tunnels = new MachineTunnels(machine, {
        ...this.deps,
        onSwitchForgotten: (tunnelId) => this.#forgetSwitch(machineId, tunnelId),
      });
      this.#machines.set(machineId, tunnels);
      tunnels.follow(machine);
    }
    return tunnels;
  }

  #replace(machineId: MachineId, saved: Tunnel): void {
    const { tunnels } = this.deps.machines.get(machineId);
    this.deps.machines.setTunnels(
      machineId,
      tunnels.map((tunnel) => (tunnel.id === saved.id ? saved : tunnel)),
    );
  }

  #forgetSwitch(machineId: MachineId, tunnelId: TunnelId): void {
    if (this.#isClosed) return;
    try {
      this.#replace(machineId, { ...this.tunnel(machineId, tunnelId), isOn: false });
    } catch (error) {
      this.deps.onSwitchNotSaved(error);
    }
  }
}
