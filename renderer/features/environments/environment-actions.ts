import {
  type Machine,
  MachineDraft,
  type MachineId,
  type NotebookChoice,
} from '../../../shared/model/machine';
import { nuvem } from '../../api/nuvem';
import { showFailure } from '../../stores/notices-store';

/** Connects if needed and looks for the Python environments of a machine. */
export function findEnvironments(machineId: MachineId): void {
  nuvem.environments.find({ machineId }).catch(showFailure);
}

/** From now on the machine's notebooks start with this. */
export function chooseJupyter(machine: Machine, notebook: NotebookChoice): void {
  const draft = MachineDraft.strip().parse(machine);
  const inherits = machine.inherits.filter((setting) => setting !== 'notebook');
  nuvem.machines.save({ ...draft, inherits, notebook }).catch(showFailure);
}
