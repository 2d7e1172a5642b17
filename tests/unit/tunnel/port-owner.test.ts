import { readdir, readFile, readlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { findPortOwner, listeningInodes } from '../../../electron/tunnel/port-owner';

const files = { readdir, readFile, readlink };

it.skipIf(process.platform !== 'linux')('the program that listens on a port is found', async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
  expect(await findPortOwner(port, files)).toMatchObject({ processId: process.pid });
  await new Promise((resolve) => server.close(resolve));
  expect(await findPortOwner(port, files)).toBeNull();
});

it('a connection from a port is not taken for listening on it', () => {
  const line = (state: string) =>
    `   0: 0100007F:1F90 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  1000        0 4711 1`;
  expect(listeningInodes(line('0A'), 8080)).toEqual(['4711']);
  expect(listeningInodes(line('01'), 8080)).toEqual([]);
  expect(listeningInodes(line('0A'), 80)).toEqual([]);
});

it('nothing is known on a system without /proc', async () => {
  const missing = () => Promise.reject(new Error('ENOENT'));
  expect(await findPortOwner(8080, { readdir: missing, readFile: missing, readlink: missing })).toBeNull();
});
