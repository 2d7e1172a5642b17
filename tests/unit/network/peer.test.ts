import { describe, expect, it } from 'vitest';
import { type Message, Peer } from '../../../electron/network/peer';
import { AppError } from '../../../shared/errors/app-error';

type Asked = {
  readonly calls: { readonly work: { readonly params: string; readonly result: string } };
  readonly notes: { readonly heard: string };
};
type Asker = { readonly calls: Record<never, never>; readonly notes: Record<never, never> };

/** Two peers whose messages are copied as between threads. */
function makePair(work: (params: string, signal: AbortSignal) => Promise<string>) {
  const heard: string[] = [];
  const asker: Peer<Asker, Asked> = new Peer<Asker, Asked>((message) => deliver(asked, message));
  const asked: Peer<Asked, Asker> = new Peer<Asked, Asker>((message) => deliver(asker, message));
  const deliver = (to: { receive(message: Message): void }, message: Message): void =>
    queueMicrotask(() => to.receive(structuredClone(message)));
  asker.serve({ calls: {}, notes: {} });
  asked.serve({ calls: { work }, notes: { heard: (text) => void heard.push(text) } });
  return { asker, heard };
}

describe('a peer', () => {
  it('answers each call by itself, whatever order the answers come in', async () => {
    const done = new Map<string, () => void>();
    const { asker } = makePair(
      (name) => new Promise((resolve) => done.set(name, () => resolve(`${name} done`))),
    );
    const first = asker.call('work', 'first');
    const second = asker.call('work', 'second');
    await expect.poll(() => done.size).toBe(2);
    done.get('second')?.();
    expect(await second).toBe('second done');
    done.get('first')?.();
    expect(await first).toBe('first done');
  });

  it('keeps code, parameters and details of an AppError, and tells it from any other error', async () => {
    const { asker } = makePair(async (what) => {
      if (what === 'known')
        throw new AppError('channel-refused', { host: 'h', port: 1 }, { details: ['no such port'] });
      throw new Error('the agent refused to sign');
    });
    const known = await asker.call('work', 'known').catch((error: unknown) => error);
    expect(known).toBeInstanceOf(AppError);
    expect(known).toMatchObject({
      code: 'channel-refused',
      params: { host: 'h', port: 1 },
      details: ['no such port'],
    });
    const other = await asker.call('work', 'other').catch((error: unknown) => error);
    expect(other).not.toBeInstanceOf(AppError);
    expect(String(other)).toContain('the agent refused to sign');
  });

  it('tells the other side when its answer is not needed any more, and still takes it', async () => {
    const { asker } = makePair(
      (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new AppError('cancelled')));
        }),
    );
    const stop = new AbortController();
    const answer = asker.call('work', '', stop.signal);
    stop.abort();
    await expect(answer).rejects.toMatchObject({ code: 'cancelled' });
    await expect(asker.call('work', '', AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('rejects what waits and what comes once the other side has ended', async () => {
    const { asker, heard } = makePair(() => new Promise(() => undefined));
    const waiting = asker.call('work', '');
    asker.end(new AppError('connection-lost'));
    asker.tell('heard', 'nobody is there');
    await expect(waiting).rejects.toMatchObject({ code: 'connection-lost' });
    await expect(asker.call('work', '')).rejects.toMatchObject({ code: 'connection-lost' });
    expect(heard).toEqual([]);
  });

  it('keeps the order of notes', async () => {
    const { asker, heard } = makePair(async () => 'done');
    for (const text of ['one', 'two', 'three']) asker.tell('heard', text);
    await asker.call('work', '');
    expect(heard).toEqual(['one', 'two', 'three']);
  });
});
