import { z } from 'zod';
import { AppError } from '../../shared/errors/app-error';
import {
  type Jump,
  Machine,
  type MachineDraft,
  type MachineId,
  type MachineList,
} from '../../shared/model/machine';
import type { Tunnel, TunnelId } from '../../shared/model/tunnel';
import { wayTo } from '../../shared/model/way';
import type { RecoverableStore } from '../system/recoverable-store';
import { nameOfDuplicate } from './name-of-duplicate';

/** What `machines.json` holds. Secrets are never in it. */
export const MachinesData = z.strictObject({ machines: z.array(Machine).readonly() });
export type MachinesData = Readonly<z.infer<typeof MachinesData>>;

export const noMachines: MachinesData = { machines: [] };

interface MachineStoreDependencies {
  readonly store: Pick<RecoverableStore<MachinesData>, 'value' | 'replace'>;
  readonly newId: () => MachineId;
  readonly newTunnelId: () => TunnelId;
  readonly onChanged: (list: MachineList) => void;
}

/**
 * The saved machines, in the order in which they were made. Every change is on disk before it is seen; when it
 * can't be written, it throws `store-disk-full` or `store-write-failed` and nothing has changed.
 */
export class MachineStore {
  #revision = 0;
  /** Removed in this run, with their places, so that `restore` can undo it. */
  readonly #removed = new Map<MachineId, { readonly machine: Machine; readonly index: number }>();

  constructor(private readonly deps: MachineStoreDependencies) {}

  list(): MachineList {
    return { revision: this.#revision, machines: this.#machines };
  }

  /** @throws machine-not-found */
  get(id: MachineId): Machine {
    const machine = this.#machines.find((candidate) => candidate.id === id);
    if (machine === undefined) throw new AppError('machine-not-found');
    return machine;
  }

  /**
   * Creates a machine (draft without id) or replaces one.
   * @throws machine-not-found, jump-loop, jump-machine-missing, store-disk-full, store-write-failed
   */
  save(draft: MachineDraft): Machine {
    wayTo(draft, this.#machines);
    if (draft.id === null) return this.#add({ ...draft, id: this.deps.newId(), isDemo: false, tunnels: [] });
    const { isDemo, tunnels } = this.get(draft.id);
    const machine: Machine = { ...draft, id: draft.id, isDemo, tunnels };
    this.#replace(this.#machines.map((other) => (other.id === machine.id ? machine : other)));
    return machine;
  }

  /** Creates or replaces the demo machine. @throws store-disk-full, store-write-failed */
  saveDemo(draft: MachineDraft): Machine {
    const existing = this.#machines.find((machine) => machine.isDemo);
    if (existing === undefined)
      return this.#add({ ...draft, id: this.deps.newId(), isDemo: true, tunnels: [] });
    return this.save({ ...draft, id: existing.id });
  }

  /** @throws machine-not-found, store-disk-full, store-write-failed */
  duplicate(id: MachineId): Machine {
    const original = this.get(id);
    const name = nameOfDuplicate(
      original.name,
      this.#machines.map((machine) => machine.name),
    );
    // Turned off: they would want the very ports that the original's have.
    const tunnels = original.tunnels.map((tunnel) => ({
      ...tunnel,
      id: this.deps.newTunnelId(),
      isOn: false,
    }));
    return this.#add({ ...original, id: this.deps.newId(), name, isDemo: false, tunnels });
  }

  /** Fails while other machines are reached through this one. @throws machine-not-found, machine-is-jump */
  assertRemovable(id: MachineId): void {
    const dependants = this.#machines.filter(
      (other) => other.id !== id && other.route.jumps.some((jump) => isJumpOver(jump, id)),
    );
    if (dependants.length === 0) return;
    const machines = dependants.map(({ name }) => name).join(', ');
    throw new AppError('machine-is-jump', { machine: this.get(id).name, machines });
  }

  /** @throws machine-not-found, machine-is-jump, store-disk-full, store-write-failed */
  remove(id: MachineId): void {
    this.assertRemovable(id);
    const machine = this.get(id);
    const index = this.#machines.indexOf(machine);
    this.#replace(this.#machines.filter((other) => other.id !== id));
    this.#removed.set(id, { machine, index });
  }

  /** Undoes `remove`. @throws machine-not-found, store-disk-full, store-write-failed */
  restore(id: MachineId): Machine {
    const removed = this.#removed.get(id);
    if (removed === undefined) throw new AppError('machine-not-found');
    this.#replace(this.#machines.toSpliced(removed.index, 0, removed.machine));
    this.#removed.delete(id);
    return removed.machine;
  }

  /** @throws machine-not-found, store-disk-full, store-write-failed */
  setTunnels(id: MachineId, tunnels: readonly Tunnel[]): void {
    const machine: Machine = { ...this.get(id), tunnels };
    this.#replace(this.#machines.map((other) => (other.id === id ? machine : other)));
  }

  get #machines(): readonly Machine[] {
    return this.deps.store.value().machines;
  }

  #add(machine: Machine): Machine {
    this.#replace([...this.#machines, machine]);
    return machine;
  }

  #replace(machines: readonly Machine[]): void {
    this.deps.store.replace({ machines });
    this.#revision += 1;
    this.deps.onChanged(this.list());
  }
}

const isJumpOver = (jump: Jump, id: MachineId): boolean => jump.kind === 'machine' && jump.machineId === id;
