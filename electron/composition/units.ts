import { randomBytes } from 'node:crypto';
import type { JournalBatch, UnitsSnapshot } from '../../shared/model/service-unit';
import type { NotebookService } from '../jupyter/notebook-service';
import { UnitService } from '../jupyter/units/unit-service';
import type { MachineStore } from '../machines/machine-store';
import type { Remote } from './remote';

interface UnitsDependencies {
  readonly machines: MachineStore;
  readonly notebooks: NotebookService;
  readonly remote: Remote;
  readonly startInBackground: (work: Promise<void>) => void;
  readonly onChanged: (snapshot: UnitsSnapshot) => void;
  readonly onJournal: (batch: JournalBatch) => void;
}

/** Makes what looks after the services of machines. */
export function makeUnits({
  machines,
  notebooks,
  remote,
  startInBackground,
  onChanged,
  onJournal,
}: UnitsDependencies): UnitService {
  return new UnitService({
    connections: remote.pool,
    machineOf: (machineId) => machines.get(machineId),
    random: randomBytes,
    onChanged,
    onJournal,
    onServersChanged: (machineId) => startInBackground(notebooks.find(machineId)),
  });
}
