import { Session } from 'node:inspector/promises';

/** Where a process spent its time: a function with its file, and its own share of the time. */
export interface ProfileShare {
  readonly name: string;
  readonly share: number;
}

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
  }[];
  readonly samples?: readonly number[];
  readonly timeDeltas?: readonly number[];
}

let session: Session | null = null;

/** Samples this process every 200 µs until `stopProfile` (Chrome DevTools Protocol, domain Profiler). */
export async function startProfile(): Promise<void> {
  session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 200 });
  await session.post('Profiler.start');
}

/** The largest shares, the largest first. `(program)` is native code: the kernel, encryption, libuv. */
export async function stopProfile(most = 15): Promise<readonly ProfileShare[]> {
  if (session === null) throw new Error('No profile was started');
  const { profile } = (await session.post('Profiler.stop')) as { readonly profile: Profile };
  session.disconnect();
  session = null;
  return largestShares(profile, most);
}

function largestShares(
  { nodes, samples = [], timeDeltas = [] }: Profile,
  most: number,
): readonly ProfileShare[] {
  const names = new Map(
    nodes.map(({ id, callFrame: { functionName, url } }) => {
      const file = url.split('/').at(-1) ?? '';
      return [id, `${functionName || 'anonymous'}${file === '' ? '' : ` (${file})`}`];
    }),
  );
  const times = new Map<string, number>();
  for (const [index, sample] of samples.entries()) {
    const name = names.get(sample) ?? 'unknown';
    times.set(name, (times.get(name) ?? 0) + (timeDeltas[index + 1] ?? 0));
  }
  const total = timeDeltas.reduce((sum, time) => sum + time, 0);
  return [...times]
    .map(([name, time]) => ({ name, share: time / total }))
    .sort((one, other) => other.share - one.share)
    .slice(0, most);
}
