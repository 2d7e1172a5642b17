import { MadeRecipe } from '../../shared/model/recipe';
import { factOf, type RemoteFact } from '../jupyter/remote-script';
import { parseJson } from '../jupyter/rest-request';
import list from './remote/recipe-list.sh?raw';

/** To be run before another script of the machine; see `readMadeRecipes`. */
export const listMadeRecipesScript = list;

/** The recipes that the script reported, the last first; without those of another version of Nuvem that make no sense here. */
export function readMadeRecipes(facts: readonly RemoteFact[]): readonly MadeRecipe[] {
  const ofEach: RemoteFact[][] = [];
  for (const fact of facts) {
    if (fact.name === 'made') ofEach.push([]);
    ofEach.at(-1)?.push(fact);
  }
  const made = ofEach.flatMap((one) => {
    const parsed = MadeRecipe.safeParse({
      id: factOf(one, 'made'),
      recipe: parseJson(factOf(one, 'recipe') ?? ''),
      place: factOf(one, 'place'),
      end: factOf(one, 'ended'),
      startedAtMs: Number(factOf(one, 'begun')) * 1000,
    });
    return parsed.success ? [parsed.data] : [];
  });
  return made.sort((one, other) => other.startedAtMs - one.startedAtMs);
}
