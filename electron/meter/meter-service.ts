import type { MachineId } from '../../shared/model/machine';
import type { MeterSample, MeterSnapshot } from '../../shared/model/meter';
import type { MachineLink } from '../connection/machine-link';
import { MachineMeter, type MachineMeterDependencies } from './machine-meter';

export interface MeterServiceDependencies extends MachineMeterDependencies {
  readonly linkOf: (machineId: MachineId) => MachineLink;
}

const lookEveryMs = 2000;

/**
 * How busy machines are, measured only while somebody wants to know, and only over connections that are there
 * anyway.
 */
export class MeterService {
  readonly #machines = new Map<MachineId, MachineMeter>();
  readonly #looks = new Map<MachineId, () => void>();

  constructor(private readonly dependencies: MeterServiceDependencies) {}

  snapshots(): readonly MeterSnapshot[] {
    return [...this.#machines.values()].map(({ snapshot }) => snapshot);
  }

  /** The machines that the user has before their eyes from now on, and no others. */
  look(machineIds: readonly MachineId[]): void {
    for (const [machineId, lookAway] of this.#looks) {
      if (machineIds.includes(machineId)) continue;
      lookAway();
      this.#looks.delete(machineId);
    }
    for (const machineId of machineIds) {
      if (!this.#looks.has(machineId))
        this.#looks.set(
          machineId,
          this.want(machineId, lookEveryMs, () => undefined),
        );
    }
  }

  /**
   * Until the returned function is called, `onSample` gets a sample of the machine at least every `everyMs` or so
   * while it is connected: sooner when somebody else wants that, later when the machine is slow to answer.
   */
  want(machineId: MachineId, everyMs: number, onSample: (sample: MeterSample) => void): () => void {
    let meter = this.#machines.get(machineId);
    if (meter === undefined) {
      meter = new MachineMeter(this.dependencies.linkOf(machineId), this.dependencies);
      this.#machines.set(machineId, meter);
    }
    return meter.want(everyMs, onSample);
  }
}
