import { z } from 'zod';
import type { MachineId } from '../../../shared/model/machine';
import { OpenedNotebook, type OpenedNotebooksSnapshot } from '../../../shared/model/opened-notebook';
import type { RecoverableStore } from '../../system/recoverable-store';

/** Newest first; holds nothing secret. */
export const OpenedNotebooksData = z.strictObject({ notebooks: z.array(OpenedNotebook).readonly() });
export type OpenedNotebooksData = Readonly<z.infer<typeof OpenedNotebooksData>>;

export const openedNotebooksVersion = 1;
export const noOpenedNotebooks: OpenedNotebooksData = { notebooks: [] };

const keptOfMachine = 30;

interface OpenedNotebooksDependencies {
  readonly store: Pick<RecoverableStore<OpenedNotebooksData>, 'value' | 'replace'>;
  readonly nowMs: () => number;
  readonly onChanged: (snapshot: OpenedNotebooksSnapshot) => void;
  readonly onWriteFailed: (error: unknown) => void;
}

/** Remembers which notebooks were opened last on each machine, no more than 30 of each, until the user forgets them. */
export class OpenedNotebooks {
  #revision = 0;

  constructor(private readonly deps: OpenedNotebooksDependencies) {}

  snapshot(): OpenedNotebooksSnapshot {
    return { revision: this.#revision, notebooks: this.deps.store.value().notebooks };
  }

  /** A page shows this notebook (an absolute path). A failed write costs no more than the memory of it. */
  opened(machineId: MachineId, path: string): void {
    const { notebooks } = this.deps.store.value();
    const others = notebooks.filter((one) => one.machineId !== machineId || one.path !== path);
    const ofMachine = others.filter((one) => one.machineId === machineId);
    const tooOld = new Set(ofMachine.slice(keptOfMachine - 1));
    const kept = others.filter((one) => !tooOld.has(one));
    try {
      this.#replace([{ machineId, path, openedAtMs: this.deps.nowMs() }, ...kept]);
    } catch (error) {
      this.deps.onWriteFailed(error);
    }
  }

  /** Forgets a notebook of a machine, or with null all of them. @throws AppError when it can't be written */
  forget(machineId: MachineId, path: string | null): void {
    const { notebooks } = this.deps.store.value();
    const isForgotten = (one: OpenedNotebook) =>
      one.machineId === machineId && (path === null || one.path === path);
    if (notebooks.some(isForgotten)) this.#replace(notebooks.filter((one) => !isForgotten(one)));
  }

  #replace(notebooks: readonly OpenedNotebook[]): void {
    this.deps.store.replace({ notebooks });
    this.#revision += 1;
    this.deps.onChanged(this.snapshot());
  }
}
