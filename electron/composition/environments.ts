import { randomBytes } from 'node:crypto';
import type { EnvironmentsSnapshot } from '../../shared/model/environment';
import { EnvironmentService } from '../environments/environment-service';
import type { MachineStore } from '../machines/machine-store';
import type { Remote } from './remote';

interface EnvironmentsDependencies {
  readonly machines: MachineStore;
  readonly remote: Remote;
  readonly onChanged: (snapshot: EnvironmentsSnapshot) => void;
}

/** Makes what finds the Python environments of machines. */
export function makeEnvironments({
  machines,
  remote,
  onChanged,
}: EnvironmentsDependencies): EnvironmentService {
  return new EnvironmentService({
    connections: remote.pool,
    machineOf: (machineId) => machines.get(machineId),
    random: randomBytes,
    onChanged,
  });
}
