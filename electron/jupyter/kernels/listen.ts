import { z } from 'zod';
import { KernelId, KernelState } from '../../../shared/model/kernel';
import type { Transport } from '../../connection/transport';
import { readFacts, scriptInput } from '../remote-script';
import { parseJson } from '../rest-request';
import type { KernelNews } from './kernel-state';
import listenerScript from './remote/listen.py?raw';
import startScript from './remote/listen.sh?raw';

const endOfListener = 'end-of-listener';

const KernelEvent = z.union([
  z.tuple([z.literal('told'), KernelId]),
  z.tuple([z.literal('failed'), KernelId, z.string()]),
  z.tuple([z.literal('state'), KernelId, KernelState.catch('unknown'), z.string(), z.boolean(), z.string()]),
  z.tuple([z.literal('process'), KernelId, z.number().int()]),
]);
type KernelEvent = z.infer<typeof KernelEvent>;
const Event = z.union([
  z.tuple([z.literal('listening')]),
  z.tuple([z.literal('kernels')]),
  z.tuple([z.literal('alive')]),
  KernelEvent,
]);

export interface Listening {
  /** What kernels publish is heard from now on. */
  readonly onListening: () => void;
  /** A kernel was added, has gone, or has another address. */
  readonly onKernelsChanged: () => void;
  readonly onNews: (news: KernelNews) => void;
}

/**
 * Hears what the kernels of the server with that process number publish, by a program on the machine that ends with
 * the connection; see `remote/listen.py`. Resolves when it has ended: it could not begin (another machine or a
 * container runs the server, or Python lacks pyzmq), or the server has ended.
 * @throws AppError `cancelled` when `signal` aborts, `channel-refused`, or why the connection failed
 */
export async function listenToKernels(
  transport: Transport,
  serverPid: number,
  { onListening, onKernelsChanged, onNews }: Listening,
  deps: {
    readonly random: (sizeBytes: number) => Buffer;
    readonly nowMs: () => number;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const mark = `nuvem${deps.random(12).toString('hex')}`;
  const text = `${startScript.trimEnd()} <<'${endOfListener}'\n${listenerScript}${endOfListener}\n`;
  const stdin = scriptInput({ text, values: { pid: String(serverPid) } }, mark);
  let rest = '';
  const onOutput = (output: string): void => {
    const lines = `${rest}${output}`.split('\n');
    rest = lines.pop() ?? '';
    for (const { name, value } of readFacts(lines.join('\n'), mark)) {
      const event = name === 'event' ? Event.safeParse(parseJson(value)) : null;
      if (event?.success) take(event.data);
    }
  };
  const take = (event: z.infer<typeof Event>): void => {
    if (event[0] === 'listening') onListening();
    else if (event[0] === 'kernels') onKernelsChanged();
    else if (event[0] !== 'alive') onNews(newsOf(event, deps.nowMs()));
  };
  await transport.exec('sh -s', { stdin, onOutput, timeoutMs: null, signal: deps.signal });
}

function newsOf(event: KernelEvent, atMs: number): KernelNews {
  switch (event[0]) {
    case 'told':
      return { kind: 'toldToEnd', kernelId: event[1], atMs };
    case 'failed':
      return { kind: 'failed', kernelId: event[1], messageId: event[2] };
    case 'process':
      return { kind: 'process', kernelId: event[1], pid: event[2], atMs };
    case 'state': {
      const [, kernelId, state, messageId, isWork, processSession] = event;
      return { kind: 'published', kernelId, state, messageId, isWork, processSession, atMs };
    }
  }
}
