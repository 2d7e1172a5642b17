import type { Clock } from '../system/clock';

interface FaultsDependencies {
  readonly clock: Clock;
  readonly log: (message: string, error: unknown) => void;
  /** Tells the user in words; resolves with true when they want to quit. */
  readonly tell: () => Promise<boolean>;
  readonly quit: () => void;
}

/** A fault that repeats itself would bury the user in dialogs. */
const quietAfterDialogMs = 60_000;

/** The last resort for errors that nobody caught: each is logged, and the user is told at most once a minute. */
export class Faults {
  #toldAtMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly deps: FaultsDependencies) {}

  /** Replaces Electron's own dialog, which would show the stack and offer nothing. */
  watch(source: NodeJS.Process): void {
    source.on('uncaughtException', (error) => this.report('uncaught exception', error));
    source.on('unhandledRejection', (reason) => this.report('unhandled rejection', reason));
  }

  report(place: string, error: unknown): void {
    this.deps.log(place, error);
    const nowMs = this.deps.clock.monotonicMs();
    if (nowMs - this.#toldAtMs < quietAfterDialogMs) return;
    this.#toldAtMs = nowMs;
    this.deps.tell().then(
      (wantsToQuit) => {
        if (wantsToQuit) this.deps.quit();
      },
      (dialogError: unknown) => this.deps.log('fault not shown', dialogError),
    );
  }
}
