import type { LogBatch, LogCode, LogEntry } from '../../shared/model/log-entry';
import type { MachineId } from '../../shared/model/machine';
import type { Clock } from '../system/clock';

const keptEntries = 2000;

/** The connection logs of all machines: kept in memory, the newest 2000 entries of each. Never give it a secret. */
export class ConnectionLog {
  readonly #entries = new Map<MachineId, LogEntry[]>();
  readonly #nextSequence = new Map<MachineId, number>();

  constructor(
    private readonly clock: Clock,
    private readonly onLogged: (batch: LogBatch) => void,
  ) {}

  write(
    machineId: MachineId,
    code: LogCode,
    params: LogEntry['params'] = {},
    level: LogEntry['level'] = 'info',
  ): void {
    const sequence = this.#nextSequence.get(machineId) ?? 1;
    this.#nextSequence.set(machineId, sequence + 1);
    const entry: LogEntry = { sequence, atMs: this.clock.nowMs(), level, code, params };
    const entries = this.#entries.get(machineId) ?? [];
    this.#entries.set(machineId, [...entries.slice(-(keptEntries - 1)), entry]);
    this.onLogged({ machineId, entries: [entry] });
  }

  entries(machineId: MachineId): readonly LogEntry[] {
    return this.#entries.get(machineId) ?? [];
  }
}
