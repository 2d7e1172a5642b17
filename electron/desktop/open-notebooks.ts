import { z } from 'zod';
import { MachineId } from '../../shared/model/machine';
import type { TabList } from '../../shared/model/tab';
import type { RecoverableStore } from '../system/recoverable-store';

/** Machines whose notebooks were open when the app last ended; holds nothing secret. */
export const OpenNotebooksData = z.strictObject({ machineIds: z.array(MachineId).readonly() });
export type OpenNotebooksData = Readonly<z.infer<typeof OpenNotebooksData>>;

export const openNotebooksVersion = 1;
export const noOpenNotebooks: OpenNotebooksData = { machineIds: [] };

/**
 * Remembers which machines have notebooks open, at every change and so also for an app that is killed. The next
 * start offers to open them again; it does not connect by itself, because that may ask for a secret and sign in
 * somewhere that the user did not think of.
 */
export class OpenNotebooks {
  readonly #atStart: readonly MachineId[];

  constructor(
    private readonly store: Pick<RecoverableStore<OpenNotebooksData>, 'value' | 'replace'>,
    private readonly onWriteFailed: (error: unknown) => void,
  ) {
    this.#atStart = store.value().machineIds;
  }

  /** Those that were open when the app last ended. */
  atStart(): readonly MachineId[] {
    return this.#atStart;
  }

  /** Writes down what is open now. A failure costs no more than the offer at the next start. */
  remember(list: TabList): void {
    const machineIds = [...new Set(list.tabs.map((tab) => tab.machineId))];
    const known = this.store.value().machineIds;
    if (known.length === machineIds.length && machineIds.every((id) => known.includes(id))) return;
    try {
      this.store.replace({ machineIds });
    } catch (error) {
      this.onWriteFailed(error);
    }
  }
}
