import { AppError } from '../../shared/errors/app-error';
import type { FoundEnvironments } from '../../shared/model/environment';
import type { MachineId } from '../../shared/model/machine';
import {
  bringsJupyter,
  isAtWork,
  type Recipe,
  type RecipeId,
  type RecipePlan,
  type RecipeSnapshot,
  type RecipeState,
} from '../../shared/model/recipe';
import { HeldConnections } from '../access/held-connections';
import type { Connections, MachineLink } from '../connection/machine-link';
import { withTransport } from '../connection/with-transport';
import { planRecipe, type RecipeWork } from './plan-recipe';
import { followRecipe, startRecipe, undoRecipe } from './recipe-job';

/** Of a longer output the end is shown. */
const mostLines = 1000;

export interface RecipeServiceDeps {
  readonly connections: Connections;
  /** What is on a machine; looks if nobody has. @throws machine-not-found, or why it could not look */
  readonly environmentsOf: (machineId: MachineId) => Promise<FoundEnvironments>;
  readonly lookAgain: (machineId: MachineId) => Promise<void>;
  /** From now on the machine's notebooks start with this environment. */
  readonly startWith: (machineId: MachineId, path: string) => void;
  /** Nothing starts with what was removed any more. */
  readonly stopStartingWith: (machineId: MachineId, path: string) => void;
  /** Cryptographically strong bytes. */
  readonly random: (sizeBytes: number) => Buffer;
  readonly onChanged: (snapshot: RecipeSnapshot) => void;
}

interface Started {
  readonly id: RecipeId;
  readonly recipe: Recipe;
  readonly work: RecipeWork;
}

interface Kitchen {
  revision: number;
  state: RecipeState;
  /** The last one that was started; null: none, or it is undone. */
  last: Started | null;
  abort: AbortController;
}

/** Sets things up on machines, one recipe at a time for each, and takes them back. Progress is in the snapshots. */
export class RecipeService {
  readonly #held: HeldConnections;
  readonly #kitchens = new Map<MachineId, Kitchen>();

  constructor(private readonly deps: RecipeServiceDeps) {
    this.#held = new HeldConnections(deps.connections);
  }

  snapshots(): readonly RecipeSnapshot[] {
    return [...this.#kitchens].map(([machineId, { revision, state }]) => ({ machineId, revision, state }));
  }

  /** What a recipe would run. @throws as `planRecipe`, or why the machine could not be looked at */
  async plan(machineId: MachineId, recipe: Recipe): Promise<RecipePlan> {
    const { commands, place } = planRecipe(recipe, await this.deps.environmentsOf(machineId));
    return { commands, place };
  }

  /**
   * Runs a recipe; resolves when it has ended, either way. Does nothing while one is at work.
   * @throws machine-not-found, or `internal` for a fault of our own
   */
  async run(machineId: MachineId, recipe: Recipe): Promise<void> {
    const kitchen = this.#kitchen(machineId);
    if (isAtWork(kitchen.state)) return;
    kitchen.abort = new AbortController();
    kitchen.last = null;
    this.#enter(machineId, kitchen, { kind: 'running', recipe, lines: [] });
    try {
      const work = planRecipe(recipe, await this.deps.environmentsOf(machineId));
      const last = { id: this.deps.random(6).toString('hex'), recipe, work };
      const link = this.#held.link(machineId);
      await withTransport(link, (transport) =>
        startRecipe(transport, last.id, recipe, work, this.deps.random),
      );
      kitchen.last = last;
      const failure = await this.#untilEnded(machineId, kitchen, link, last.id);
      if (failure === null) return await this.#finish(machineId, kitchen, last);
      await this.#takeBack(link, kitchen);
      this.#fail(machineId, kitchen, recipe, failure, { isCleanedUp: true });
    } catch (thrown) {
      const error = AppError.from(thrown);
      const wasStarted = kitchen.last !== null;
      if (kitchen.abort.signal.aborted) await this.#callOff(machineId, kitchen, recipe);
      else this.#fail(machineId, kitchen, recipe, error, { isCleanedUp: !wasStarted });
      if (error.code === 'internal') throw error;
    }
    await this.deps.lookAgain(machineId);
  }

  /** Ends the recipe that runs, and removes what it made so far. */
  cancel(machineId: MachineId): void {
    const kitchen = this.#kitchen(machineId);
    const { state } = kitchen;
    if (state.kind !== 'running') return;
    this.#enter(machineId, kitchen, { ...state, kind: 'cancelling' });
    kitchen.abort.abort(new AppError('cancelled'));
  }

  /**
   * Takes a recipe back that was done in this run, or that an earlier one left on the machine. Progress and failure are
   * in the snapshots. Does nothing while one is at work, and for one that is not there any more.
   * @throws machine-not-found, or why the machine could not be looked at
   */
  async undo(machineId: MachineId, id: RecipeId): Promise<void> {
    const kitchen = this.#kitchen(machineId);
    if (isAtWork(kitchen.state)) return;
    const { made, uv } = await this.deps.environmentsOf(machineId);
    const target = made.find((one) => one.id === id);
    if (target === undefined || isAtWork(kitchen.state)) return;
    const { recipe, place } = target;
    this.#enter(machineId, kitchen, { kind: 'undoing', recipe });
    try {
      const link = this.#held.link(machineId);
      await withTransport(link, (transport) => undoRecipe(transport, id, uv, this.deps.random));
      if (bringsJupyter(recipe)) this.deps.stopStartingWith(machineId, place);
      this.#enter(machineId, kitchen, { kind: 'undone', recipe });
    } catch (thrown) {
      this.#fail(machineId, kitchen, recipe, AppError.from(thrown), { wasUndoing: true });
    }
    await this.deps.lookAgain(machineId);
  }

  /** The machine was removed: what runs there goes on, nobody here looks after it any more. */
  forget(machineId: MachineId): void {
    this.#kitchens.delete(machineId);
  }

  /** Null: it went well. */
  async #untilEnded(
    machineId: MachineId,
    kitchen: Kitchen,
    link: MachineLink,
    id: string,
  ): Promise<AppError | null> {
    const { signal } = kitchen.abort;
    for (let knownLines = 0; ; ) {
      const news = await withTransport(
        link,
        (transport) => followRecipe(transport, id, knownLines, this.deps.random, signal),
        signal,
      );
      signal.throwIfAborted();
      knownLines = news.writtenLines;
      const { state } = kitchen;
      if (state.kind === 'running' && news.lines.length > 0) {
        const lines = [...state.lines, ...news.lines].slice(-mostLines);
        this.#enter(machineId, kitchen, { ...state, lines });
      }
      if (news.end !== null) return news.end.kind === 'done' ? null : news.end.error;
    }
  }

  async #finish(machineId: MachineId, kitchen: Kitchen, { id, recipe, work }: Started): Promise<void> {
    await this.deps.lookAgain(machineId);
    if (bringsJupyter(recipe)) this.deps.startWith(machineId, work.place);
    this.#enter(machineId, kitchen, { kind: 'done', id, recipe, place: work.place });
  }

  async #callOff(machineId: MachineId, kitchen: Kitchen, recipe: Recipe): Promise<void> {
    try {
      await this.#takeBack(this.#held.link(machineId), kitchen);
      this.#enter(machineId, kitchen, { kind: 'cancelled', recipe });
    } catch (thrown) {
      this.#fail(machineId, kitchen, recipe, AppError.from(thrown), { isCleanedUp: false });
    }
  }

  async #takeBack(link: MachineLink, kitchen: Kitchen): Promise<void> {
    const { last } = kitchen;
    if (last === null) return;
    await withTransport(link, (transport) => undoRecipe(transport, last.id, last.work.uv, this.deps.random));
    kitchen.last = null;
  }

  #fail(
    machineId: MachineId,
    kitchen: Kitchen,
    recipe: Recipe,
    error: AppError,
    { isCleanedUp = false, wasUndoing = false },
  ): void {
    const lines = 'lines' in kitchen.state ? kitchen.state.lines : [];
    const report = error.toReport();
    this.#enter(machineId, kitchen, {
      kind: 'failed',
      recipe,
      error: report,
      lines,
      isCleanedUp,
      wasUndoing,
    });
  }

  #kitchen(machineId: MachineId): Kitchen {
    const kitchen = this.#kitchens.get(machineId) ?? {
      revision: 0,
      state: { kind: 'none' },
      last: null,
      abort: new AbortController(),
    };
    this.#kitchens.set(machineId, kitchen);
    return kitchen;
  }

  #enter(machineId: MachineId, kitchen: Kitchen, state: RecipeState): void {
    kitchen.state = state;
    kitchen.revision += 1;
    if (this.#kitchens.get(machineId) !== kitchen) return;
    this.deps.onChanged({ machineId, revision: kitchen.revision, state });
  }
}
