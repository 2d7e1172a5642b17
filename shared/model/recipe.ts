import { z } from 'zod';
import { ErrorReport } from '../errors/app-error';
import { MachineId } from './machine';

const folder = z
  .string()
  .min(1)
  .max(4096)
  .regex(/^\/[^\r\n\0]*$/);

/** Something that Nuvem can set up on a machine by a few commands, and take back. */
export const Recipe = z.discriminatedUnion('kind', [
  /** A new environment of Nuvem's own with JupyterLab, which the machine's notebooks then start with. */
  z.strictObject({ kind: z.literal('newEnvironment') }),
  /** JupyterLab in an environment that is there. */
  z.strictObject({ kind: z.literal('addJupyterLab'), path: folder }),
  /** jupytext in an environment that is there: scripts and Markdown files open as notebooks. */
  z.strictObject({ kind: z.literal('addJupytext'), path: folder }),
  /** The environment becomes a kernel that every Jupyter of the user offers (ipykernel is added if need be). */
  z.strictObject({ kind: z.literal('registerKernel'), path: folder }),
]);
export type Recipe = Readonly<z.infer<typeof Recipe>>;

/** Notebooks of the machine start with what it makes. */
export const bringsJupyter = ({ kind }: Recipe): boolean =>
  kind === 'newEnvironment' || kind === 'addJupyterLab';

/** What a recipe would run, in the order of the lines, each for the machine's POSIX shell. */
export const RecipePlan = z.strictObject({
  commands: z.array(z.string().min(1)).min(1).readonly(),
  /** What it makes or changes: a folder. */
  place: z.string().min(1),
});
export type RecipePlan = Readonly<z.infer<typeof RecipePlan>>;

/** Of one time that a recipe ran; the machine keeps what was made under it. */
export const RecipeId = z.string().regex(/^[0-9a-f]{12}$/);
export type RecipeId = z.infer<typeof RecipeId>;

/** A recipe that ran on a machine, in this run of Nuvem or in an earlier one, and was not taken back. */
export const MadeRecipe = z.strictObject({
  id: RecipeId,
  recipe: Recipe,
  /** What it made or changed: a folder. */
  place: z.string().min(1),
  /** `broken`: it failed or was cut off, and what it had made by then is still there. */
  end: z.enum(['done', 'running', 'broken']),
  /** By the machine's clock. */
  startedAtMs: z.number(),
});
export type MadeRecipe = Readonly<z.infer<typeof MadeRecipe>>;

const lines = z.array(z.string()).readonly();

export const RecipeState = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('running'), recipe: Recipe, lines }),
  /** It was called off: what it started is ended, and what it made is removed. */
  z.strictObject({ kind: z.literal('cancelling'), recipe: Recipe, lines }),
  z.strictObject({ kind: z.literal('cancelled'), recipe: Recipe }),
  z.strictObject({ kind: z.literal('done'), id: RecipeId, recipe: Recipe, place: z.string() }),
  z.strictObject({ kind: z.literal('undoing'), recipe: Recipe }),
  z.strictObject({ kind: z.literal('undone'), recipe: Recipe }),
  z.strictObject({
    kind: z.literal('failed'),
    recipe: Recipe,
    error: ErrorReport,
    lines,
    /** What it had made by then is removed. */
    isCleanedUp: z.boolean(),
    /** It was being taken back. */
    wasUndoing: z.boolean(),
  }),
]);
export type RecipeState = Readonly<z.infer<typeof RecipeState>>;

export const RecipeSnapshot = z.strictObject({
  machineId: MachineId,
  revision: z.number().int(),
  state: RecipeState,
});
export type RecipeSnapshot = Readonly<z.infer<typeof RecipeSnapshot>>;

/** Something is under way, so nothing else can begin. */
export const isAtWork = (
  state: RecipeState,
): state is Extract<RecipeState, { kind: 'running' | 'cancelling' | 'undoing' }> =>
  state.kind === 'running' || state.kind === 'cancelling' || state.kind === 'undoing';
