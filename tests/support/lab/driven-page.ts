/** A web page that scripts can be run in, wherever it is shown. */
export abstract class DrivenPage {
  /** Runs a script as if the user had caused it, and resolves with its value, which must pass as JSON. */
  abstract evaluateScript(script: string): Promise<unknown>;

  /** Runs `fn` in the page; it must use nothing from outside but `arg`, and both pass as JSON. */
  evaluate<Result, Arg = undefined>(fn: (arg: Arg) => Result | Promise<Result>, arg?: Arg): Promise<Result> {
    const script = `(${fn.toString()})(${arg === undefined ? '' : JSON.stringify(arg)})`;
    return this.evaluateScript(script) as Promise<Result>;
  }

  /** Resolves with the first value of `fn` that is neither false, null, undefined nor empty. */
  async until<Result, Arg = undefined>(
    what: string,
    fn: (arg: Arg) => Result,
    arg?: Arg,
    timeoutMs = 60_000,
  ): Promise<NonNullable<Result>> {
    const endsAt = performance.now() + timeoutMs;
    while (performance.now() < endsAt) {
      const value = await this.evaluate(fn, arg);
      if (value) return value;
      await new Promise((next) => setTimeout(next, 100));
    }
    throw new Error(
      `Waited ${timeoutMs / 1000} s in vain for: ${what}. The page says:\n${await this.text()}`,
    );
  }

  /** The page's visible text. */
  text(): Promise<string> {
    return this.evaluate(() => document.body.innerText);
  }
}
