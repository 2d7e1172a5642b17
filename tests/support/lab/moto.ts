import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { labPeer } from '../setup/peers';

export interface Moto {
  /** An AWS endpoint on loopback, e.g. `http://127.0.0.1:40123`. */
  readonly endpoint: string;
  /** Ends the server and resolves when it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts a moto server, which answers like AWS and forgets all when it stops, on a free loopback port.
 * Rejects with its last words when it ends before it listens.
 */
export async function startMoto(): Promise<Moto> {
  const command = join(labPeer('moto').binFolder, 'moto_server');
  const server = spawn(command, ['--host', '127.0.0.1', '--port', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    return { endpoint: await endpointOf(server), stop: () => end(server) };
  } catch (error) {
    await end(server);
    throw error;
  }
}

/** The server chooses its port and says so; the output after that is drained, or a full pipe would block it. */
function endpointOf(server: ChildProcess & { stderr: NodeJS.ReadableStream }): Promise<string> {
  return new Promise((resolve, reject) => {
    const lastLines: string[] = [];
    createInterface({ input: server.stderr }).on('line', (line) => {
      lastLines.splice(0, lastLines.length - 9, line);
      const endpoint = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1];
      if (endpoint !== undefined) resolve(endpoint);
    });
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`moto ended before it listened:\n${lastLines.join('\n')}`)));
  });
}

async function end(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  server.kill('SIGTERM');
  await exited;
}
