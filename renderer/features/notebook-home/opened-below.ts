import type { MachineId } from '../../../shared/model/machine';
import { type OpenedNotebook, pathBelow } from '../../../shared/model/opened-notebook';

/** A notebook that was opened, as a server shows it. */
export interface OpenedBelow extends OpenedNotebook {
  /** Below the server's folder. */
  readonly below: string;
}

const shownAtMost = 8;

/** Those of a machine's opened notebooks that lie below a server's folder, the last eight. */
export function openedBelow(
  notebooks: readonly OpenedNotebook[],
  machineId: MachineId,
  folder: string,
): readonly OpenedBelow[] {
  const found = notebooks.flatMap((one) => {
    const below = one.machineId === machineId ? pathBelow(folder, one.path) : null;
    return below === null ? [] : [{ ...one, below }];
  });
  return found.slice(0, shownAtMost);
}
