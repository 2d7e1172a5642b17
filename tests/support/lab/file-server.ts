import { createHash, randomBytes } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A web server with one page that links to files, on a free port of 127.0.0.1. */
export interface FileServer {
  readonly port: number;
  /** The `Range` of each request for a file; null: for all of it. */
  readonly ranges: readonly (string | null)[];
  /** The SHA-256 of a file of that size, in hex. */
  sha256Of(sizeBytes: number): string;
  close(): Promise<void>;
}

const block = randomBytes(1024 * 1024);

/**
 * `/` has the links; `/ranged/<size>/<bytesPerSecond>` can be continued, `/plain/…` cannot. 0 per second: as fast as
 * it goes.
 */
export async function startFileServer(): Promise<FileServer> {
  const ranges: (string | null)[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const [, kind, size, rate] = (request.url ?? '').split('/');
    if (kind !== 'ranged' && kind !== 'plain') {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end('<!doctype html><html lang="en"><title>Files</title><h1>Files</h1>');
      return;
    }
    const range = request.headers.range ?? null;
    ranges.push(range);
    const from = kind === 'ranged' ? Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0) : 0;
    const sizeBytes = Number(size);
    response.writeHead(from === 0 ? 200 : 206, {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${kind}.bin"`,
      'content-length': String(sizeBytes - from),
      ...(kind === 'ranged' ? { etag: '"one"', 'accept-ranges': 'bytes' } : {}),
      ...(from === 0 ? {} : { 'content-range': `bytes ${from}-${sizeBytes - 1}/${sizeBytes}` }),
    });
    send(response, from, sizeBytes, Number(rate));
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    ranges,
    sha256Of: (sizeBytes) => {
      const hash = createHash('sha256');
      for (let at = 0; at < sizeBytes; at += block.length) hash.update(partAt(at, sizeBytes));
      return hash.digest('hex');
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** From `at` to the end of its block. */
function partAt(at: number, sizeBytes: number): Buffer {
  const start = at % block.length;
  return block.subarray(start, Math.min(block.length, start + sizeBytes - at));
}

function send(response: ServerResponse, from: number, sizeBytes: number, bytesPerSecond: number): void {
  let at = from;
  const next = (): void => {
    if (response.destroyed) return;
    if (at >= sizeBytes) {
      response.end();
      return;
    }
    const part = partAt(at, sizeBytes);
    at += part.length;
    const goOn = (): void => {
      if (bytesPerSecond === 0) setImmediate(next);
      else setTimeout(next, (part.length / bytesPerSecond) * 1000);
    };
    if (response.write(part)) goOn();
    else response.once('drain', goOn);
  };
  next();
}
