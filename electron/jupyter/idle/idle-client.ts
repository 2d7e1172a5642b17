import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error';
import type { IdlePolicy } from '../../../shared/model/idle-policy';
import type { Transport } from '../../connection/transport';
import type { RemoteTarget } from '../../gateway/routes';
import { askJupyter, parseJson, type RestRequest } from '../rest-request';
import type { RunningJupyter } from '../runtime-file';

const Told = z.looseObject({
  rule: z.looseObject({ kind: z.enum(['nothing', 'tell', 'stop']), afterSeconds: z.number() }),
  isKnown: z.boolean(),
  isWorking: z.boolean(),
  idleSeconds: z.number(),
});

/** What is told of a server's idleness. */
export interface ToldIdle {
  readonly policy: IdlePolicy;
  /** For how long nothing has run; null: something runs, or nobody counts. */
  readonly idleMs: number | null;
}

/** Whoever counts for how long a server is idle. */
export interface IdleCounter {
  look(): Promise<ToldIdle>;
  /** Sets what happens from now on; the time begins anew. */
  set(policy: IdlePolicy): Promise<ToldIdle>;
  /** As if a cell had run now. */
  keep(): Promise<ToldIdle>;
}

/**
 * Asks the keeper of a server about its idleness; see `keeper/remote/idle.py`. Every method throws `channel-refused` or
 * `forwarding-refused` when nobody answers at the keeper's address, `remote-command-failed` when the answer is none,
 * `notebook-token-unknown` when the server does not let Nuvem in.
 */
export class IdleClient implements IdleCounter {
  constructor(
    private readonly transport: Transport,
    private readonly server: RunningJupyter,
    private readonly keeper: RemoteTarget,
  ) {}

  look(): Promise<ToldIdle> {
    return this.#ask('GET', '');
  }

  set(policy: IdlePolicy): Promise<ToldIdle> {
    const afterSeconds = policy.kind === 'nothing' ? 0 : policy.afterHours * 3600;
    return this.#ask('PUT', `?kind=${policy.kind}&afterSeconds=${afterSeconds}`);
  }

  keep(): Promise<ToldIdle> {
    return this.#ask('PUT', '?keep=yes');
  }

  async #ask(method: RestRequest['method'], query: string): Promise<ToldIdle> {
    const { status, body } = await askJupyter(
      this.transport,
      { ...this.server, target: this.keeper },
      { method, path: `nuvem-kept/idle${query}` },
    );
    if (status === 403) throw new AppError('notebook-token-unknown');
    const told = Told.safeParse(parseJson(body));
    if (status !== 200 || !told.success)
      throw new AppError('remote-command-failed', { reason: 'no-jupyter', status });
    const { rule, isKnown, isWorking, idleSeconds } = told.data;
    return {
      policy:
        rule.kind === 'nothing'
          ? { kind: 'nothing' }
          : { kind: rule.kind, afterHours: rule.afterSeconds / 3600 },
      idleMs: isKnown && !isWorking ? idleSeconds * 1000 : null,
    };
  }
}
