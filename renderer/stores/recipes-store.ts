import type { MachineId } from '../../shared/model/machine';
import type { RecipeSnapshot, RecipeState } from '../../shared/model/recipe';
import { nuvem } from '../api/nuvem';
import { type ByMachine, createMachineSnapshotStore, follow } from './snapshot-store';

/** The recipe of each machine that something was set up on in this run. */
export const recipesStore = createMachineSnapshotStore<RecipeSnapshot>();

/** Starts feeding the store. @throws AppError when the list can't be had */
export const followRecipes = (): Promise<void> =>
  follow(nuvem.recipes.changed, nuvem.recipes.list, recipesStore.accept);

const none: RecipeState = { kind: 'none' };

/** What is being set up on a machine, or was last. */
export const recipeStateOf = (recipes: ByMachine<RecipeSnapshot>, machineId: MachineId): RecipeState =>
  recipes[machineId]?.state ?? none;
