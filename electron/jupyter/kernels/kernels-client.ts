import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error';
import { KernelId, type KernelSession, KernelState } from '../../../shared/model/kernel';
import type { Transport } from '../../connection/transport';
import type { Clock } from '../../system/clock';
import { askJupyter, parseJson, type RestAnswer, type RestRequest } from '../rest-request';
import type { RunningJupyter } from '../runtime-file';

/** A server that has to end a kernel first waits some seconds for it. */
const orderMs = 60_000;

/** Keeps the watch from being what keeps a server from idling (`shutdown_no_activity_timeout`). */
const untracked = 'no_track_activity=1';

const KernelModel = z.looseObject({
  id: KernelId,
  name: z.string().catch(''),
  execution_state: KernelState.catch('unknown'),
  last_activity: z.string().catch(''),
  connections: z.number().int().nullable().catch(null),
});

const SessionModel = z.looseObject({
  id: z.string(),
  type: z.string().catch(''),
  path: z.string().catch(''),
  name: z.string().catch(''),
  kernel: z.looseObject({ id: KernelId }),
});

const SpecsModel = z.looseObject({
  kernelspecs: z.record(
    z.string(),
    z.looseObject({ spec: z.looseObject({ display_name: z.string().catch('') }) }),
  ),
});

/** A kernel as `/api/kernels` tells of it. */
export interface ListedKernel {
  readonly id: KernelId;
  readonly name: string;
  readonly state: KernelState;
  /** By this computer's clock; null: the server does not tell. */
  readonly lastActivityMs: number | null;
  readonly connections: number | null;
}

export type SessionsByKernel = ReadonlyMap<KernelId, readonly KernelSession[]>;

/**
 * What Nuvem asks of a server's kernels (Jupyter Server REST API; jupyter-server 1 and 2, Notebook 6). Every method
 * throws `channel-refused` or `forwarding-refused` when nobody answers at the server's address,
 * `remote-command-failed` when the answer is none, `notebook-token-unknown` when the server does not let Nuvem in.
 */
export class KernelsClient {
  constructor(
    private readonly transport: Transport,
    private readonly server: RunningJupyter,
    private readonly clock: Pick<Clock, 'nowMs'>,
  ) {}

  async kernels(): Promise<readonly ListedKernel[]> {
    const answer = await this.#get('api/kernels');
    const aheadMs = answer.serverTimeMs === null ? 0 : answer.serverTimeMs - this.clock.nowMs();
    // A difference of less than this is the way of the answer and the header's whole seconds.
    const skewMs = Math.abs(aheadMs) < 2000 ? 0 : aheadMs;
    return parsed(z.array(KernelModel), answer).map((kernel) => {
      const lastActivityMs = Date.parse(kernel.last_activity);
      return {
        id: kernel.id,
        name: kernel.name,
        state: kernel.execution_state,
        lastActivityMs: Number.isNaN(lastActivityMs) ? null : lastActivityMs - skewMs,
        connections: kernel.connections,
      };
    });
  }

  async sessions(): Promise<SessionsByKernel> {
    const models = parsed(z.array(SessionModel), await this.#get('api/sessions'));
    const byKernel = new Map<KernelId, KernelSession[]>();
    for (const { id, type, path, name, kernel } of models) {
      const known = type === 'notebook' || type === 'console' || type === 'file' ? type : 'other';
      const session = { id, type: known, path, name: name || path.replace(/^.*\//, '') } as const;
      byKernel.set(kernel.id, [...(byKernel.get(kernel.id) ?? []), session]);
    }
    return byKernel;
  }

  /** Display names by the names of kernel specifications. */
  async displayNames(): Promise<ReadonlyMap<string, string>> {
    const { kernelspecs } = parsed(SpecsModel, await this.#get('api/kernelspecs'));
    return new Map(Object.entries(kernelspecs).map(([name, { spec }]) => [name, spec.display_name || name]));
  }

  /** @throws also kernel-gone, kernel-refused */
  interrupt(kernelId: KernelId): Promise<void> {
    return this.#order('POST', kernelId, '/interrupt');
  }

  /** Resolves once the new process runs. @throws also kernel-gone, kernel-refused */
  restart(kernelId: KernelId): Promise<void> {
    return this.#order('POST', kernelId, '/restart');
  }

  /** Ends the kernel and what was opened with it. @throws also kernel-gone, kernel-refused */
  shutDown(kernelId: KernelId): Promise<void> {
    return this.#order('DELETE', kernelId, '');
  }

  async #order(method: RestRequest['method'], kernelId: KernelId, what: string): Promise<void> {
    const path = `api/kernels/${encodeURIComponent(kernelId)}${what}`;
    const { status } = await askJupyter(this.transport, this.server, { method, path, timeoutMs: orderMs });
    if (status === 404) throw new AppError('kernel-gone');
    if (status === 401 || status === 403) throw new AppError('notebook-token-unknown');
    if (status < 200 || status > 299) throw new AppError('kernel-refused', { status });
  }

  #get(path: string): Promise<RestAnswer> {
    return askJupyter(this.transport, this.server, { method: 'GET', path: `${path}?${untracked}` });
  }
}

function parsed<Model>(schema: z.ZodType<Model>, { status, body }: RestAnswer): Model {
  // A server with a password sends whoever has none to its login page.
  if (status === 401 || status === 403 || status === 302) throw new AppError('notebook-token-unknown');
  const result = schema.safeParse(parseJson(body));
  if (status === 200 && result.success) return result.data;
  throw new AppError('remote-command-failed', { reason: 'no-jupyter', status });
}
