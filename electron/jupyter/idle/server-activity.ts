import { z } from 'zod';
import type { Transport } from '../../connection/transport';
import { askJupyter, parseJson, type RestAnswer } from '../rest-request';
import type { RunningJupyter } from '../runtime-file';

/** What shows whether anybody uses a server. */
export interface ServerActivity {
  /** A kernel works or begins to. */
  readonly isWorking: boolean;
  /** Another text whenever a kernel or terminal did anything, came or went. */
  readonly trace: string;
}

const Kernels = z.array(
  z.looseObject({ id: z.string(), execution_state: z.string(), last_activity: z.string() }),
);
const Terminals = z.array(z.looseObject({ name: z.coerce.string(), last_activity: z.string().catch('') }));

const working: readonly string[] = ['busy', 'starting', 'restarting'];

/**
 * Asks a server what its kernels and terminals did last, by questions that do not count as use (`no_track_activity`;
 * Jupyter Server REST API). Null: it does not tell.
 * @throws AppError as `askJupyter` does
 */
export async function askActivity(
  transport: Transport,
  server: RunningJupyter,
): Promise<ServerActivity | null> {
  const ask = (path: string): Promise<RestAnswer> =>
    askJupyter(transport, server, { method: 'GET', path: `${path}?no_track_activity=1` });
  const kernels = listOf(Kernels, await ask('api/kernels'));
  const answer = await ask('api/terminals');
  // A server without terminals does not know of them.
  const terminals = answer.status === 404 ? [] : listOf(Terminals, answer);
  if (kernels === null || terminals === null) return null;
  const ofKernels = kernels.map(({ id, last_activity: at }) => ['kernel', id, at]);
  const ofTerminals = terminals.map(({ name, last_activity: at }) => ['terminal', name, at]);
  return {
    isWorking: kernels.some(({ execution_state: state }) => working.includes(state)),
    trace: JSON.stringify([...ofKernels, ...ofTerminals].map((each) => JSON.stringify(each)).sort()),
  };
}

function listOf<List>(schema: z.ZodType<List>, { status, body }: RestAnswer): List | null {
  const list = status === 200 ? schema.safeParse(parseJson(body)) : null;
  return list?.success ? list.data : null;
}
