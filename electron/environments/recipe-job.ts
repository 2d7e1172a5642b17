import { AppError } from '../../shared/errors/app-error';
import type { Recipe } from '../../shared/model/recipe';
import type { Transport } from '../connection/transport';
import { redact } from '../jupyter/redact';
import { factOf, runRemoteScript } from '../jupyter/remote-script';
import type { RecipeWork } from './plan-recipe';
import follow from './remote/recipe-follow.sh?raw';
import start from './remote/recipe-start.sh?raw';
import undo from './remote/recipe-undo.sh?raw';

type Random = (sizeBytes: number) => Buffer;

/** What a recipe has written since the last look, and how it ended if it has. */
export interface RecipeNews {
  readonly lines: readonly string[];
  /** Lines of its output that are known by now. */
  readonly writtenLines: number;
  readonly end: null | { readonly kind: 'done' } | { readonly kind: 'failed'; readonly error: AppError };
}

/**
 * Starts the commands apart from the connection: they go on when it is lost, or when Nuvem ends. The same id finds
 * them again. @throws AppError `recipe-place-taken`, `remote-permission-denied`, `remote-disk-full`,
 *   `recipe-interrupted` when the login shell does not get to them, or why the connection failed
 */
export async function startRecipe(
  transport: Transport,
  id: string,
  recipe: Recipe,
  { commands, makes, place, interpreter }: RecipeWork,
  random: Random,
): Promise<void> {
  const numbered = commands.map((command, index) => [`command${index + 1}`, command] as const);
  const what = { recipe: JSON.stringify(recipe), place };
  const values = {
    id,
    ...what,
    makes,
    interpreter,
    count: String(commands.length),
    ...Object.fromEntries(numbered),
  };
  const facts = await runRemoteScript(transport, { text: start, values }, random);
  if (factOf(facts, 'started') !== undefined) return;
  const [, kind, path = ''] = /^(\S+) (.*)$/.exec(factOf(facts, 'problem') ?? '') ?? [];
  if (kind === 'exists') throw new AppError('recipe-place-taken', { path });
  if (kind === 'unwritable') throw new AppError('remote-permission-denied', { path });
  if (kind === 'full') throw new AppError('remote-disk-full', { folder: path });
  throw new AppError('recipe-interrupted');
}

/** Waits a few seconds for news. @throws AppError why the connection failed */
export async function followRecipe(
  transport: Transport,
  id: string,
  knownLines: number,
  random: Random,
  signal: AbortSignal,
): Promise<RecipeNews> {
  const values = { id, from: String(knownLines) };
  const facts = await runRemoteScript(transport, { text: follow, values }, random, { signal });
  const lines = redact(facts.filter(({ name }) => name === 'line').map(({ value }) => value));
  const exit = factOf(facts, 'exit');
  const full = factOf(facts, 'full');
  const failed = (error: AppError) => ({ kind: 'failed', error }) as const;
  return {
    lines,
    writtenLines: Number(factOf(facts, 'written') ?? knownLines),
    end:
      exit === '0'
        ? { kind: 'done' }
        : full !== undefined
          ? failed(new AppError('remote-disk-full', { folder: full }))
          : exit !== undefined
            ? failed(new AppError('recipe-failed', { exitCode: exit }))
            : factOf(facts, 'gone') !== undefined
              ? failed(new AppError('recipe-interrupted'))
              : null,
  };
}

/**
 * Ends the commands with all that they started if they still run, and removes what they made; one that is not there
 * any more counts as undone. What is not what it made, or is needed by what the user has added since, stays.
 * @throws AppError `recipe-not-undone`, `recipe-place-changed`, or why the connection failed
 */
export async function undoRecipe(
  transport: Transport,
  id: string,
  uv: string,
  random: Random,
): Promise<void> {
  const options = { timeoutMs: 300_000 };
  const facts = await runRemoteScript(transport, { text: undo, values: { id, uv } }, random, options);
  const changed = factOf(facts, 'changed');
  if (changed !== undefined) throw new AppError('recipe-place-changed', { path: changed });
  if (factOf(facts, 'undone') === undefined)
    throw new AppError('recipe-not-undone', { path: factOf(facts, 'problem') ?? '' });
}
