import { AppError } from '../../shared/errors/app-error';
import type {
  EnvironmentSearch,
  EnvironmentsSnapshot,
  FoundEnvironments,
} from '../../shared/model/environment';
import type { Machine, MachineId } from '../../shared/model/machine';
import { HeldConnections } from '../access/held-connections';
import type { Connections } from '../connection/machine-link';
import { withTransport } from '../connection/with-transport';
import { findEnvironments } from './find-environments';
import { removeKernel } from './remove-kernel';

export interface EnvironmentServiceDeps {
  readonly connections: Connections;
  /** @throws machine-not-found */
  readonly machineOf: (machineId: MachineId) => Machine;
  /** Cryptographically strong bytes. */
  readonly random: (sizeBytes: number) => Buffer;
  readonly onChanged: (snapshot: EnvironmentsSnapshot) => void;
}

interface Known {
  revision: number;
  search: EnvironmentSearch;
  found: FoundEnvironments | null;
  /** The search that is under way. */
  work: Promise<void> | null;
}

/** Finds the Python environments of machines, on request only. What it finds, and why it failed, is in the snapshots. */
export class EnvironmentService {
  readonly #held: HeldConnections;
  readonly #machines = new Map<MachineId, Known>();

  constructor(private readonly deps: EnvironmentServiceDeps) {
    this.#held = new HeldConnections(deps.connections);
  }

  snapshots(): readonly EnvironmentsSnapshot[] {
    return [...this.#machines].map(([machineId, known]) => snapshotOf(machineId, known));
  }

  /** What was found last; null: nobody looked in this run, or it failed. */
  foundOn(machineId: MachineId): FoundEnvironments | null {
    return this.#machines.get(machineId)?.found ?? null;
  }

  /**
   * Connects if needed and looks; resolves when that has ended, either way. Who asks for what is under way shares it.
   * @throws machine-not-found, or `internal` for a fault of our own
   */
  async find(machineId: MachineId): Promise<void> {
    const { workingFolder } = this.deps.machineOf(machineId);
    const known = this.#known(machineId);
    known.work ??= this.#find(machineId, known, workingFolder).finally(() => {
      known.work = null;
    });
    await known.work;
  }

  /**
   * Takes a kernel that was found from the list of every Jupyter, and looks again.
   * @throws environment-not-found for none that was found as removable; as `removeKernel`
   */
  async removeKernel(machineId: MachineId, folder: string): Promise<void> {
    const found = this.foundOn(machineId);
    const kernel = found?.kernels.find((one) => one.folder === folder && one.isRemovable);
    if (found === null || kernel === undefined) throw new AppError('environment-not-found', { path: folder });
    await withTransport(this.#held.link(machineId), (transport) =>
      removeKernel(transport, found.kernelsFolder, kernel, this.deps.random),
    );
    await this.find(machineId);
  }

  /** The machine was removed. */
  forget(machineId: MachineId): void {
    this.#machines.delete(machineId);
  }

  async #find(machineId: MachineId, known: Known, workingFolder: string): Promise<void> {
    this.#change(machineId, known, { search: { kind: 'looking' } });
    try {
      const found = await withTransport(this.#held.link(machineId), (transport) =>
        findEnvironments(transport, workingFolder, this.deps.random),
      );
      this.#change(machineId, known, { search: { kind: 'idle' }, found });
    } catch (thrown) {
      const error = AppError.from(thrown);
      const search: EnvironmentSearch =
        error.code === 'cancelled' ? { kind: 'idle' } : { kind: 'failed', error: error.toReport() };
      this.#change(machineId, known, { search });
      if (error.code === 'internal') throw error;
    }
  }

  #known(machineId: MachineId): Known {
    const known = this.#machines.get(machineId) ?? {
      revision: 0,
      search: { kind: 'idle' },
      found: null,
      work: null,
    };
    this.#machines.set(machineId, known);
    return known;
  }

  #change(machineId: MachineId, known: Known, change: Partial<Pick<Known, 'search' | 'found'>>): void {
    Object.assign(known, change, { revision: known.revision + 1 });
    if (this.#machines.get(machineId) === known) this.deps.onChanged(snapshotOf(machineId, known));
  }
}

const snapshotOf = (machineId: MachineId, { revision, search, found }: Known): EnvironmentsSnapshot => ({
  machineId,
  revision,
  search,
  found,
});
