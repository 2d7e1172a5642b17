import { z } from 'zod';
import { MachineId } from '../../shared/model/machine';
import type { RecentMachines as RecentMachinesSnapshot } from '../../shared/model/recent-machines';
import type { RecoverableStore } from '../system/recoverable-store';

/** Newest first; holds nothing secret. */
export const RecentMachinesData = z.strictObject({
  uses: z.array(z.strictObject({ machineId: MachineId, atMs: z.number().int() })).readonly(),
});
export type RecentMachinesData = Readonly<z.infer<typeof RecentMachinesData>>;

export const recentMachinesVersion = 1;
export const noRecentMachines: RecentMachinesData = { uses: [] };
const kept = 30;

interface RecentMachinesDependencies {
  readonly store: Pick<RecoverableStore<RecentMachinesData>, 'value' | 'replace'>;
  readonly nowMs: () => number;
  readonly onChanged: (snapshot: RecentMachinesSnapshot) => void;
  readonly onWriteFailed: (error: unknown) => void;
}

/** Remembers which machines were used last, apart from the machines themselves: it changes with every connection. */
export class RecentMachines {
  #revision = 0;

  constructor(private readonly deps: RecentMachinesDependencies) {}

  snapshot(): RecentMachinesSnapshot {
    const machineIds = this.deps.store.value().uses.map(({ machineId }) => machineId);
    return { revision: this.#revision, machineIds };
  }

  /** To be called when a saved machine was connected. A failed write costs no more than the memory of it. */
  used(machineId: MachineId): void {
    const { uses } = this.deps.store.value();
    const others = uses.filter((use) => use.machineId !== machineId).slice(0, kept - 1);
    try {
      this.deps.store.replace({ uses: [{ machineId, atMs: this.deps.nowMs() }, ...others] });
    } catch (error) {
      this.deps.onWriteFailed(error);
      return;
    }
    if (uses[0]?.machineId === machineId) return;
    this.#revision += 1;
    this.deps.onChanged(this.snapshot());
  }
}
