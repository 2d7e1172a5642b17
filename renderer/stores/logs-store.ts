import { createStore } from 'zustand/vanilla';
import type { LogEntry } from '../../shared/model/log-entry';
import type { MachineId } from '../../shared/model/machine';
import { nuvem } from '../api/nuvem';
import type { ByMachine } from './snapshot-store';

/** As many as the main process keeps of a machine. */
const keptEntries = 2000;

/** The connection log of each machine, oldest entry first. */
export const logsStore = createStore<ByMachine<readonly LogEntry[]>>(() => ({}));

/** Adds entries to a machine's log: each sequence number once, in order, the newest 2000. */
export function acceptLogEntries(machineId: MachineId, entries: readonly LogEntry[]): void {
  logsStore.setState((logs) => {
    const known = logs[machineId] ?? [];
    const lastKnown = known.at(-1)?.sequence ?? 0;
    const isAppended = entries.every((entry) => entry.sequence > lastKnown);
    const merged = isAppended ? [...known, ...entries] : mergeBySequence(known, entries);
    return { ...logs, [machineId]: merged.slice(-keptEntries) };
  }, true);
}

function mergeBySequence(known: readonly LogEntry[], entries: readonly LogEntry[]): LogEntry[] {
  const bySequence = new Map([...known, ...entries].map((entry) => [entry.sequence, entry]));
  return [...bySequence.values()].sort((a, b) => a.sequence - b.sequence);
}

/** Starts adding what is logged from now on. */
export function followLogs(): void {
  nuvem.connections.logged((batch) => acceptLogEntries(batch.machineId, batch.entries));
}

/** Brings in what a machine logged before the window listened. @throws AppError */
export async function loadLog(machineId: MachineId): Promise<void> {
  acceptLogEntries(machineId, await nuvem.connections.log({ machineId }));
}
