import { randomBytes } from 'node:crypto';
import type { MeterSnapshot } from '../../shared/model/meter';
import type { MachineStore } from '../machines/machine-store';
import { MeterService } from '../meter/meter-service';
import { systemClock } from '../system/clock';
import type { Remote } from './remote';

interface MetersDependencies {
  readonly machines: MachineStore;
  readonly remote: Remote;
  readonly onChanged: (snapshot: MeterSnapshot) => void;
}

/** Makes the meters: over the pool's connections, in real time. */
export function makeMeters({ machines, remote, onChanged }: MetersDependencies): MeterService {
  return new MeterService({
    linkOf: (machineId) => remote.pool.link(machineId),
    clock: systemClock,
    random: randomBytes,
    folderOf: (machineId) => machines.get(machineId).workingFolder,
    onChanged,
  });
}
