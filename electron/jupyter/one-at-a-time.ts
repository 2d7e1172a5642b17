/** Work of which one piece is done at a time; who asks for what is under way already shares it. */
export class OneAtATime {
  #last: { readonly name: string; readonly done: Promise<void> } | null = null;

  /** Does `work` after what was asked for before, however that ended. @throws what `work` throws */
  do(name: string, work: () => Promise<void>): Promise<void> {
    if (this.#last?.name === name) return this.#last.done;
    const previous = this.#last?.done ?? Promise.resolve();
    const done = previous
      .catch(() => undefined)
      .then(work)
      .finally(() => {
        if (this.#last?.done === done) this.#last = null;
      });
    this.#last = { name, done };
    return done;
  }
}
