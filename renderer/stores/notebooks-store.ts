import type { MachineId } from '../../shared/model/machine';
import type { NotebookSnapshot } from '../../shared/model/notebook';
import { nuvem } from '../api/nuvem';
import { type ByMachine, createMachineSnapshotStore, follow } from './snapshot-store';

/** The notebook servers of each machine that was asked for them in this run. */
export const notebooksStore = createMachineSnapshotStore<NotebookSnapshot>();

/** Starts feeding the store. @throws AppError when the list can't be had */
export const followNotebooks = (): Promise<void> =>
  follow(nuvem.notebooks.changed, nuvem.notebooks.list, notebooksStore.accept);

const unknown: Pick<NotebookSnapshot, 'activity' | 'servers'> = { activity: { kind: 'idle' }, servers: null };

/** What is known of a machine's notebooks; idle and never looked for one that was not asked. */
export function notebooksOf(
  notebooks: ByMachine<NotebookSnapshot>,
  machineId: MachineId,
): Pick<NotebookSnapshot, 'activity' | 'servers'> {
  return notebooks[machineId] ?? unknown;
}
