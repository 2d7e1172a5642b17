import { isSaved, type Machine } from '../../shared/model/machine';

/**
 * A machine's tabs share one session partition that no other machine gets: cookies do not mix. Those of an unsaved
 * machine end with it.
 */
export function partitionOf(machine: Pick<Machine, 'id' | 'keepsCookies' | 'isUnsaved'>): string {
  return machine.keepsCookies && isSaved(machine) ? `persist:machine-${machine.id}` : `machine-${machine.id}`;
}
