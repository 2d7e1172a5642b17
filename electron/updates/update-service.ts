import { AppError } from '../../shared/errors/app-error';
import type { UpdateObstacle, UpdateSnapshot, UpdateState } from '../../shared/model/update';
import type { Clock } from '../system/clock';
import { transition, type UpdateEvent } from './update-transition';

/** What finds, gets and installs new versions. */
export interface Updater {
  /** The newer version that there is; null: none. Rejects with an AppError. */
  check(): Promise<string | null>;
  /**
   * Gets the version that `check` found and verifies it; from then on it takes this one's place when Nuvem quits.
   * `onProgress`: from 0 to 1. Rejects with an AppError; after `signal` was aborted, with whatever.
   */
  download(onProgress: (part: number) => void, signal: AbortSignal): Promise<void>;
}

interface UpdateDependencies {
  /** Why there are no updates here; null: there are. */
  readonly obstacle: UpdateObstacle | null;
  /** Made when it is first needed. */
  readonly updater: () => Promise<Updater>;
  readonly clock: Pick<Clock, 'nowMs' | 'after'>;
  /** The user wants it to be looked for new versions unasked. */
  readonly checksByItself: () => boolean;
  readonly onChanged: (snapshot: UpdateSnapshot) => void;
  /** A version was found that nobody was looking for, and that the user has not been told of. */
  readonly onFound: (version: string) => void;
  /** Unasked looks fail silently in the window: the user did not wait for one. */
  readonly onTrouble: (error: unknown) => void;
}

/** The start has other things to do. */
const firstCheckMs = 60_000;
const betweenChecksMs = 12 * 60 * 60 * 1000;

/** New versions of Nuvem: found, told, and with the user's word put in the place of this one when Nuvem quits. */
export class UpdateService {
  #state: UpdateState;
  #revision = 0;
  #download: AbortController | null = null;
  #told: string | null = null;
  #stopTimer: () => void = () => undefined;

  constructor(private readonly deps: UpdateDependencies) {
    const { obstacle } = deps;
    this.#state = obstacle === null ? { kind: 'idle', checkedAtMs: null } : { kind: 'off', obstacle };
  }

  snapshot(): UpdateSnapshot {
    return { revision: this.#revision, state: this.#state };
  }

  /** From now on looks by itself, as long as the user wants that. */
  start(): void {
    if (this.#state.kind !== 'off') this.#lookIn(firstCheckMs);
  }

  stop(): void {
    this.#stopTimer();
    this.#download?.abort();
  }

  /** Looks for a new version; resolves when that is done or has failed, which the snapshot tells. */
  async check(): Promise<void> {
    const error = await this.#check();
    if (error !== null) this.#dispatch({ kind: 'checkFailed', error: error.toReport() });
  }

  /** Gets the version that was found; resolves when it is here, or why not is in the snapshot. */
  async install(): Promise<void> {
    const before = this.#state;
    this.#dispatch({ kind: 'downloadStarted' });
    if (this.#state === before) return;
    const download = new AbortController();
    this.#download = download;
    try {
      const updater = await this.deps.updater();
      await updater.download((part) => {
        if (!download.signal.aborted) this.#dispatch({ kind: 'progressed', part });
      }, download.signal);
      if (!download.signal.aborted) this.#dispatch({ kind: 'downloaded' });
    } catch (thrown) {
      if (download.signal.aborted) return;
      this.deps.onTrouble(thrown);
      this.#dispatch({ kind: 'downloadFailed', error: AppError.from(thrown).toReport() });
    } finally {
      if (this.#download === download) this.#download = null;
    }
  }

  /** Ends a download; the version can be asked for again. */
  cancel(): void {
    this.#download?.abort();
    this.#dispatch({ kind: 'downloadCancelled' });
  }

  /** Null: it was done, or there was nothing to do. */
  async #check(): Promise<AppError | null> {
    const before = this.#state;
    this.#dispatch({ kind: 'checkStarted' });
    if (this.#state === before) return null;
    try {
      const updater = await this.deps.updater();
      const version = await updater.check();
      if (version === null) this.#dispatch({ kind: 'upToDate', atMs: this.deps.clock.nowMs() });
      else this.#dispatch({ kind: 'found', version });
      return null;
    } catch (thrown) {
      this.deps.onTrouble(thrown);
      return AppError.from(thrown);
    }
  }

  #lookIn(delayMs: number): void {
    this.#stopTimer = this.deps.clock.after(delayMs, () => {
      this.#lookIn(betweenChecksMs);
      // What was found, or has failed with the user looking, stays what they see.
      if (this.deps.checksByItself() && this.#state.kind === 'idle') void this.#lookUnasked();
    });
  }

  async #lookUnasked(): Promise<void> {
    if ((await this.#check()) !== null) this.#dispatch({ kind: 'checkGivenUp' });
    else if (this.#state.kind === 'found') this.#tell(this.#state.version);
  }

  #tell(version: string): void {
    if (this.#told === version) return;
    this.#told = version;
    this.deps.onFound(version);
  }

  #dispatch(event: UpdateEvent): void {
    this.#set(transition(this.#state, event));
  }

  #set(next: UpdateState): void {
    if (next === this.#state) return;
    this.#state = next;
    this.#revision += 1;
    this.deps.onChanged(this.snapshot());
  }
}
