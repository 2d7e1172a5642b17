import type { MachineId } from '../../../shared/model/machine';
import type { Recipe, RecipeId } from '../../../shared/model/recipe';
import { nuvem } from '../../api/nuvem';
import { showFailure } from '../../stores/notices-store';

/** Always the same object, so that a dialog knows it again. */
export const newEnvironment: Recipe = { kind: 'newEnvironment' };

/** Runs what the user has seen. */
export function runRecipe(machineId: MachineId, recipe: Recipe): void {
  nuvem.recipes.run({ machineId, recipe }).catch(showFailure);
}

/** Ends the recipe that runs, and removes what it made. */
export function cancelRecipe(machineId: MachineId): void {
  nuvem.recipes.cancel({ machineId }).catch(showFailure);
}

/** Takes back what a recipe made. */
export function undoRecipe(machineId: MachineId, id: RecipeId): void {
  nuvem.recipes.undo({ machineId, id }).catch(showFailure);
}
