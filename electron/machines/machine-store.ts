import { AppError } from '../../shared/errors/app-error';
import { withInherited } from '../../shared/model/inheritance';
import {
  type GroupId,
  isSaved,
  type Jump,
  type Machine,
  type MachineDraft,
  type MachineId,
  mostTags,
} from '../../shared/model/machine';
import type { GroupDraft, GroupSettings, MachineGroup } from '../../shared/model/machine-group';
import type { MachineList } from '../../shared/model/machine-list';
import { changeBetween, type MachineListChange } from '../../shared/model/machine-list-change';
import { type MachineMarks, withMarks } from '../../shared/model/machine-marks';
import type { Tunnel, TunnelId } from '../../shared/model/tunnel';
import { wayVia } from '../../shared/model/way';
import type { RecoverableStore } from '../system/recoverable-store';
import { arranged } from './arrange';
import { type EffectiveMachines, effectiveMachines, settingsByGroup } from './effective-machines';
import {
  groupOf,
  type RemovedGroup,
  withGroup,
  withMovedGroup,
  withoutGroup,
  withRestoredGroup,
} from './group-changes';
import { type MachinesData, mendedData, type StoredMachines, storedPart } from './machines-data';
import { nameOfDuplicate } from './name-of-duplicate';
import { isSameRoute } from './same-route';

interface MachineStoreDependencies {
  readonly store: Pick<RecoverableStore<StoredMachines>, 'value' | 'replace'>;
  readonly newId: () => MachineId;
  readonly newGroupId: () => GroupId;
  readonly newTunnelId: () => TunnelId;
  readonly onChanged: (change: MachineListChange) => void;
}

/**
 * The machines and their groups, in the order of the user. Machines are handed out with what they inherit in its
 * place. Every change to what is saved is on disk before it is seen; when it can't be written, it throws
 * `store-disk-full` or `store-write-failed` and nothing has changed. A change that leaves a machine without a way,
 * or a saved one with a way over an unsaved one, throws `jump-loop` or `jump-machine-missing`.
 */
export class MachineStore {
  #revision = 0;
  #effective: EffectiveMachines;
  /** What of it is on disk. */
  #stored: StoredMachines;
  /** Removed in this run, with their places, so that `restore` can undo it. */
  readonly #removed = new Map<MachineId, { readonly machine: Machine; readonly index: number }>();
  readonly #removedGroups = new Map<GroupId, RemovedGroup>();

  constructor(private readonly deps: MachineStoreDependencies) {
    this.#stored = mendedData(deps.store.value());
    this.#effective = effectiveMachines(this.#stored);
  }

  list(): MachineList {
    const { groups, defaults } = this.#data;
    return { revision: this.#revision, machines: this.#effective.machines, groups, defaults };
  }

  /** Makes many changes in one write, and hands out what comes with them. @throws what `edit` throws */
  change<Result>(
    edit: (data: MachinesData) => { readonly data: MachinesData; readonly result: Result },
  ): Result {
    const { data, result } = edit(this.#data);
    this.#commit(data);
    return result;
  }

  find(id: MachineId): Machine | undefined {
    return this.#effective.byId.get(id);
  }

  /** @throws machine-not-found */
  get(id: MachineId): Machine {
    const machine = this.find(id);
    if (machine === undefined) throw new AppError('machine-not-found');
    return machine;
  }

  /**
   * Creates a saved machine (draft without id) or replaces one; an unsaved one stays unsaved.
   * @throws machine-not-found, group-not-found
   */
  save(draft: MachineDraft): Machine {
    if (draft.groupId !== null) groupOf(this.#data, draft.groupId);
    if (draft.id === null) return this.#add(this.#new(draft));
    const { isDemo, tunnels, isUnsaved } = this.get(draft.id);
    return this.#replace({
      ...draft,
      id: draft.id,
      isDemo,
      tunnels,
      ...(isUnsaved === true && { isUnsaved, groupId: null }),
    });
  }

  /**
   * Makes a machine that lasts for this run alone. Where one leads by the same route, it is that one; it gets the
   * draft's identity if `setsIdentity`.
   */
  open(draft: MachineDraft, setsIdentity: boolean): Machine {
    const made: Machine = { ...this.#new({ ...draft, groupId: null }), isUnsaved: true };
    const wanted = withInherited(made, settingsByGroup(this.#data)(null));
    const known = this.#effective.machines.find(
      (machine) => !isSaved(machine) && isSameRoute(machine.route, wanted.route),
    );
    if (known === undefined) return this.#add(made);
    if (!setsIdentity) return known;
    const own = this.#own(known.id);
    const inherits = own.inherits.filter((setting) => setting !== 'identity');
    return this.#replace({ ...own, identity: wanted.identity, inherits });
  }

  /** Saves a machine that `open` made: as the draft has it, with its tunnels. @throws machine-not-found, group-not-found */
  keep(draft: MachineDraft & { readonly id: MachineId }): Machine {
    if (draft.groupId !== null) groupOf(this.#data, draft.groupId);
    const { isDemo, tunnels } = this.get(draft.id);
    return this.#replace({ ...draft, isDemo, tunnels });
  }

  /** Creates or replaces the demo machine; its place and marks stay. */
  saveDemo(draft: MachineDraft): Machine {
    const existing = this.#data.machines.find((machine) => machine.isDemo);
    if (existing === undefined)
      return this.#add({ ...draft, id: this.deps.newId(), isDemo: true, tunnels: [] });
    const { id, groupId, tags, isFavourite, colour } = existing;
    return this.save({ ...draft, id, groupId, tags, isFavourite, colour, inherits: [] });
  }

  /** @throws machine-not-found */
  duplicate(id: MachineId): Machine {
    const original = this.#own(id);
    const name = nameOfDuplicate(
      original.name,
      this.#data.machines.map((machine) => machine.name),
    );
    // Turned off: they would want the very ports that the original's have.
    const tunnels = original.tunnels.map((tunnel) => ({
      ...tunnel,
      id: this.deps.newTunnelId(),
      isOn: false,
    }));
    return this.#add({ ...original, id: this.deps.newId(), name, isDemo: false, tunnels });
  }

  /** Fails while others are reached through one of these. @throws machine-not-found, machine-is-jump */
  assertRemovable(ids: readonly MachineId[]): void {
    const removed = new Set(ids);
    const isJump = (jump: Jump): boolean => jump.kind === 'machine' && removed.has(jump.machineId);
    const { groups, defaults } = this.#data;
    const names = [
      ...this.#effective.machines.filter(({ id, route }) => !removed.has(id) && route.jumps.some(isJump)),
      ...groups.filter(({ settings }) => settings.jumps?.some(isJump)),
    ].map(({ name }) => name);
    const machine = ids.map((id) => this.get(id).name).join(', ');
    if (names.length > 0) throw new AppError('machine-is-jump', { machine, machines: names.join(', ') });
    if (defaults.jumps?.some(isJump)) throw new AppError('machine-is-default-jump', { machine });
  }

  /** @throws machine-not-found, machine-is-jump, machine-is-default-jump */
  remove(ids: readonly MachineId[]): void {
    this.assertRemovable(ids);
    const { machines } = this.#data;
    const places = machines.flatMap((machine, index) =>
      ids.includes(machine.id) ? [{ machine, index }] : [],
    );
    this.#commit({ ...this.#data, machines: machines.filter(({ id }) => !ids.includes(id)) });
    for (const place of places) this.#removed.set(place.machine.id, place);
  }

  /** Undoes `remove`, also in parts. @throws machine-not-found */
  restore(ids: readonly MachineId[]): void {
    const places = ids.map((id) => {
      const place = this.#removed.get(id);
      if (place === undefined) throw new AppError('machine-not-found');
      return place;
    });
    const { machines, groups } = this.#data;
    const restored = places
      .toSorted((one, other) => one.index - other.index)
      .reduce((all, { machine, index }) => all.toSpliced(index, 0, machine), machines);
    this.#commit(mendedData({ ...this.#data, groups, machines: restored }));
    for (const id of ids) this.#removed.delete(id);
  }

  /** @throws machine-not-found */
  setTunnels(id: MachineId, tunnels: readonly Tunnel[]): void {
    this.#replace({ ...this.#own(id), tunnels });
  }

  /** @throws machine-not-found, too-many-tags */
  mark(ids: readonly MachineId[], marks: MachineMarks): void {
    this.#change(ids, (machine) => {
      const marked = withMarks(machine, marks);
      if (marked.tags.length > mostTags) throw new AppError('too-many-tags', { machine: machine.name });
      return marked;
    });
  }

  /**
   * Puts machines, in their order, into a group (null: none), before another machine or after all others. Unsaved
   * ones get into no group.
   * @throws machine-not-found, group-not-found
   */
  move(ids: readonly MachineId[], groupId: GroupId | null, before: MachineId | null): void {
    if (groupId !== null) groupOf(this.#data, groupId);
    this.#change(
      ids,
      (machine) => (isSaved(machine) ? { ...machine, groupId } : machine),
      (machines) => arranged(machines, ids, before),
    );
  }

  /** Creates a group (draft without id) or replaces one. @throws group-not-found, group-loop */
  saveGroup(draft: GroupDraft): MachineGroup {
    const group = { ...draft, id: draft.id ?? this.deps.newGroupId() };
    if (draft.id !== null) groupOf(this.#data, draft.id);
    this.#commit(withGroup(this.#data, group));
    return group;
  }

  /** Puts a group into another (null: none), before one of its groups or last. @throws group-not-found, group-loop */
  moveGroup(id: GroupId, parentId: GroupId | null, before: GroupId | null): void {
    this.#commit(withMovedGroup(this.#data, { id, parentId, before }));
  }

  /** Its groups and machines move up; the machines keep what they had from it. @throws group-not-found */
  removeGroup(id: GroupId): void {
    const { data, removed } = withoutGroup(this.#data, id);
    this.#commit(data);
    this.#removedGroups.set(id, removed);
  }

  /** Undoes `removeGroup`. @throws group-not-found */
  restoreGroup(id: GroupId): void {
    const removed = this.#removedGroups.get(id);
    if (removed === undefined) throw new AppError('group-not-found');
    this.#commit(withRestoredGroup(this.#data, removed));
    this.#removedGroups.delete(id);
  }

  saveDefaults(defaults: GroupSettings): void {
    this.#commit({ ...this.#data, defaults });
  }

  get #data(): MachinesData {
    return this.#effective.data;
  }

  /** The machine with its own settings. @throws machine-not-found */
  #own(id: MachineId): Machine {
    const machine = this.#data.machines.find((candidate) => candidate.id === id);
    if (machine === undefined) throw new AppError('machine-not-found');
    return machine;
  }

  #new(draft: MachineDraft): Machine {
    return { ...draft, id: this.deps.newId(), isDemo: false, tunnels: [] };
  }

  #add(machine: Machine): Machine {
    this.#commit({ ...this.#data, machines: [...this.#data.machines, machine] });
    return this.get(machine.id);
  }

  #replace(machine: Machine): Machine {
    this.#change([machine.id], () => machine);
    return this.get(machine.id);
  }

  /** @throws machine-not-found */
  #change(
    ids: readonly MachineId[],
    change: (machine: Machine) => Machine,
    arrange: (machines: readonly Machine[]) => readonly Machine[] = (machines) => machines,
  ): void {
    for (const id of ids) this.get(id);
    const changed = new Set(ids);
    const machines = this.#data.machines.map((machine) =>
      changed.has(machine.id) ? change(machine) : machine,
    );
    this.#commit({ ...this.#data, machines: arrange(machines) });
  }

  /** @throws jump-loop, jump-machine-missing, store-disk-full, store-write-failed */
  #commit(data: MachinesData): void {
    const effective = effectiveMachines(data, this.#effective);
    for (const machine of effective.machines) {
      if (machine.route.jumps.length === 0 || this.#effective.byId.get(machine.id) === machine) continue;
      wayVia(machine, (id) => {
        const over = effective.byId.get(id);
        return over !== undefined && isSaved(machine) && !isSaved(over) ? undefined : over;
      });
    }
    const stored = storedPart(data, this.#stored);
    if (stored !== this.#stored) this.deps.store.replace(stored);
    this.#stored = stored;
    const before = this.list();
    this.#effective = effective;
    this.#revision += 1;
    this.deps.onChanged(changeBetween(before, this.list()));
  }
}
