import { once } from 'node:events';
import { connect, createServer, type Server, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readInto } from '../../../electron/system/read-into';

let server: Server;
let client: Socket;
let accepted: Socket;

beforeEach(async () => {
  server = createServer({ allowHalfOpen: true, pauseOnConnect: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  client = connect(address.port, '127.0.0.1');
  [accepted] = (await once(server, 'connection')) as [Socket];
});

afterEach(() => {
  client.destroy();
  accepted.destroy();
  server.close();
});

describe('an accepted socket that reads into given memory', () => {
  it('hands over every byte in order, then its end', async () => {
    const memory = Buffer.alloc(1000);
    const pieces: Buffer[] = [];
    const isDirect = readInto(accepted, memory, (count) => {
      pieces.push(Buffer.from(memory.subarray(0, count)));
      return true;
    });
    accepted.resume();
    const sent = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 251));
    client.end(sent);
    await once(accepted, 'end');
    expect(isDirect).toBe(true);
    expect(Buffer.concat(pieces).equals(sent)).toBe(true);
    expect(pieces.length).toBeGreaterThanOrEqual(100);
  });

  it('reads nothing more from when it is told to wait until it is told to go on', async () => {
    const memory = Buffer.alloc(10);
    let read = 0;
    let paused: () => void = () => undefined;
    const hasPaused = new Promise<void>((resolve) => {
      paused = resolve;
    });
    readInto(accepted, memory, (count) => {
      read += count;
      if (read !== 20) return true;
      paused();
      return false;
    });
    accepted.resume();
    client.end(Buffer.alloc(50));
    await hasPaused;
    // What a socket that went on reading would have had by now: a whole turn of another connection.
    const other = connect((server.address() as { port: number }).port, '127.0.0.1');
    await once(other, 'connect');
    other.destroy();
    expect(read).toBe(20);
    accepted.resume();
    await once(accepted, 'end');
    expect(read).toBe(50);
  });
});

it('a socket of another runtime is left as it is', async () => {
  const foreign = new Socket();
  expect(readInto(foreign, Buffer.alloc(10), () => true)).toBe(false);
  foreign.destroy();
});
