import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { findCommand } from './packages';

export interface VirtualDisplay {
  /** DISPLAY and XAUTHORITY for the programs that shall appear on it. */
  readonly env: Readonly<Record<string, string>>;
  /** Ends the X server and resolves when it is gone. */
  stop(): Promise<void>;
}

/** Whether programs have a screen to appear on; only Linux can be without one. */
export function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Starts an X server without a screen on a free display, which only this user's programs may use.
 * Rejects when Xvfb is missing or ends before it is ready.
 */
export async function startXvfb(): Promise<VirtualDisplay> {
  const command = await findCommand('Xvfb');
  if (command === null) throw new Error('Xvfb is not installed.');
  const folder = await mkdtemp(join(tmpdir(), 'nuvem-xvfb-'));
  const authority = join(folder, 'authority');
  await writeFile(authority, authorityForAnyDisplay(randomBytes(16)), { mode: 0o600 });

  const options = ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp', '-auth', authority];
  const server = spawn(command, options, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  const stop = async (): Promise<void> => {
    await end(server);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const display = await displayNumber(server);
    return { env: { DISPLAY: `:${display}`, XAUTHORITY: authority }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function displayNumber(server: ChildProcess): Promise<string> {
  let complaint = '';
  server.stderr?.on('data', (chunk) => {
    complaint += chunk;
  });
  const lines = createInterface({ input: server.stdio[3] as Readable });
  const ended = once(server, 'exit').then(() => {
    throw new Error(`Xvfb ended before it was ready: ${complaint.trim()}`);
  });
  const [line] = await Promise.race([once(lines, 'line'), ended]);
  return String(line);
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  server.kill('SIGTERM');
  await exited;
}

/** An Xauthority file whose one entry fits every display, since the number is only known after the start. */
function authorityForAnyDisplay(cookie: Buffer): Buffer {
  const familyWild = Buffer.from([0xff, 0xff]);
  const fields = [Buffer.alloc(0), Buffer.alloc(0), Buffer.from('MIT-MAGIC-COOKIE-1'), cookie];
  const withLengths = fields.flatMap((field) => [
    Buffer.from([field.length >> 8, field.length & 0xff]),
    field,
  ]);
  return Buffer.concat([familyWild, ...withLengths]);
}
