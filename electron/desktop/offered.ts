/** Keeps what was opened from outside until the window's page is there to show it; the newest wins. */
export class Offered<Value> {
  #value: Value | null = null;
  #isPageThere = false;

  constructor(private readonly show: (value: Value) => void) {}

  offer(value: Value): void {
    if (this.#isPageThere) this.show(value);
    else this.#value = value;
  }

  /** For the page, which from now on is shown the next ones. */
  take(): Value | null {
    const value = this.#value;
    this.#isPageThere = true;
    this.#value = null;
    return value;
  }
}
