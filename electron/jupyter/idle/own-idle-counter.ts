import type { IdlePolicy } from '../../../shared/model/idle-policy';
import type { IdleCounter, ToldIdle } from './idle-client';
import type { OwnIdleCount } from './own-idle-count';
import type { ServerActivity } from './server-activity';

/** Why a server is to be ended. */
export interface IdleOver {
  /** For how long nothing had run. */
  readonly afterMs: number;
  /** Asks once more: what waited for its turn may be outdated. */
  readonly isOver: () => Promise<boolean>;
}

/** Counts in this process, by asking the server itself, and ends it when it is time. Its methods throw what `ask` throws. */
export class OwnIdleCounter implements IdleCounter {
  constructor(
    private readonly count: OwnIdleCount,
    private readonly ask: () => Promise<ServerActivity | null>,
    private readonly end: (over: IdleOver) => Promise<void>,
  ) {}

  async look(): Promise<ToldIdle> {
    const { count } = this;
    if (count.told.policy.kind === 'nothing') return count.told;
    count.take(await this.ask());
    if (count.isOver) await this.#end();
    return count.told;
  }

  async set(policy: IdlePolicy): Promise<ToldIdle> {
    this.count.set(policy);
    return this.look();
  }

  async keep(): Promise<ToldIdle> {
    this.count.keep();
    return this.look();
  }

  async #end(): Promise<void> {
    const { count } = this;
    await this.end({
      afterMs: count.told.idleMs ?? 0,
      isOver: async () => {
        count.take(await this.ask());
        return count.isOver;
      },
    });
    // One that could not be ended is not tried again all the time.
    count.keep();
  }
}
