import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { RecipeService } from '../../environments/recipe-service';
import type { MachineStore } from '../../machines/machine-store';

interface RecipesHandlersDependencies {
  readonly recipes: RecipeService;
  readonly machines: MachineStore;
  readonly startInBackground: (work: Promise<void>) => void;
}

/** The work goes on after the answer: its progress and its failure are in the snapshots. */
export function recipesHandlers({
  recipes,
  machines,
  startInBackground,
}: RecipesHandlersDependencies): HandlersOf<AppContract>['recipes'] {
  return {
    list: () => recipes.snapshots(),
    plan: ({ machineId, recipe }) => recipes.plan(machines.get(machineId).id, recipe),
    run: ({ machineId, recipe }) => startInBackground(recipes.run(machines.get(machineId).id, recipe)),
    cancel: ({ machineId }) => recipes.cancel(machines.get(machineId).id),
    undo: ({ machineId, id }) => startInBackground(recipes.undo(machines.get(machineId).id, id)),
  };
}
