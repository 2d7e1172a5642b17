import type { Machine } from '../../shared/model/machine';

/** A machine's tabs share one session partition that no other machine gets: cookies do not mix. */
export function partitionOf(machine: Pick<Machine, 'id' | 'keepsCookies'>): string {
  return machine.keepsCookies ? `persist:machine-${machine.id}` : `machine-${machine.id}`;
}
