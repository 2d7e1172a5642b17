import { randomBytes } from 'node:crypto';
import { AppError } from '../../shared/errors/app-error';
import type { Machine, MachineId, NotebookChoice } from '../../shared/model/machine';
import type { RecipeSnapshot } from '../../shared/model/recipe';
import type { EnvironmentService } from '../environments/environment-service';
import { RecipeService } from '../environments/recipe-service';
import type { MachineStore } from '../machines/machine-store';
import type { Remote } from './remote';

interface RecipesDependencies {
  readonly machines: MachineStore;
  readonly environments: EnvironmentService;
  readonly remote: Remote;
  readonly onChanged: (snapshot: RecipeSnapshot) => void;
}

/** Makes what sets things up on machines. */
export function makeRecipes({
  machines,
  environments,
  remote,
  onChanged,
}: RecipesDependencies): RecipeService {
  return new RecipeService({
    connections: remote.pool,
    environmentsOf: async (machineId) => {
      if (environments.foundOn(machineId) === null) await environments.find(machineId);
      const found = environments.foundOn(machineId);
      if (found === null) throw new AppError('environments-unknown');
      return found;
    },
    lookAgain: (machineId) => environments.find(machineId),
    startWith: (machineId, path) => choose(machines, machineId, { kind: 'environment', path }),
    stopStartingWith: (machineId, path) => {
      const { notebook } = machines.get(machineId);
      if (notebook.kind === 'environment' && notebook.path === path)
        choose(machines, machineId, { kind: 'auto' });
    },
    random: randomBytes,
    onChanged,
  });
}

function choose(machines: MachineStore, machineId: MachineId, notebook: NotebookChoice): void {
  const { isDemo: _, tunnels: __, ...draft }: Machine = machines.get(machineId);
  const inherits = draft.inherits.filter((setting) => setting !== 'notebook');
  machines.save({ ...draft, inherits, notebook });
}
