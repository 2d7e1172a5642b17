import type { Machine, MachineId } from '../../shared/model/machine';

/** A machine's tabs share one session partition that no other machine gets: cookies do not mix. */
export function partitionOf(machine: Pick<Machine, 'id' | 'keepsCookies'>): string {
  return machine.keepsCookies ? `persist:machine-${machine.id}` : `machine-${machine.id}`;
}

/** Whose partition it is; null if it is no machine's. */
export function machineIdOfPartition(partition: string): MachineId | null {
  const match = /^(?:persist:)?machine-([0-9a-f-]{36})$/.exec(partition);
  return (match?.[1] as MachineId | undefined) ?? null;
}
