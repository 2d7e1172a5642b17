import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PortStream, PortStreams, type StreamNote } from '../../../electron/network/port-stream';
import { AppError } from '../../../shared/errors/app-error';

/** Both ends of one stream, whose notes are copied as between threads. */
function makePair(): { readonly one: PortStream; readonly other: PortStream; readonly notes: StreamNote[] } {
  const notes: StreamNote[] = [];
  const ones: PortStreams = new PortStreams((note) => deliver(others, note));
  const others: PortStreams = new PortStreams((note) => deliver(ones, note));
  const deliver = (to: PortStreams, note: StreamNote): void => {
    notes.push(note);
    const copy = structuredClone(note);
    queueMicrotask(() => to.receive(copy));
  };
  return { one: ones.make(1, true), other: others.make(1, true), notes };
}

async function read(stream: PortStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  stream.on('data', (data: Buffer) => chunks.push(data));
  await once(stream, 'end');
  return Buffer.concat(chunks);
}

describe('a stream between two threads', () => {
  it('carries any bytes in any pieces, both ways at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 200_000 }), { maxLength: 8 }),
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 2000 }), { maxLength: 8 }),
        async (up, down) => {
          const { one, other } = makePair();
          const closes = [once(one, 'close'), once(other, 'close')];
          const received = Promise.all([read(other), read(one)]);
          for (const bytes of up) one.write(bytes);
          for (const bytes of down) other.write(bytes);
          one.end();
          other.end();
          expect(await received).toEqual([Buffer.concat(up), Buffer.concat(down)]);
          await Promise.all(closes);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('holds a writer back whose reader does not read, and lets it go on once that reads', async () => {
    const { one, other } = makePair();
    while (one.write(Buffer.alloc(16 * 1024))) await setImmediate();
    // A window that is on its way, another one that waits to be read.
    expect(other.readableLength).toBeLessThan(1024 * 1024);
    const drained = once(one, 'drain');
    other.resume();
    await drained;
  });

  it('is finished once the other end has read all of it, and still reads', async () => {
    const { one, other } = makePair();
    one.end('question');
    expect((await read(other)).toString()).toBe('question');
    await once(one, 'finish');
    other.end('answer');
    expect((await read(one)).toString()).toBe('answer');
  });

  it('breaks off with the error of the other end', async () => {
    const { one, other } = makePair();
    other.on('error', () => undefined);
    const broken = once(one, 'error');
    other.destroy(new AppError('connection-lost', { host: 'h' }));
    expect(await broken).toMatchObject([{ code: 'connection-lost', params: { host: 'h' } }]);
  });

  it('breaks off without one when the other end was just dropped, and says nothing back', async () => {
    const { one, other, notes } = makePair();
    const closed = once(one, 'close');
    other.destroy();
    await closed;
    expect(notes.map(({ kind }) => kind)).toEqual(['gone']);
  });
});
